// SPDX-License-Identifier: Apache-2.0
#include "commands/whole_units.h"

#include <algorithm>

#include "commands/restocking.h"
#include "ledger/handling_units.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// R40: what is held is moved by quality alone, also where the hold is on the pallet (R38). Whether it was refused.
bool judge_held(Look& look, const HandlingUnit& unit, const std::string& field) {
  const std::vector<Hold> holds = look.view().holds_on(unit.id);
  if (holds.empty()) return false;
  Condition condition;
  condition.is_held = true;
  for (const Hold& hold : holds) condition.is_recalled |= !hold.recall.empty();
  Asking asking;
  asking.purpose = Purpose::move, asking.has_quality_right = look.moment().actor.may(Right::quality);
  const std::optional<Code> code = refused_by_status(condition, asking);
  if (code)
    look.refuse(*code, field,
                "Handling unit " + unit.sscc + " is on hold " + holds.front().number + " (" + holds.front().reason +
                    "): only quality moves it. Ask quality.");
  return code.has_value();
}

}  // namespace

const HandlingUnit* unit_here(Look& look, const std::string& sscc, const std::string& field) {
  const HandlingUnit* unit = handling_unit_named(look, sscc, field);
  if (!unit || unit->place != ends::in_transit) return unit;
  look.refuse(Code::place_is_blocked, field,
              "Handling unit " + sscc + " is on its way between sites. Record its arrival with transfer_in first.");
  return nullptr;
}

const HandlingUnit* unit_in_transit(Look& look, const std::string& sscc, const std::string& field) {
  const HandlingUnit* unit = handling_unit_named(look, sscc, field);
  if (!unit || unit->place == ends::in_transit) return unit;
  look.refuse(Code::more_than_in_transit, field,
              "Handling unit " + sscc + " is in " + std::string(look.masters().places.code_of(unit->place)) +
                  " and not on its way. Scan it again.");
  return nullptr;
}

std::vector<WholeUnit> whole_units(Look& look, const std::vector<std::string>& ssccs, UnitFinder find) {
  const View& view = look.view();
  std::vector<WholeUnit> found;
  for (std::size_t i = 0; i < ssccs.size(); ++i) {
    const std::string field = "/handling_units/" + std::to_string(i);
    if (std::find(ssccs.begin(), ssccs.begin() + static_cast<std::ptrdiff_t>(i), ssccs[i]) !=
        ssccs.begin() + static_cast<std::ptrdiff_t>(i)) {
      look.refuse(Code::malformed, field, "Handling unit " + ssccs[i] + " is named twice. Name it once.");
      continue;
    }
    const HandlingUnit* unit = find(look, ssccs[i], field);
    if (!unit) continue;
    const HandlingUnit* below = unit->inside ? view.handling_unit(unit->inside) : nullptr;
    while (below && std::find(ssccs.begin(), ssccs.end(), below->sscc) == ssccs.end())
      below = below->inside ? view.handling_unit(below->inside) : nullptr;
    if (below)
      look.refuse(Code::malformed, field,
                  "Handling unit " + unit->sscc + " stands on " + below->sscc +
                      ", which goes with all that stands on it. Name that one alone.");
    else
      found.push_back({field, with_nested(view, *unit)});
  }
  return found;
}

void take_whole(Look& look, Draft& draft, const WholeUnit& whole, const TakingWhole& taking) {
  const View& view = look.view();
  bool is_refused = false;
  draft.quantity_field = whole.field;
  for (const HandlingUnit* unit : whole.units) {
    // What stands on a held pallet is under the same hold, and that is said once.
    if (taking.purpose == Purpose::move && !is_refused) is_refused = judge_held(look, *unit, whole.field);
    for (const Id<Lot> id : lots_on(*unit)) {
      const LotState& state = *view.lot(id);
      const FoundLot lot{{state.lot.item, view.masters().items.find(state.lot.item)}, &state};
      if (!judge_restocking(look, {lot, unit->place, taking.to},
                            taking.to_field.empty() ? whole.field : taking.to_field) ||
          !look.allow(state, unit->place, {.purpose = taking.purpose}, whole.field))
        is_refused = true;
    }
    add_goods(look, draft, *unit, taking.to, whole.field);
  }
  carry(draft, whole.units, taking.to);
}

Id<Place> take_whole(Look& look, Draft& draft, const std::vector<WholeUnit>& wholes, const TakingWhole& taking,
                     Id<Place> where) {
  for (const WholeUnit& whole : wholes) {
    take_whole(look, draft, whole, taking);
    if (!where) where = whole.outer().place;
  }
  return where;
}

PackedGoods left_on(const Draft& draft, const HandlingUnit& unit, Id<Lot> lot, Id<Serial> serial) {
  PackedGoods left{lot, serial, {}, {}};
  for (const PackedGoods& goods : unit.goods)
    if (goods.lot == lot && goods.serial == serial) left = goods;
  for (const Fact& fact : draft.entry.facts) {
    const auto* packed = std::get_if<Packed>(&fact);
    if (!packed || packed->handling_unit != unit.id.value || packed->lot != lot.value || packed->serial != serial.value)
      continue;
    left.quantity += packed->is_off ? -packed->quantity : packed->quantity;
    left.quantity2 += packed->is_off ? -packed->quantity2 : packed->quantity2;
  }
  return left;
}

void take_off(Look& look, Draft& draft, const OffUnit& off) {
  if (off.sscc.empty()) return;
  const HandlingUnit* unit = unit_here(look, off.sscc, off.here + "/sscc");
  if (!unit) return;
  if (unit->place != off.from)
    return look.refuse(Code::place_not_allowed, off.here + "/from",
                       "Handling unit " + off.sscc + " stands in " +
                           std::string(look.masters().places.code_of(unit->place)) + ". Name that location.");
  for (std::size_t i = off.first_line; i < draft.entry.lines.size(); ++i) {
    const Line& line = draft.entry.lines[i];
    if (line.from != off.from) continue;  // goods that were moved here late
    const PackedGoods on_it = left_on(draft, *unit, line.lot, Id<Serial>{line.serial});
    if (on_it.quantity < line.quantity || on_it.quantity2 < line.quantity2) {
      const bool second = on_it.quantity >= line.quantity;
      look.refuse(Code::not_on_handling_unit, off.here + (second ? "/quantity2" : "/quantity"),
                  "On " + off.sscc + " are " + (second ? on_it.quantity2 : on_it.quantity).text() +
                      " of that. Take off that much at most, and the rest where it lies.");
      return;
    }
    draft.fact(Packed{unit->id.value, line.lot.value, line.serial, line.quantity, line.quantity2, true});
  }
}

}  // namespace lotbook
