// SPDX-License-Identifier: Apache-2.0
#include "scratch_plant.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "base/json.h"
#include "store/postgresql/postgresql_store.h"
#include "store/sqlite/sqlite_store.h"

namespace lotbook {

namespace {

constexpr std::size_t takings_per_lot = 20;
constexpr std::uint64_t lots_to_begin = 5000;  // some of every item

std::string numbered(const char* prefix, std::uint64_t number) { return prefix + std::to_string(number); }

}  // namespace

ScratchPlant::Written ScratchPlant::quoted(const char* name, std::string json) {
  std::replace(json.begin(), json.end(), '\'', '"');
  return {name, std::move(json)};
}

const char* text_of(Job job) {
  switch (job) {
    case Job::receipt: return "receipt of 5 lots";
    case Job::production: return "production 6 + 1";
    case Job::dispatch: return "dispatch of 5 lots";
    case Job::pick: return "pick of 5 lines";
    case Job::send: return "dispatch of 5 picked";
  }
  return "";
}

std::unique_ptr<Store> new_book_at(const std::string& place) {
  if (!is_postgresql_address(place)) return open_sqlite({.file = place, .create = true});
  drop_postgresql_book(place);
  return open_postgresql({.url = place, .create = true});
}

ScratchFolder::ScratchFolder(const std::string& where) : folder_(where + "/lotbook-bench-XXXXXX") {
  if (!mkdtemp(folder_.data())) throw std::runtime_error("cannot make a folder in " + where);
}
ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

ScratchPlant::ScratchPlant(const std::string& file) {
  store_ = new_book_at(file);
  Book::create(*store_, {}, clock_.now());
  book_ = std::make_unique<Book>(*store_);
  std::vector<Waiting> waiting;
  const auto set = [&](const char* name, const std::string& json) {
    waiting.push_back({asked(quoted(name, json)), [this](const Outcome& outcome) { note(outcome); }});
  };
  set("set_place", "{'code':'MAIN','name':'Main','kind':'site'}");
  set("set_place", "{'code':'ST1','name':'Store','kind':'storage','parent':'MAIN'}");
  set("set_place", "{'code':'OUT','name':'Goods out','kind':'storage','parent':'MAIN'}");
  for (std::uint64_t i = 0; i < suppliers; ++i)
    set("set_partner", "{'code':'" + numbered("S", i) + "','name':'Supplier','roles':['supplier']}");
  for (std::uint64_t i = 0; i < customers; ++i) {
    set("set_partner", "{'code':'" + numbered("C", i) + "','name':'Customer','roles':['customer']}");
    set("set_address", "{'code':'" + numbered("A", i) + "','partner':'" + numbered("C", i) +
                           "','name':'Shop','street':'High Street'}");
  }
  for (std::uint64_t i = 0; i < raw_items; ++i)
    set("set_item", "{'code':'" + numbered("R", i) + "','name':'Raw','unit':'KGM','decimals':3}");
  for (std::uint64_t i = 0; i < products; ++i)
    set("set_item", "{'code':'" + numbered("P", i) +
                        "','name':'Product','unit':'KGM','decimals':3,'shelf_life_days':90,"
                        "'yield_tolerance_percent':'100'}");
  execute(*book_, clock_, waiting);
}

std::string ScratchPlant::new_key() {
  // Our own clients send keys that rise with time (UUIDv7), so they look like these.
  std::string number = std::to_string(++count_);
  number.insert(0, 12 - number.size(), '0');
  return "0193a2b4-77aa-7c3e-8a10-" + number;
}

Asked ScratchPlant::asked(const Written& written) {
  const auto& [name, json] = written;
  Asked asked;
  asked.row = find_command(name);
  std::shared_ptr<void> command = asked.row->make();
  const std::vector<JsonFault> faults = read_json(json, asked.row->shape(), command.get());
  if (!faults.empty()) throw std::logic_error(json + ": " + faults[0].pointer + " " + faults[0].detail);
  asked.digest = request_digest(name, asked.row->shape(), command.get());
  asked.command = std::move(command);
  asked.actor = Actor::with_all_rights("floor"), asked.client = "scanner-17";
  asked.key = new_key();
  return asked;
}

bool ScratchPlant::can(Job job) const { return job != Job::production || find_command("produce") != nullptr; }

ScratchPlant::Stocked ScratchPlant::lot_in_use() {
  const std::uint64_t item = random_() % raw_items;
  Supply& supply = supply_[item];
  if (supply.lots.empty()) throw std::logic_error("nothing was received of an item");
  const std::size_t lot = supply.takings++ / takings_per_lot % supply.lots.size();
  return {numbered("R", item), supply.lots[lot]};
}

std::string ScratchPlant::lines(std::size_t count, const char* rest) {
  std::string text;
  std::vector<std::string> taken;
  while (taken.size() < count) {
    const Stocked lot = lot_in_use();
    if (std::find(taken.begin(), taken.end(), lot.lot) != taken.end()) continue;
    text += std::string(taken.empty() ? "" : ",") + "{'item':'" + lot.item + "','lot':'" + lot.lot + "','quantity':'" +
            std::to_string(1 + random_() % 9) + "." + std::to_string(1 + random_() % 9) + "','from':'ST1'" + rest + "}";
    taken.push_back(lot.lot);
  }
  return text;
}

ScratchPlant::Written ScratchPlant::written(Job job) {
  const std::string number = std::to_string(1'000'000 + ++papers_);
  if (job == Job::dispatch) {
    const std::uint64_t customer = random_() % customers;
    return quoted("dispatch", "{'customer':'" + numbered("C", customer) + "','address':'" + numbered("A", customer) +
                                  "','document':'DN" + number + "','reference':'SO" + number + "','lines':[" +
                                  lines(5, "") + "]}");
  }
  if (job == Job::production)
    return quoted("produce", "{'document':'PO" + number + "','inputs':[" + lines(6, "") + "],'outputs':[{'item':'" +
                                 numbered("P", random_() % products) + "','quantity':'6.5','to':'OUT'}]}");
  std::string lots;
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t item = random_() % raw_items;
    lots += std::string(i == 0 ? "" : ",") + "{'item':'" + numbered("R", item) + "','quantity':'" +
            std::to_string(500'000 + random_() % 1000) + ".5','supplier_lot':'X" + number + "-" + std::to_string(i) +
            "','expires_on':'" + Date{20'800 + static_cast<std::int32_t>(item % 90)}.text() + "'}";
  }
  return quoted("receive", "{'supplier':'" + numbered("S", random_() % suppliers) + "','document':'LS" + number +
                               "','reference':'B" + number + "','to':'ST1','lines':[" + lots + "]}");
}

void ScratchPlant::note(const Outcome& outcome) {
  const auto* posted = std::get_if<Posted>(&outcome);
  if (!posted) {
    const auto* refusals = std::get_if<Refusals>(&outcome);
    throw std::runtime_error("a command was not posted: " +
                             (refusals ? refusals->front().detail : std::get<Unknown>(outcome).detail));
  }
  if (posted->kind != "receive") return;
  for (const PostedLot& lot : posted->opened) {
    supply_[std::stoul(lot.item.substr(1))].lots.push_back(lot.lot);
    ++lots_;
  }
}

void ScratchPlant::grow(std::uint64_t entries, const std::function<void(std::uint64_t done)>& after_million) {
  for (std::uint64_t done = 0; done < entries;) {
    std::vector<Waiting> waiting;
    for (; waiting.size() < 1000 && done < entries; ++done) {
      Job job = all_jobs[done % 3];
      if (lots_ < lots_to_begin || !can(job)) job = Job::receipt;
      waiting.push_back({next(job), [this](const Outcome& outcome) { note(outcome); }});
    }
    execute(*book_, clock_, waiting);
    if (after_million && done % 1'000'000 == 0) after_million(done);
  }
}

}  // namespace lotbook
