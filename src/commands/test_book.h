// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <initializer_list>

#include "base/check.h"
#include "base/json.h"
#include "commands/executor.h"
#include "ledger/laws.h"
#include "store/scratch_book.h"

// A small book in a folder of its own, for unit tests of commands: two sites, a few places, items and partners.
// Commands are written as JSON with single quotes, as a caller would send them.

namespace lotbook {

class TestBook {
 public:
  SetClock clock{Instant{1'772'438'400'000'000}};  // 2026-03-02T08:00:00Z
  Actor actor = Actor::with_all_rights("anna");

  TestBook() {
    std::string folder = (std::filesystem::temp_directory_path() / "lotbook-test-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    folder_ = folder;
    scratch_.emplace(folder + "/book");
    store_ = scratch_->open();
    BookSettings settings;
    settings.time_zone = "Europe/Berlin";
    Book::create(*store_, settings, clock.now());
    book_ = std::make_unique<Book>(*store_);
    for (const char* place :
         {"{'code':'MAIN','name':'Main','kind':'site'}", "{'code':'NORTH','name':'North','kind':'site'}",
          "{'code':'ST1','name':'Store 1','kind':'storage','parent':'MAIN'}",
          "{'code':'ST2','name':'Store 2','kind':'storage','parent':'MAIN'}",
          "{'code':'QUAR','name':'Quarantine','kind':'quarantine','parent':'MAIN'}",
          "{'code':'KEPT','name':'Retained samples','kind':'retained','parent':'MAIN'}",
          "{'code':'LENT','name':'Mixer & Co','kind':'external','parent':'MAIN'}",
          "{'code':'N1','name':'North store','kind':'storage','parent':'NORTH'}",
          "{'code':'N-KEPT','name':'North samples','kind':'retained','parent':'NORTH'}"})
      post("set_place", place);
    for (const char* item :
         {"{'code':'FLOUR','name':'Flour','unit':'KGM','decimals':3}",
          "{'code':'WATER','name':'Water','unit':'LTR','decimals':0,'tracking':'none'}",
          "{'code':'CHEESE','name':'Cheese','unit':'EA','unit2':'KGM'}",
          "{'code':'MILK','name':'Milk','unit':'LTR','expiry_required':true}",
          "{'code':'PILL','name':'Pill','unit':'EA','second_person':true,'certificate_required':true}"})
      post("set_item", item);
    for (const char* partner : {"{'code':'MILL','name':'Mill & Co','roles':['supplier']}",
                                "{'code':'FARM','name':'Farm','roles':['supplier','maker']}",
                                "{'code':'SHOP','name':'Shop','roles':['customer']}"})
      post("set_partner", partner);
    post("set_address", "{'code':'SHOP-1','partner':'SHOP','name':'Shop, High Street'}");
  }
  ~TestBook() {
    book_.reset(), store_.reset(), scratch_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TestBook(const TestBook&) = delete;
  TestBook& operator=(const TestBook&) = delete;

  /// Asks for a command as `actor`; what is wrong with the JSON is refused as at the edge.
  Outcome ask(std::string_view name, std::string json) {
    Outcome faults;
    std::optional<Asked> asked = read(name, std::move(json), faults);
    return asked ? execute_one(*book_, clock, std::move(*asked)) : faults;
  }
  /// Asks for several commands that wait together: one batch, one commit. The outcomes in order.
  std::vector<Outcome> together(const std::vector<std::pair<std::string, std::string>>& commands) {
    std::vector<Outcome> outcomes(commands.size());
    std::vector<Waiting> waiting;
    for (std::size_t i = 0; i < commands.size(); ++i)
      if (std::optional<Asked> asked = read(commands[i].first, commands[i].second, outcomes[i]))
        waiting.push_back({std::move(*asked), [&outcomes, i](Outcome outcome) { outcomes[i] = std::move(outcome); }});
    execute(*book_, clock, waiting);
    return outcomes;
  }
  /// The same; the test fails when it is refused.
  Posted post(std::string_view name, const std::string& json) {
    const Outcome outcome = ask(name, json);
    INFO(name << " " << json << " was refused: " << said(outcome));
    REQUIRE(std::holds_alternative<Posted>(outcome));
    return std::get<Posted>(outcome);
  }
  /// The refusals of an outcome as "code field" each, in order; empty when it was posted.
  static std::vector<std::string> refusals(const Outcome& outcome) {
    std::vector<std::string> found;
    if (const auto* refused = std::get_if<Refusals>(&outcome))
      for (const Refusal& refusal : *refused) {
        CHECK_FALSE(refusal.detail.empty());
        found.push_back(std::string(text_of(refusal.code).name) + " " + refusal.field);
      }
    return found;
  }
  /// The only refusal, or all of them with " + " between; "posted" when there was none.
  static std::string refused(const Outcome& outcome) {
    std::string all;
    for (const std::string& one : refusals(outcome)) all += (all.empty() ? "" : " + ") + one;
    return all.empty() ? "posted" : all;
  }
  std::string refused(std::string_view name, const std::string& json) { return refused(ask(name, json)); }

  /// Looks at the book as it stands.
  template <class Look>
  auto see(Look look) {
    const std::unique_ptr<Connection> reader = store_->open_reader();
    reader->begin();
    Transaction transaction(*reader);
    const View view(transaction, book_->masters(), book_->head());
    auto answer = look(view);
    reader->rollback();
    return answer;
  }
  /// What the laws say to an entry that `make` fills, in a view that goes away; empty: they hold.
  std::string broken_by(const std::function<void(Entry&, const View&)>& make) {
    return see([&](const View& seen) -> std::string {
      View view(seen.behind(), seen.masters_snapshot(), seen.head());
      Entry entry;
      entry.seq = view.head().seq + 1, entry.kind = EntryKind::move;
      entry.recorded_at = entry.settled_at = clock.now(), entry.occurred = {clock.now(), 0};
      make(entry, view);
      try {
        view.apply(entry);
        check_laws(view, entry);
      } catch (const BrokenLaw& law) {
        return law.what();
      }
      return {};
    });
  }
  /// What the book says of a lot.
  LotState lot(const std::string& item, const std::string& code) {
    return see([&](const View& view) {
      const LotState* state = view.lot(view.lot_called(view.masters().items.id_of(item), code));
      INFO("lot " << code << " of " << item);
      REQUIRE(state != nullptr);
      return *state;
    });
  }
  std::string on_hand(const std::string& item, const std::string& code, const std::string& place) {
    const Id<Place> id = book_->masters()->places.id_of(place);
    return lot(item, code).on_hand(id).text();
  }
  Entry entry(std::uint64_t seq) {
    return see([&](const View& view) {
      REQUIRE(view.entry(seq) != nullptr);
      return *view.entry(seq);
    });
  }
  template <class F>
  std::vector<F> facts(std::uint64_t seq) {
    std::vector<F> found;
    for (const Fact& fact : entry(seq).facts)
      if (const auto* one = std::get_if<F>(&fact)) found.push_back(*one);
    return found;
  }
  void pass(std::int64_t seconds) { clock.set(Instant{clock.now().microseconds + seconds * microseconds_per_second}); }
  void without(Right right) { actor.rights &= ~(1u << static_cast<unsigned>(right)); }
  void with(Right right) { actor = actor.with(right); }
  Book& book() { return *book_; }
  Store& store() { return *store_; }

 private:
  std::optional<Asked> read(std::string_view name, std::string json, Outcome& faults) {
    std::replace(json.begin(), json.end(), '\'', '"');
    Asked asked;
    asked.row = find_command(name);
    INFO(name << " " << json);
    REQUIRE(asked.row != nullptr);
    std::shared_ptr<void> command = asked.row->make();
    Refusals refusals;
    for (const JsonFault& fault : read_json(json, asked.row->shape(), command.get()))
      refusals.push_back({code_of(fault.kind), fault.pointer, fault.detail});
    if (!refusals.empty()) {
      faults = std::move(refusals);
      return std::nullopt;
    }
    asked.digest = request_digest(name, asked.row->shape(), command.get());
    asked.command = std::move(command), asked.actor = actor, asked.client = actor.name;
    asked.key = "key-" + std::to_string(++keys_);
    return asked;
  }
  static Code code_of(JsonFaultKind kind) {
    switch (kind) {
      case JsonFaultKind::missing: return Code::missing;
      case JsonFaultKind::unknown_field: return Code::unknown_field;
      case JsonFaultKind::not_a_choice: return Code::not_a_choice;
      case JsonFaultKind::out_of_range: return Code::out_of_range;
      case JsonFaultKind::too_long: return Code::too_long;
      case JsonFaultKind::wrong_type: return Code::wrong_type;
      default: return Code::malformed;
    }
  }
  static std::string said(const Outcome& outcome) {
    std::string all;
    if (const auto* refused = std::get_if<Refusals>(&outcome))
      for (const Refusal& r : *refused)
        all += std::string(text_of(r.code).name) + " " + r.field + ": " + r.detail + "\n";
    if (const auto* unknown = std::get_if<Unknown>(&outcome)) all = unknown->detail;
    return all;
  }
  std::filesystem::path folder_;
  std::optional<ScratchBook> scratch_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Book> book_;
  std::uint64_t keys_ = 0;
};

}  // namespace lotbook
