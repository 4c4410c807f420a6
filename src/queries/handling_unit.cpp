// SPDX-License-Identifier: Apache-2.0
#include "queries/handling_unit.h"

#include <algorithm>

#include "ledger/handling_units.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

constexpr std::size_t most_entries = 1000;

std::string sscc_of(const View& view, Id<HandlingUnit> id) {
  const HandlingUnit* unit = view.handling_unit(id);
  return unit ? unit->sscc : std::string();
}

void add_goods(const View& view, const HandlingUnit& unit, std::vector<PackedRow>& rows) {
  for (const PackedGoods& goods : unit.goods) {
    const Lot& lot = view.lot(goods.lot)->lot;
    const Item& item = *view.masters().items.find(lot.item);
    const Serial* serial = view.serial(goods.serial);
    rows.push_back({unit.sscc, item.code, lot.code, serial ? serial->code : std::string(), item.unit, goods.quantity,
                    goods.quantity2});
  }
}

/// The first of them behind an SSCC, in a location and all below it, in order of SSCC.
std::vector<Id<HandlingUnit>> units_below(const View& view, Id<Place> place, const std::string& after,
                                          std::size_t most) {
  std::vector<Id<HandlingUnit>> units;
  const Masters& masters = view.masters();
  masters.places.each([&](Id<Place> below, const Place&) {
    if (!masters.lies_in(below, place)) return;
    const std::vector<Id<HandlingUnit>> here = view.behind().handling_units_at(below, after, most);
    units.insert(units.end(), here.begin(), here.end());
  });
  std::sort(units.begin(), units.end(), [&](Id<HandlingUnit> a, Id<HandlingUnit> b) {
    return view.handling_unit(a)->sscc < view.handling_unit(b)->sscc;
  });
  if (units.size() > most) units.resize(most);
  return units;
}

}  // namespace

Result<HandlingUnitAnswer> ask(const HandlingUnitQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const HandlingUnit* unit = view.handling_unit_called(question.sscc);
  if (!unit || !unit->is_known)
    return Refusal{Code::unknown_handling_unit, "/sscc", "There is no handling unit " + question.sscc + "."};
  HandlingUnitAnswer answer;
  answer.sscc = unit->sscc, answer.inside = sscc_of(view, unit->inside), answer.entry = view.head().seq;
  answer.place = end_code(view.masters(), unit->place);
  for (const Id<HandlingUnit> id : view.handling_units_inside(unit->id)) answer.carries.push_back(sscc_of(view, id));
  for (const HandlingUnit* on_it : with_nested(view, *unit)) add_goods(view, *on_it, answer.goods);
  for (const Hold& hold : view.holds_on(unit->id)) answer.holds.push_back(hold.number);
  std::vector<std::uint64_t> seqs = view.history(unit->id.value);
  if (seqs.size() > most_entries) seqs.resize(most_entries);
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  answer.history = entry_cards(snapshot, entries, most_entries);
  return answer;
}

Result<HandlingUnitsAnswer> ask(const HandlingUnitsQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Id<Place> place = view.masters().places.id_of(question.place);
  if (!place)
    return Refusal{Code::unknown_place, "/place", "There is no location " + question.place + ". Check the code."};
  HandlingUnitsAnswer answer;
  answer.entry = view.head().seq;
  const auto limit = static_cast<std::size_t>(question.limit);
  std::vector<Id<HandlingUnit>> units = units_below(view, place, question.after, limit + 1);
  const bool has_more = units.size() > limit;
  if (has_more) units.resize(limit);
  for (const Id<HandlingUnit> id : units) {
    const HandlingUnit& unit = *view.handling_unit(id);
    answer.rows.push_back({unit.sscc, std::string(view.masters().places.code_of(unit.place)),
                           sscc_of(view, unit.inside), static_cast<std::int64_t>(lots_on(unit).size()),
                           !view.holds_on(id).empty()});
  }
  if (has_more) answer.next = answer.rows.back().sscc;
  return answer;
}

}  // namespace lotbook
