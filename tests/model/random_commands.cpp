// SPDX-License-Identifier: Apache-2.0
#include "random_commands.h"

#include <algorithm>

namespace lotbook::model {

namespace {
const std::vector<std::string> all_rights{
    "view",          "operate",       "master_data",          "quality",      "backdate", "correct_genealogy",
    "override_fefo", "override_life", "override_best_before", "confirm_here", "recall",   "admin"};
}

// --- what there is to name

RandomCommands::Cell RandomCommands::goods(const std::string& item) {
  std::vector<Cell> cells;
  for (const auto& [cell, much] : book_.stock())
    if (much.first > 0 && cell.second != "in_transit" && (item.empty() || item_of(cell.first) == item))
      cells.push_back({cell.first, cell.second, much});
  if (cells.empty()) return {none, "ST1", {10'000'000, 10'000'000}};
  return one_of(cells);
}

RandomCommands::Cell RandomCommands::usable(const std::string& item) {
  static const std::set<std::string> closed{"quarantine", "returns", "retained", "external"};
  Cell cell = goods(item);
  for (int tries = 0; tries < 12 && cell.lot != none && happens(95); ++tries) {
    if (!closed.contains(book_.use_of(cell.place)) &&
        book_.status(cell.lot, cell.place, book_.day_at(cell.place, now_)) == "released")
      break;
    cell = goods(item);
  }
  return cell;
}

/// Mostly the own code; now and then another name of the lot (R8).
std::string RandomCommands::code_of(int lot) {
  if (lot == none) return "NOSUCH";
  const LotState& state = book_.state(lot);
  if (happens(4) && !state.issued.empty()) return state.issued.begin()->second;
  if (happens(4) && !state.former.empty()) return *state.former.begin();
  return state.code;
}

std::string RandomCommands::place_near(const std::string& place, const std::string& use) {
  std::vector<std::string> near;
  for (const auto& [code, rule] : book_.places)
    if (rule.at("kind").text() != "site" && book_.site_of(code) == book_.site_of(place) &&
        (use.empty() || book_.use_of(code) == use))
      near.push_back(code);
  return near.empty() ? place : one_of(near);
}

std::string RandomCommands::some_item(bool tracked) {
  std::vector<std::string> codes;
  for (const auto& [code, rule] : book_.items)
    if (!tracked || rule.at("tracking").text() != "none") codes.push_back(code);
  return one_of(codes);
}

std::string RandomCommands::new_code() {
  ++codes_;
  const std::string number = std::to_string(100 + codes_);
  // Now and then one that looks like an earlier one, or is it.
  if (happens(6) && codes_ > 3)
    return (happens(50) ? "b-" : "B") + std::to_string(100 + below(static_cast<std::uint64_t>(codes_)));
  return "B" + number;
}

std::string RandomCommands::day_near(int from, int to) {
  const Day today = static_cast<Day>(now_ / day_long);
  return text_of_day(today + from + static_cast<int>(below(static_cast<std::uint64_t>(to - from + 1))));
}

std::string RandomCommands::order(const std::string& state) {
  std::vector<std::string> numbers;
  for (std::size_t run = 0; run < book_.runs.size(); ++run)
    if (state.empty() || book_.run_state(static_cast<int>(run)) == state) numbers.push_back(book_.runs[run].number);
  if (numbers.empty()) return "P-NONE";
  // The newest orders are those at which people work.
  const std::size_t last = std::min<std::size_t>(numbers.size(), 4);
  return happens(85) ? numbers[numbers.size() - 1 - below(last)] : one_of(numbers);
}

std::string RandomCommands::address_of(const std::string& customer) {
  if (happens(25)) return {};
  return customer == "CAFE" ? "CAFE-1" : one_of<std::string>({"SHOP-1", "SHOP-2"});
}

std::string RandomCommands::document_of(const std::string& kind) {
  std::vector<std::string> documents;
  for (const Entry& entry : book_.entries)
    if (entry.kind == kind && !entry.document.empty()) documents.push_back(entry.document);
  return documents.empty() ? "D-NONE" : one_of(documents);
}

int RandomCommands::entry(const std::string& kind) {
  std::vector<int> seqs;
  for (const Entry& entry : book_.entries)
    if (kind.empty() || entry.kind == kind) seqs.push_back(entry.seq);
  if (seqs.empty()) return 1;
  const std::size_t last = std::min<std::size_t>(seqs.size(), 25);
  return happens(70) ? seqs[seqs.size() - 1 - below(last)] : one_of(seqs);
}

// --- how much and when

std::string RandomCommands::amount(const std::string& item, Amount most) {
  const int decimals = book_.items.contains(item) ? book_.items.at(item).at("decimals").number() : 0;
  const Amount part = most < 1'000'000 || happens(15) ? most : most * static_cast<Amount>(1 + below(99)) / 100;
  Amount much = rounded_down(part, decimals);
  if (much <= 0) much = rounded(1'000'000, decimals);
  return text_of_amount(much);
}

void RandomCommands::much(Value& line, const std::string& item, Sum most) {
  if (happens(7)) most.first += most.first / 2 + 1'000'000;  // more than there is
  line["quantity"] = amount(item, most.first);
  if (!book_.items.contains(item)) return;
  const Value& rule = book_.items.at(item);
  const std::string unit = rule.at("unit").text();
  if (unit == "KGM" && happens(10)) {
    line["unit"] = "GRM",
    line["quantity"] = text_of_amount(most.first / 1000 * static_cast<Amount>(1 + below(900'000)));
  } else if (unit == "LTR" && happens(10)) {
    line["unit"] = "MLT", line["quantity"] = std::to_string(500 + below(9000));
  } else if (item == "FLOUR" && happens(10)) {
    line["unit"] = "EA", line["quantity"] = std::to_string(1 + below(4));
  }
  if (!rule.at("unit2").text().empty()) line["quantity2"] = amount("SUGAR", std::max<Amount>(most.second, 1'000'000));
}

Value RandomCommands::line_of(const Cell& cell) {
  Value line;
  if (cell.lot == none) {
    line["item"] = "FLOUR", line["lot"] = "NOSUCH", line["quantity"] = "1", line["from"] = cell.place;
    return line;
  }
  line["item"] = item_of(cell.lot), line["from"] = cell.place;
  if (book_.lots[static_cast<std::size_t>(cell.lot)].is_tracked) line["lot"] = code_of(cell.lot);
  much(line, item_of(cell.lot), cell.quantity);
  if (book_.is_vessel(cell.place) && !line.at("unit").is_set() && !line.at("quantity2").is_set() && happens(40))
    line["lot"] = Value();  // whoever draws need not know what is in it
  return line;
}

/// Mostly now; some of it late, some very late, a little of it not yet.
void RandomCommands::when(Value& body) {
  const std::uint64_t die = below(100);
  if (die < 62) return;
  const auto ago = [&](Time most) { return now_ - static_cast<Time>(below(static_cast<std::uint64_t>(most))); };
  if (die < 72) body["occurred_at"] = text_of_time(ago(12 * 60 * minute)).substr(0, 16) + "Z";
  if (die >= 72 && die < 80) body["occurred_at"] = text_of_time(ago(3 * day_long));
  if (die >= 80 && die < 92) body["occurred_at"] = day_near(-3, 0);
  if (die >= 92 && die < 97) body["occurred_at"] = text_of_time(ago(12 * day_long));
  if (die >= 97) body["occurred_at"] = text_of_time(now_ + static_cast<Time>(below(20)) * minute);
}

void RandomCommands::spoil_line(Value& line) {
  const bool names_item = line.at("item").is_set();
  switch (below(8)) {
    case 0:
      if (!names_item) break;
      line["item"] = "GHOST";
      break;
    case 1: line["lot"] = "NOSUCH"; break;
    case 2: line["quantity"] = "0"; break;
    case 3: line["quantity"] = "-3"; break;
    case 4: line["quantity"] = "5000000000"; break;
    case 5: line["unit"] = "MTR"; break;
    case 6: line["quantity2"] = "1"; break;
    default:
      for (const char* end : {"from", "to", "place"})
        if (line.at(end).is_set()) {
          line[end] = "NOWHERE";
          break;
        }
  }
}

void RandomCommands::spoil(Value& body) {
  for (const char* list : {"lines", "inputs", "outputs", "parts"})
    if (!body.at(list).each().empty() && happens(75)) {
      Value first = body.at(list).each().front();
      spoil_line(first);
      std::vector<Value> lines(body.at(list).each());
      lines.front() = std::move(first);
      body[list] = Value::list(std::move(lines));
      return;
    }
  for (const char* field :
       {"supplier", "customer", "address", "item", "lot", "from", "to", "place", "number", "sscc", "vessel"})
    if (body.at(field).is_set() && happens(40)) {
      body[field] = "NOBODY";
      return;
    }
  if (body.at("reason").is_set()) body["reason"] = Value();
}

// --- the day's work

Asked RandomCommands::next(Time now) {
  now_ = now;
  using Maker = void (RandomCommands::*)(Value&);
  struct Choice {
    int weight;
    const char* name;
    Maker make;
  };
  static const std::vector<Choice> choices{{16, "receive", &RandomCommands::receive},
                                           {2, "open_stock", &RandomCommands::open_stock},
                                           {9, "move", &RandomCommands::move},
                                           {9, "dispatch", &RandomCommands::dispatch},
                                           {2, "void_dispatch", nullptr},
                                           {4, "return_goods", &RandomCommands::return_goods},
                                           {2, "return_to_supplier", &RandomCommands::return_to_supplier},
                                           {2, "transfer_out", &RandomCommands::transfer_out},
                                           {2, "transfer_in", &RandomCommands::transfer_in},
                                           {2, "sample", &RandomCommands::sample},
                                           {2, "dispose", &RandomCommands::sample},
                                           {4, "count", &RandomCommands::count},
                                           {2, "adjust", &RandomCommands::adjust},
                                           {2, "found", &RandomCommands::found},
                                           {5, "release_order", &RandomCommands::release_order},
                                           {12, "consume", &RandomCommands::consume},
                                           {10, "yield", &RandomCommands::yield},
                                           {4, "produce", &RandomCommands::produce},
                                           {4, "give_back", &RandomCommands::give_back},
                                           {2, "backflush", &RandomCommands::backflush},
                                           {3, "close_order", nullptr},
                                           {2, "reopen_order", nullptr},
                                           {1, "cancel_order", nullptr},
                                           {7, "pack", &RandomCommands::pack},
                                           {3, "unpack", &RandomCommands::unpack},
                                           {4, "move_unit", &RandomCommands::move_unit},
                                           {2, "nest_unit", &RandomCommands::nest_unit},
                                           {7, "fill", &RandomCommands::fill},
                                           {1, "empty", &RandomCommands::declare},
                                           {2, "clean", &RandomCommands::declare},
                                           {3, "split", &RandomCommands::split},
                                           {3, "blend", &RandomCommands::blend},
                                           {2, "relabel", &RandomCommands::relabel},
                                           {2, "disassemble", &RandomCommands::disassemble},
                                           {3, "quarantine", nullptr},
                                           {6, "release", nullptr},
                                           {2, "reject", nullptr},
                                           {4, "hold", &RandomCommands::hold},
                                           {3, "lift_hold", &RandomCommands::lift_hold},
                                           {3, "change_dates", &RandomCommands::change_dates},
                                           {2, "rename", nullptr},
                                           {2, "add_name", nullptr},
                                           {1, "join", nullptr},
                                           {6, "undo", nullptr},
                                           {6, "correct", &RandomCommands::correct},
                                           {3, "replace", &RandomCommands::replace}};
  int all = 0;
  for (const Choice& choice : choices) all += choice.weight;
  int drawn = static_cast<int>(below(static_cast<std::uint64_t>(all)));
  const Choice* choice = choices.data();
  while (drawn >= choice->weight) drawn -= choice++->weight;

  Asked asked;
  asked.name = choice->name, asked.now = now, asked.who = "anna";
  asked.rights = {all_rights.begin(), all_rights.end()};
  if (happens(12)) asked.who = "ben", asked.rights = {"operate"};
  if (happens(8)) asked.who = "quinn", asked.rights = {"operate", "quality", "backdate"};
  Value& body = asked.body;
  const std::string name = asked.name;
  if (happens(94)) body["reason"] = "because";
  if (choice->make) (this->*choice->make)(body);
  if (name == "consume" || name == "yield" || name == "produce" || name == "disassemble")
    if (happens(60)) body["process"]["checked_by"] = happens(90) ? "carol" : "anna";
  if (name == "dispose") body["to"] = Value();
  if (name == "void_dispatch")
    body["document"] = document_of("dispatch"), body["to"] = one_of<std::string>({"ST1", "RET", "STAG", "N1"});
  if (name == "close_order") body["document"] = order(happens(80) ? "open" : ""), body["reason"] = "closed";
  if (name == "close_order" && happens(50)) body["not_used"] = Value::list({some_item(true)});
  if (name == "reopen_order") body["document"] = order(happens(80) ? "closed" : "");
  if (name == "cancel_order") body["document"] = order(happens(60) ? "released" : "");
  if (name == "quarantine" || name == "release" || name == "reject")
    body["lots"] = some_lots(name == "release" ? 3 : 1, name == "release" ? "quarantine" : "");
  if (name == "rename" || name == "add_name" || name == "join") {
    const Cell cell = goods();
    body["item"] = cell.lot == none ? "FLOUR" : item_of(cell.lot), body["lot"] = code_of(cell.lot);
    if (name == "join") body["with"] = code_of(goods(body.at("item").text()).lot);
    if (name == "rename") body["code"] = new_code();
    if (name == "add_name")
      body["code"] = "X" + std::to_string(below(40)), body["issuer"] = one_of<std::string>({"MILL", "MAKR"});
  }
  if (name == "undo") {
    Value entries = Value::list({entry(
        happens(40) ? one_of<std::string>({"undo", "correct", "hold", "dispatch", "consume", "yield", "lift_hold"})
                    : "")});
    if (happens(20)) entries.add(entry());
    body["entries"] = entries;
  }
  static const std::set<std::string> timeless{"void_dispatch", "undo", "replace", "reopen_order", "cancel_order",
                                              "correct",       "pack", "unpack",  "nest_unit"};
  if (!timeless.contains(name)) when(body);
  if (name == "correct" && happens(25)) when(body);
  if (happens(10)) spoil(body);
  return asked;
}

}  // namespace lotbook::model
