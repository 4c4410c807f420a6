// SPDX-License-Identifier: Apache-2.0
#include "commands/count_units.h"

#include <algorithm>
#include <set>

#include "commands/whole_units.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// Where the lot is on pallets and cases in the place: those that are free, then those that are held.
std::vector<const HandlingUnit*> units_with(const View& view, Id<Lot> lot, Id<Place> place) {
  std::vector<const HandlingUnit*> units;
  for (const Id<HandlingUnit> id : view.handling_units_with(lot))
    if (const HandlingUnit* unit = view.handling_unit(id); unit->place == place) units.push_back(unit);
  std::stable_partition(units.begin(), units.end(),
                        [&](const HandlingUnit* unit) { return view.holds_on(unit->id).empty(); });
  return units;
}

void take_lost_off(Look& look, Draft& draft, const HandlingUnit& unit, const PackedGoods& lost) {
  const View& view = look.view();
  const Serial* serial = view.serial(lost.serial);
  draft.fact(Packed{unit.id.value, lost.lot.value, lost.serial.value, lost.quantity, lost.quantity2, true});
  draft.notice("taken_off_by_count",
               (serial ? "Unit " + serial->code : lost.quantity.text()) + " of " +
                   spoken(view, view.lot(lost.lot)->lot) + " was not on handling unit " + unit.sscc + ": taken off it.",
               lost.lot);
}

void take_serials_off(Look& look, Draft& draft, Id<Lot> lot, Id<Place> place,
                      const std::vector<const HandlingUnit*>& units) {
  std::set<std::uint32_t> lost;
  for (const Line& line : draft.entry.lines)
    if (line.lot == lot && line.from == place && line.serial != 0) lost.insert(line.serial);
  for (const HandlingUnit* unit : units)
    for (const PackedGoods& goods : unit->goods)
      if (goods.lot == lot && lost.contains(goods.serial.value)) take_lost_off(look, draft, *unit, goods);
}

}  // namespace

void load_as_counted(Draft& draft, Id<Lot> lot, const std::vector<CountedOnUnit>& counted) {
  const auto above = [](Decimal a, Decimal b) { return a > b ? a - b : Decimal(); };
  for (const CountedOnUnit& c : counted) {
    const PackedGoods had = left_on(draft, *c.unit, lot, {});
    const Decimal more = above(c.quantity, had.quantity), more2 = above(c.quantity2, had.quantity2);
    const Decimal less = above(had.quantity, c.quantity), less2 = above(had.quantity2, c.quantity2);
    if (more.is_positive() || more2.is_positive())
      draft.fact(Packed{c.unit->id.value, lot.value, 0, more, more2, false});
    if (less.is_positive() || less2.is_positive())
      draft.fact(Packed{c.unit->id.value, lot.value, 0, less, less2, true});
  }
}

void take_lost_goods_off(Look& look, Draft& draft, Id<Place> place) {
  const View& view = look.view();
  if (!view.has_handling_units()) return;
  std::set<Id<Lot>> lots;
  for (const Line& line : draft.entry.lines)
    if (line.from == place && line.to == ends::count) lots.insert(line.lot);
  for (const Id<Lot> lot : lots) {
    const std::vector<const HandlingUnit*> units = units_with(view, lot, place);
    if (units.empty()) continue;
    const LotState& state = *view.lot(lot);
    if (view.masters().items.find(state.lot.item)->tracking == Tracking::serial) {
      take_serials_off(look, draft, lot, place, units);
      continue;
    }
    Decimal there = state.on_hand(place), there2 = state.on_hand2(place);
    for (const Line& line : draft.entry.lines) {
      if (line.lot != lot) continue;
      if (line.from == place) there -= line.quantity, there2 -= line.quantity2;
      if (line.to == place) there += line.quantity, there2 += line.quantity2;
    }
    std::vector<PackedGoods> on;
    Decimal lacking = -there, lacking2 = -there2;
    for (const HandlingUnit* unit : units) {
      on.push_back(left_on(draft, *unit, lot, {}));
      lacking += on.back().quantity, lacking2 += on.back().quantity2;
    }
    for (std::size_t i = 0; i < units.size(); ++i) {
      const PackedGoods lost{lot,
                             {},
                             std::min(on[i].quantity, std::max(lacking, Decimal())),
                             std::min(on[i].quantity2, std::max(lacking2, Decimal()))};
      if (!lost.quantity.is_positive() && !lost.quantity2.is_positive()) continue;
      take_lost_off(look, draft, *units[i], lost);
      lacking -= lost.quantity, lacking2 -= lost.quantity2;
    }
  }
}

}  // namespace lotbook
