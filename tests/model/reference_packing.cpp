// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Pallets and cases (R24).

namespace lotbook::model {

namespace {

/// The last digit checks the others, which count three times and once in turn.
bool is_sscc(const std::string& text) {
  if (text.size() != 18) return false;
  int sum = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    sum += (text[i] - '0') * (i % 2 == 0 ? 3 : 1);
  }
  return sum % 10 == 0;
}

Packing packing(Packing::What what, int unit) {
  Packing said{what, unit, "", "", none, none, none, {}};
  return said;
}

bool is_here(const Book& book, const HandlingUnit& unit) {
  return unit.is_known && (book.places.contains(unit.place) || unit.place == "in_transit");
}

}  // namespace

int Judge::unit_named(const std::string& sscc) {
  if (!is_sscc(sscc)) return no("not_an_sscc"), none;
  const int unit = book_.unit_called(sscc);
  if (unit != none && is_here(book_, book_.units()[static_cast<std::size_t>(unit)])) return unit;
  return no("unknown_handling_unit"), none;
}

/// Goods that come in are on a pallet; one that is new is opened where they are put.
void Judge::pack_on(const std::string& sscc, const std::string& where, int lot, Sum quantity) {
  if (!is_sscc(sscc)) return no("not_an_sscc");
  int unit = book_.unit_called(sscc);
  if (unit != none) {
    const HandlingUnit known = book_.units()[static_cast<std::size_t>(unit)];
    if (!known.is_known || known.place != where) return no("sscc_used");
  }
  for (std::size_t i = 0; i < judged_.ssccs.size(); ++i)
    if (judged_.ssccs[i] == sscc) unit = static_cast<int>(book_.ssccs.size() + i);
  if (unit == none) {
    unit = static_cast<int>(book_.ssccs.size() + judged_.ssccs.size());
    judged_.ssccs.push_back(sscc);
    Packing opened = packing(Packing::What::opened, unit);
    opened.to = where;
    entry_.packing.push_back(opened);
  }
  for (const Packing& earlier : entry_.packing)
    if (earlier.unit == unit && earlier.what == Packing::What::opened && earlier.to != where) return no("sscc_used");
  Packing on = packing(Packing::What::put_on, unit);
  on.lot = lot, on.quantity = quantity;
  entry_.packing.push_back(on);
}

void Judge::pack() {
  const std::string sscc = text("sscc"), where = text("place");
  if (sscc.empty()) return no("missing");  // this book has no company prefix to make one under
  if (!is_sscc(sscc)) return no("not_an_sscc");
  if (!where.empty()) place(where);
  const int unit = book_.unit_called(sscc);
  HandlingUnit known;
  if (unit != none) known = book_.units()[static_cast<std::size_t>(unit)];
  if (unit == none && where.empty()) no("missing");
  if (unit != none && !is_here(book_, known)) return no("sscc_used");
  if (unit != none && !where.empty() && where != known.place) no("place_not_allowed");
  for (const Value& line : body("lines").each()) {
    const int packed = lot(line.at("item").text(), line.at("lot").text());
    if (packed == none) continue;
    if (const std::optional<Sum> much = quantity(line, line.at("item").text()))
      pack_on(sscc, unit != none ? known.place : where, packed, *much);
  }
  settle(unit != none ? known.place : where);
}

void Judge::unpack() {
  const int unit = unit_named(text("sscc"));
  if (unit == none) return;
  HandlingUnit known = book_.units()[static_cast<std::size_t>(unit)];
  std::map<int, Sum> off;
  if (body("lines").each().empty()) off = known.goods;
  for (const Value& line : body("lines").each()) {
    const int taken = lot(line.at("item").text(), line.at("lot").text());
    if (taken == none) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much) continue;
    off[taken].add(*much, 1);
    if (known.goods[taken].first < off[taken].first) no("not_on_handling_unit");
    if (known.goods[taken].second < off[taken].second) no("not_on_handling_unit"), no("in_the_way");
  }
  if (off.empty() && !is_refused()) no("not_on_handling_unit");
  for (const auto& [taken, much] : off) {
    Packing said = packing(Packing::What::taken_off, unit);
    said.lot = taken, said.quantity = much;
    entry_.packing.push_back(said);
  }
  settle(known.place);
}

/// It goes with all that stands on it, and stands by itself then.
void Judge::carry(int outer, const std::string& to) {
  const std::vector<HandlingUnit> units = book_.units();
  for (const int unit : book_.with_nested(outer, units)) {
    const HandlingUnit& known = units[static_cast<std::size_t>(unit)];
    Packing said = packing(Packing::What::moved, unit);
    said.from = known.place, said.to = to;
    said.was_inside = known.inside, said.inside = unit == outer ? none : known.inside;
    entry_.packing.push_back(said);
  }
}

void Judge::move_unit() {
  const int outer = unit_named(text("sscc"));
  const std::string to = text("to");
  const bool is_place = place(to);
  if (outer == none || !is_place) return;
  const std::vector<HandlingUnit> units = book_.units();
  const std::string from = units[static_cast<std::size_t>(outer)].place;
  if (from == to) return no("same_place");
  if (book_.site_of(from) != book_.site_of(to)) return no("not_the_same_site");
  for (const int unit : book_.with_nested(outer, units))
    for (const auto& [moved, much] : units[static_cast<std::size_t>(unit)].goods) {
      restock(moved, from, to);
      allow(moved, from, {"move"});
      line(moved, from, to, much);
    }
  carry(outer, to);
  settle(to);
}

void Judge::nest_unit() {
  const int unit = unit_named(text("sscc")), outer = text("into").empty() ? none : unit_named(text("into"));
  if (is_refused()) return;
  const std::vector<HandlingUnit> units = book_.units();
  const HandlingUnit& known = units[static_cast<std::size_t>(unit)];
  if (outer != none && units[static_cast<std::size_t>(outer)].place != known.place) no("place_not_allowed");
  const std::vector<int> on_it = book_.with_nested(unit, units);
  if (std::find(on_it.begin(), on_it.end(), outer) != on_it.end()) no("place_not_allowed");
  if (outer == known.inside) no("already_so");
  Packing said = packing(Packing::What::moved, unit);
  said.from = said.to = known.place, said.was_inside = known.inside, said.inside = outer;
  entry_.packing.push_back(said);
  settle(known.place);
}

/// What is on a pallet lies where it stands, both quantities of it, and what stands on one stands where that does.
void Judge::judge_units() {
  bool fits = true;
  const std::vector<HandlingUnit> units = book_.units(&entry_, &fits);
  if (!fits) no("in_the_way");
  std::map<std::pair<int, std::string>, Sum> packed;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const HandlingUnit& unit = units[i];
    if (!is_here(book_, unit)) continue;
    if (unit.inside != none) {
      const HandlingUnit& below = units[static_cast<std::size_t>(unit.inside)];
      if (!below.is_known || below.place != unit.place) no("in_the_way");
    }
    for (const auto& [lot, much] : unit.goods) packed[{lot, unit.place}].add(much, 1);
  }
  const Book::Stock stock = book_.stock_with(entry_);
  for (const auto& [cell, much] : packed) {
    const auto lies = stock.find(cell);
    const Sum there = lies == stock.end() ? Sum() : lies->second;
    if (there.first >= much.first && there.second >= much.second) continue;
    if (entry_.kind == "count" || entry_.kind == "adjust" || entry_.kind == "backflush") leave_open();
    no("on_handling_unit");
  }
}

}  // namespace lotbook::model
