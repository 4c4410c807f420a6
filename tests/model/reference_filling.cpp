// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Tanks and silos (R48, R74-R76).

namespace lotbook::model {

/// R75: who draws from layers need not know them; a line that names no lot is one line for each that it cuts.
void name_layers(const Book& book, Value& body) {
  for (const char* list : {"lines", "inputs"}) {
    std::map<std::pair<std::string, int>, Amount> taken;
    Value named = Value::list();
    for (const Value& line : body.at(list).each()) {
      const std::string from = line.at("from").text(), item = line.at("item").text();
      const bool is_plain = line.at("quantity").is_set() && !line.at("unit").is_set();
      if (!line.at("lot").text().empty() || !book.is_vessel(from) || !is_plain) {
        named.add(line);
        continue;
      }
      const Vessel vessel = book.vessel(from);
      std::vector<int> layers;
      for (const int lot : vessel.layers)
        if (book.lots[static_cast<std::size_t>(lot)].item == item) layers.push_back(lot);
      if (layers.empty() && vessel.last != none && book.lots[static_cast<std::size_t>(vessel.last)].item == item)
        layers.push_back(vessel.last);
      Amount rest = amount_from(line.at("quantity").text());
      if (layers.empty() || rest <= 0) {
        named.add(line);
        continue;
      }
      for (const int lot : layers) {
        Amount& already = taken[{from, lot}];
        const Amount there = std::max<Amount>(book.on_hand(lot, from).first - already, 0);
        const Amount part = lot == layers.back() ? rest : std::min(rest, there);
        if (part <= 0) continue;
        Value cut = line;
        cut["lot"] = book.state(lot).code, cut["quantity"] = text_of_amount(part);
        already += part, rest -= part;
        named.add(cut);
      }
    }
    if (!named.each().empty()) body[list] = named;
  }
}

bool Judge::is_vessel_named(const std::string& code) {
  if (!place(code)) return false;
  if (!book_.is_vessel(code)) no("no_vessel");
  return book_.is_vessel(code);
}

void Judge::fill() {
  const std::string vessel = text("vessel");
  const bool is_vessel = is_vessel_named(vessel);
  struct Inflow {
    int lot;
    std::string from;
    Sum much;
  };
  std::vector<Inflow> inflows;
  for (const Value& given : body("lines").each()) {
    const std::string item = given.at("item").text(), from = given.at("from").text();
    const int one = lot(item, given.at("lot").text(), true);
    if (!place(from) || one == none || !is_vessel) continue;
    const std::optional<Sum> much = quantity(given, item);
    if (from == vessel) no("same_place");
    if (book_.site_of(from) != book_.site_of(vessel)) no("not_the_same_site");
    if (much) inflows.push_back({one, from, *much});
  }
  if (is_refused()) return;
  const Vessel before = book_.vessel(vessel);
  const auto item_of = [&](int lot) { return book_.lots[static_cast<std::size_t>(lot)].item; };
  const int first = inflows.front().lot, heel = before.layers.empty() ? none : before.layers.front();
  const std::string item = item_of(heel == none ? first : heel);
  bool is_one_lot = true;
  for (const Inflow& in : inflows) {
    if (item_of(in.lot) != item) no("vessel_has_content");
    is_one_lot &= in.lot == first;
  }
  if (is_refused()) return;
  const Amount clings = before.last == first && is_one_lot ? 0 : book_.residue(vessel);
  const bool mixes = book_.mixes(vessel);
  std::size_t plain = 0;
  if (clings > 0 || (mixes && (!is_one_lot || (heel != none && heel != first)))) {
    Lot mixture{item, "produced", text("new_lot"), "", "", "released", {}};
    Sum sum;
    const auto mix = [&](int one, const std::string& from, Sum much) {
      if (!allow(one, from, {"consume", about(one).at("use_at_risk").is_yes()})) return;
      const LotState state = book_.state(one);
      if (state.quality != "released" || book_.status(one, from, day(from)) == "quarantine")
        mixture.quality = "quarantine";
      Dates& dates = mixture.dates;  // R48
      dates = {std::min(dates.received, state.dates.received), std::min(dates.produced, state.dates.produced),
               std::min(dates.expires, state.dates.expires), std::min(dates.best_before, state.dates.best_before),
               std::min(dates.retest, state.dates.retest)};
      take(one, from, "conversion", much);
      sum.add(much, 1);
    };
    if (mixes && heel != none) mix(heel, vessel, book_.on_hand(heel, vessel));
    for (; plain < (mixes ? inflows.size() : 1); ++plain)
      mix(inflows[plain].lot, inflows[plain].from, inflows[plain].much);
    if (is_refused()) return;
    if (!mixture.code.empty() &&
        (!is_new_code(mixture.code) || !is_free_code(item, mixture.code, body("confirm_new_lot").is_yes())))
      return;
    const int lot = open(mixture);
    line(lot, "conversion", vessel, sum);
    if (clings > 0) entry_.assumed.push_back({before.last, lot, clings});  // R76
  } else if (!text("new_lot").empty()) {
    no("lot_unwanted");
  }
  for (; plain < inflows.size(); ++plain) {
    const Inflow& in = inflows[plain];
    restock(in.lot, in.from, vessel);
    if (allow(in.lot, in.from, {"move"})) take(in.lot, in.from, vessel, in.much);
  }
  settle(vessel);
}

void Judge::declare(bool is_clean) {
  const std::string vessel = text("vessel");
  if (!is_vessel_named(vessel)) return;
  if (!book_.vessel(vessel).layers.empty()) no("vessel_has_content");
  entry_.declared = vessel, entry_.is_clean = is_clean;
  settle(vessel);
}

/// One lot in a vessel that mixes, one item in any; the oldest layer comes out first; what clings to a vessel is told.
void Judge::judge_vessels() {
  const Book::Stock after = book_.stock_with(entry_);
  for (const auto& [vessel, rule] : book_.places) {
    if (!book_.is_vessel(vessel)) continue;
    const Vessel before = book_.vessel(vessel);
    std::map<int, Amount> change;
    for (const auto& [cell, much] : book_.stock())
      if (cell.second == vessel) change[cell.first] -= much.first;
    for (const auto& [cell, much] : after)
      if (cell.second == vessel) change[cell.first] += much.first;
    const auto left = [&](int lot) {
      const auto found = after.find({lot, vessel});
      return found == after.end() ? 0 : found->second.first;
    };
    std::set<int> there;
    std::set<std::string> items;
    for (const auto& [lot, much] : change)
      if (left(lot) > 0) there.insert(lot), items.insert(about(lot).at("code").text());
    if (items.size() > 1 || (book_.mixes(vessel) && there.size() > 1)) no("vessel_has_content");
    if (!entry_.targets.empty()) continue;
    const bool is_count = entry_.kind == "count" || entry_.kind == "adjust";
    for (const auto& [lot, much] : change) {
      if (much <= 0) continue;
      const bool lies = std::find(before.layers.begin(), before.layers.end(), lot) != before.layers.end();
      if (!book_.mixes(vessel) && lies && before.layers.back() != lot && !is_count) no("vessel_has_content");
      if (entry_.kind != "fill" && before.last != none && before.last != lot && book_.residue(vessel) > 0)
        no("vessel_is_not_clean");
    }
    if (book_.mixes(vessel)) continue;
    for (const Line& line : entry_.lines) {
      if (line.from != vessel || line.to == "count") continue;
      for (const int older : before.layers) {
        if (older == line.lot) break;
        if (left(older) > 0) no("not_the_oldest_layer");
      }
    }
  }
}

}  // namespace lotbook::model
