// SPDX-License-Identifier: Apache-2.0
#include "product.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/json.h"
#include "ledger/verify.h"
#include "store/scratch_book.h"

namespace lotbook::model {

namespace {

std::string code_of(JsonFaultKind kind) {
  switch (kind) {
    case JsonFaultKind::missing: return "missing";
    case JsonFaultKind::unknown_field: return "unknown_field";
    case JsonFaultKind::not_a_choice: return "not_a_choice";
    case JsonFaultKind::out_of_range: return "out_of_range";
    case JsonFaultKind::too_long: return "too_long";
    case JsonFaultKind::wrong_type: return "wrong_type";
    default: return "malformed";
  }
}

}  // namespace

Product::Product(Time start) : clock_(Instant{start}) {
  std::string folder = (std::filesystem::temp_directory_path() / "lotbook-model-XXXXXX").string();
  if (!mkdtemp(folder.data())) throw std::runtime_error("no folder for a scratch book");
  folder_ = folder;
  scratch_.emplace(folder_ + "/book");
  store_ = scratch_->open();
  BookSettings settings;
  settings.time_zone = "Europe/Berlin", settings.confirmations_per_day = 4;
  lotbook::Book::create(*store_, settings, clock_.now());
  book_ = std::make_unique<lotbook::Book>(*store_);
}

Product::~Product() {
  view_.reset(), transaction_.reset(), reader_.reset(), book_.reset(), store_.reset(), scratch_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

Product::Answered Product::send(const Asked& asked, const std::string& key) {
  view_.reset(), transaction_.reset(), reader_.reset();
  clock_.set(Instant{asked.now});
  Answered answered;
  const CommandRow* row = find_command(asked.name);
  if (!row) throw std::runtime_error("there is no command " + asked.name);
  const std::shared_ptr<void> command = row->make();
  for (const JsonFault& fault : read_json(asked.body.json(), row->shape(), command.get()))
    answered.codes.insert(code_of(fault.kind)), answered.text += code_of(fault.kind) + " " + fault.pointer + "\n";
  if (!answered.codes.empty()) return answered;
  Actor actor{asked.who, 0};
  for (const std::string& right : asked.rights) actor = actor.with(*choice_of<Right>(right));
  const Outcome outcome = execute_one(
      *book_, clock_, {row, command, actor, asked.who, key, request_digest(row->name, row->shape(), command.get())});
  if (const auto* posted = std::get_if<Posted>(&outcome))
    answered.is_posted = true, answered.posted = *posted, answered.text = to_json(*posted);
  if (const auto* refusals = std::get_if<Refusals>(&outcome))
    for (const Refusal& refusal : *refusals) {
      answered.codes.insert(std::string(text_of(refusal.code).name));
      answered.text += std::string(text_of(refusal.code).name) + " " + refusal.field + " " + refusal.detail + "\n";
    }
  return answered;
}

void Product::look(Time now) {
  view_.reset(), transaction_.reset(), reader_.reset();
  clock_.set(Instant{now});
  reader_ = store_->open_reader();
  reader_->begin();
  transaction_ = std::make_unique<Transaction>(*reader_);
  view_ = std::make_unique<View>(*transaction_, book_->masters(), book_->head());
}

std::string Product::verify() {
  view_.reset(), transaction_.reset(), reader_.reset();
  std::string all;
  for (const std::string& wrong : lotbook::verify(*store_, std::nullopt).wrong) all += wrong + "\n";
  return all;
}

}  // namespace lotbook::model
