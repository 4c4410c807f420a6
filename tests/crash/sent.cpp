// SPDX-License-Identifier: Apache-2.0
#include "sent.h"

#include <algorithm>
#include <stdexcept>

#include "base/json.h"

namespace lotbook {

namespace {

std::string quoted(std::string json) {
  std::replace(json.begin(), json.end(), '\'', '"');
  return json;
}

/// The table of one lot's stock as the entries make it, in the order of the table's key.
std::vector<StockRow> stock_rows(const View& view, const LotState& state) {
  std::vector<StockRow> rows;
  for (const LotState::Cell& cell : state.cells)
    if (!cell.quantity.is_zero() || !cell.quantity2.is_zero())
      rows.push_back({state.lot.item, view.pick_day(state.lot), state.lot.id, cell.place, view.is_blocked(state),
                      cell.quantity, cell.quantity2});
  std::sort(rows.begin(), rows.end(), [](const StockRow& a, const StockRow& b) { return a.place < b.place; });
  return rows;
}

void compare_lots(Transaction& transaction, const View& view, std::vector<std::string>& faults) {
  std::size_t rows = 0;
  view.each_lot([&](const LotState& state) {
    bool is_held = false;
    const std::optional<Lot> lot = transaction.lot(state.lot.id, is_held);
    const std::string name = "lot " + state.lot.code + " (" + std::to_string(state.lot.id.value) + ")";
    if (!lot) return faults.push_back(name + " is missing from its table");
    if (lot->code != state.lot.code || lot->item != state.lot.item || lot->quality != state.lot.quality ||
        lot->opened_in != state.lot.opened_in || is_held != state.is_held)
      faults.push_back(name + " differs from its entries");
    const std::vector<StockRow> expected = stock_rows(view, state);
    std::vector<StockCell> found = transaction.stock_of(*lot, view.pick_day(state.lot));
    std::sort(found.begin(), found.end(), [](const StockCell& a, const StockCell& b) { return a.place < b.place; });
    const bool same = std::equal(expected.begin(), expected.end(), found.begin(), found.end(),
                                 [](const StockRow& a, const StockCell& b) {
                                   return a.place == b.place && a.quantity == b.quantity && a.quantity2 == b.quantity2;
                                 });
    if (!same) faults.push_back("the stock of " + name + " differs from its entries");
    rows += found.size();
  });
  Statement& count = transaction.connection().prepared("select count(*), (select count(*) from lot) from stock");
  count.step();
  std::size_t lots = 0;
  view.each_lot([&](const LotState&) { ++lots; });
  if (count.integer(0) != static_cast<std::int64_t>(rows)) faults.push_back("there is stock that no entry explains");
  if (count.integer(1) != static_cast<std::int64_t>(lots)) faults.push_back("there are lots that no entry opened");
  count.reset();
}

}  // namespace

Asked asked_of(const Sent& sent) {
  Asked asked;
  asked.row = find_command(sent.name);
  if (!asked.row) throw std::logic_error("no command " + sent.name);
  std::shared_ptr<void> command = asked.row->make();
  if (!read_json(sent.json, asked.row->shape(), command.get()).empty())
    throw std::logic_error("not a command: " + sent.json);
  asked.digest = request_digest(sent.name, asked.row->shape(), command.get());
  asked.command = std::move(command);
  asked.actor = Actor::with_all_rights("anna"), asked.client = crash_client, asked.key = sent.key;
  return asked;
}

std::string posted_text(const Outcome& outcome) {
  const auto* posted = std::get_if<Posted>(&outcome);
  return posted ? to_json(*posted) : std::string();
}

std::string outcome_text(const Outcome& outcome) {
  if (const auto* unknown = std::get_if<Unknown>(&outcome)) return "unknown " + unknown->detail;
  if (const auto* refusals = std::get_if<Refusals>(&outcome)) {
    if (refusals->empty()) return "refused without a reason";
    return "refused " + std::string(text_of(refusals->front().code).name) + ": " + refusals->front().detail;
  }
  return "posted " + posted_text(outcome);
}

std::vector<Sent> set_up_commands() {
  std::vector<Sent> commands;
  const auto add = [&](const char* name, const char* json) {
    commands.push_back({"set-up-" + std::to_string(commands.size()), name, quoted(json)});
  };
  add("set_place", "{'code':'MAIN','name':'Main','kind':'site'}");
  add("set_place", "{'code':'ST1','name':'Store 1','kind':'storage','parent':'MAIN'}");
  add("set_place", "{'code':'ST2','name':'Store 2','kind':'storage','parent':'MAIN'}");
  add("set_item", "{'code':'FLOUR','name':'Flour','unit':'KGM','decimals':3}");
  add("set_item", "{'code':'MILK','name':'Milk','unit':'LTR'}");
  add("set_partner", "{'code':'MILL','name':'Mill & Co','roles':['supplier']}");
  add("set_partner", "{'code':'SHOP','name':'Shop','roles':['customer']}");
  add("set_address", "{'code':'SHOP-1','partner':'SHOP','name':'Shop, High Street'}");
  add("receive",
      "{'supplier':'MILL','document':'DN-0','to':'ST1','lines':["
      "{'item':'FLOUR','quantity':'100000','unit':'KGM','lot':'SHARED-0'},"
      "{'item':'FLOUR','quantity':'100000','unit':'KGM','lot':'SHARED-1'},"
      "{'item':'FLOUR','quantity':'100000','unit':'KGM','lot':'SHARED-2'},"
      "{'item':'FLOUR','quantity':'50','unit':'KGM','lot':'SHARED-3'}]}");
  return commands;
}

std::vector<Sent> small_workload(std::size_t count) {
  std::vector<Sent> commands = set_up_commands();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string n = std::to_string(i), key = "work-" + n;
    const std::string shared =
        "'item':'FLOUR','lot':'SHARED-" + std::to_string(i % 3) + "','quantity':'1.5','from':'ST1'";
    if (i % 3 == 0)
      commands.push_back({key, "receive",
                          quoted("{'supplier':'MILL','document':'DN-" + n + "','to':'ST1','lines':[" +
                                 "{'item':'FLOUR','quantity':'7','lot':'F" + n + "','supplier_lot':'SF" + n + "'}," +
                                 "{'item':'MILK','quantity':'8','lot':'M" + n + "','supplier_lot':'SM" + n + "'}]}")});
    else if (i % 3 == 1)
      commands.push_back({key, "move", quoted("{'lines':[{" + shared + ",'to':'ST2'}]}")});
    else
      commands.push_back(
          {key, "dispatch",
           quoted("{'customer':'SHOP','address':'SHOP-1','document':'OUT-" + n + "','lines':[{" + shared + "}]}")});
  }
  return commands;
}

Sent Work::next() {
  const std::string key = prefix_ + "-" + std::to_string(++count_);
  const std::uint64_t dice = random_() % 10;
  if (count_ == 1 || dice < 3) return receive(key);
  return take(key, dice < 7);
}

Sent Work::receive(const std::string& key) {
  std::string lines;
  const std::uint64_t count = 1 + random_() % 5;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string lot = "L-" + key + "-" + std::to_string(i);
    lines += std::string(i == 0 ? "" : ",") + "{'item':'" + (random_() % 2 ? "FLOUR" : "MILK") + "','quantity':'" +
             std::to_string(1 + random_() % 500) + "','lot':'" + lot + "','supplier_lot':'S-" + lot + "'}";
    lots_.push_back(lines.substr(lines.rfind("{'item'")));
    lots_.back() = lots_.back().substr(0, lots_.back().find(",'quantity'")) + ",'lot':'" + lot + "'";
  }
  return {key, "receive", quoted("{'supplier':'MILL','document':'DN-" + key + "','to':'ST1','lines':[" + lines + "]}")};
}

Sent Work::take(const std::string& key, bool moves) {
  const bool shared = lots_.empty() || random_() % 3 == 0;
  const std::string lot =
      shared ? "{'item':'FLOUR','lot':'SHARED-" + std::to_string(random_() % 4) + "'" : lots_[random_() % lots_.size()];
  const std::string line = lot + ",'quantity':'" + std::to_string(1 + random_() % 200) + "','from':'" +
                           (random_() % 4 ? "ST1" : "ST2") + "'";
  if (moves) {
    const bool back = line.find("'from':'ST2'") != std::string::npos;
    return {key, "move", quoted("{'lines':[" + line + ",'to':'" + (back ? "ST1" : "ST2") + "'}]}")};
  }
  return {key, "dispatch",
          quoted("{'customer':'SHOP','address':'SHOP-1','document':'OUT-" + key + "','lines':[" + line + "}]}")};
}

BookState read_book(Store& store) {
  BookState state;
  const std::unique_ptr<Connection> reader = store.open_reader();
  reader->begin();
  Transaction transaction(*reader);
  View view = View::empty(transaction);
  Hash hash{};
  transaction.entries_from(1, [&](const EntryRow& row) {
    const std::string name = "entry " + std::to_string(row.seq);
    if (row.seq != ++state.last_seq) state.faults.push_back("before " + name + " there is a gap");
    hash = chain_hash(hash, row.body);
    if (hash != row.hash) state.faults.push_back("the chain breaks at " + name);
    try {
      const Entry entry = decode_entry(row.body, row.seq);
      view.apply(entry);
      if (!entry.key.empty() && !state.commands.emplace(entry.key, BookState::Command{entry.seq, entry.digest}).second)
        state.faults.push_back(name + " is the second of its key " + entry.key);
    } catch (const std::exception& error) {
      state.faults.push_back(name + ": " + error.what());
    }
    return state.faults.size() < 10;
  });
  const std::optional<Head> head = transaction.head();
  if (!head || head->seq != state.last_seq || head->hash != hash)
    state.faults.push_back("the head is not the last entry");
  if (head && head->next_id != view.head().next_id) state.faults.push_back("the head's next number is wrong");
  compare_lots(transaction, view, state.faults);
  reader->rollback();
  return state;
}

}  // namespace lotbook
