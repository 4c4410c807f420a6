// SPDX-License-Identifier: Apache-2.0
#include "commands/hold.h"

#include <algorithm>

#include "commands/pack.h"
#include "commands/reach.h"
#include "commands/serials.h"
#include "ledger/serial_timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

std::vector<Id<Lot>> ids_of(const std::vector<const LotState*>& lots) {
  std::vector<Id<Lot>> ids;
  for (const LotState* lot : lots) ids.push_back(lot->lot.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

template <class T>
std::vector<std::uint32_t> numbers_of(const std::vector<Id<T>>& things) {
  std::vector<std::uint32_t> numbers;
  for (const Id<T> thing : things) numbers.push_back(thing.value);
  return numbers;
}
template <class T>
void keep_only(std::vector<Id<T>>& things, const std::vector<Id<T>>& some) {
  std::erase_if(things, [&](Id<T> thing) { return !std::binary_search(some.begin(), some.end(), thing); });
}

void judge_number(Look& look, const std::string& number) {
  if (number.empty()) return;
  look.new_code(number, "/number");
  if (!look.view().holds_numbered(number).empty())
    look.refuse(Code::code_taken, "/number",
                "Hold " + number + " is in the book already. Leave the number out to get one from the series.");
}

/// The standing holds that people call by this number: one, unless a history brought in more of the same name.
std::vector<Hold> standing_holds(Look& look, const std::string& number) {
  std::vector<Hold> holds = look.view().holds_numbered(number);
  if (holds.empty()) {
    look.refuse(Code::unknown_hold, "/number", "There is no hold " + number + ". Check the number.");
    return holds;
  }
  std::erase_if(holds, [](const Hold& hold) { return hold.lifted_in != 0; });
  if (holds.empty())
    look.refuse(Code::hold_is_lifted, "/number",
                "Hold " + number + " is lifted already. If a lot is still blocked, look which other holds it has.");
  for (const Hold& hold : holds)
    if (!hold.recall.empty() && !look.moment().actor.may(Right::recall)) {
      look.refuse(Code::right_needed, "/number",
                  "Hold " + number + " belongs to recall " + hold.recall +
                      ": lifting it needs the right \"recall\". Ask who leads the recall.");
      break;
    }
  return holds;
}

/// The units that the command names, sorted, each once.
std::vector<Id<Serial>> named_units(Look& look, const std::vector<UnitsRef>& refs) {
  std::vector<Id<Serial>> units;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const std::string here = "/units/" + std::to_string(i);
    const FoundItem item = look.item(refs[i].item, here + "/item");
    if (!item) continue;
    if (item.item->tracking != Tracking::serial) {
      look.refuse(Code::serials_unwanted, here + "/serials",
                  refs[i].item + " is not tracked by serial number: name its lots.");
      continue;
    }
    const FoundLot lot = lot_asked(look, refs[i].item, refs[i].lot, refs[i].serials, here);
    if (!lot) continue;
    for (std::size_t k = 0; k < refs[i].serials.size(); ++k) {
      const Serial* found = nullptr;
      for (const Serial* unit : look.view().serials_called(item.id, refs[i].serials[k]))
        if (unit->lot == lot.id()) found = unit;
      if (found)
        units.push_back(found->id);
      else
        look.refuse(Code::unknown_serial, here + "/serials/" + std::to_string(k),
                    "There is no unit " + refs[i].serials[k] + " in " + spoken(look.view(), lot.state->lot) +
                        ". Check the number; give the units of each lot in a line of their own.");
    }
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

/// R41: who has a unit that is held now.
void name_holders(const View& view, Draft& draft, const std::vector<Id<Serial>>& units) {
  constexpr std::size_t most_named = 100;
  std::size_t named = 0, more = 0;
  for (const Id<Serial> id : units) {
    const Serial& unit = *view.serial(id);
    if (unit.place != ends::customer) continue;
    if (named == most_named) {
      ++more;
      continue;
    }
    ++named;
    std::string customer;
    const std::vector<Happening> way = timeline(view, id);
    if (!way.empty())
      if (const Entry* last = view.entry(way.back().seq))
        customer = std::string(view.masters().partners.code_of(last->partner)) + " has unit " + unit.code + " of " +
                   std::string(view.masters().items.code_of(unit.item)) + ", delivery " + last->document + ".";
    draft.notice("already_dispatched", customer, unit.lot);
  }
  if (more > 0) draft.notice("already_dispatched", std::to_string(more) + " more of the units left already.");
}

/// The pallets and cases that the command names, sorted, each once.
std::vector<Id<HandlingUnit>> named_handling_units(Look& look, const std::vector<std::string>& ssccs) {
  std::vector<Id<HandlingUnit>> units;
  for (std::size_t i = 0; i < ssccs.size(); ++i)
    if (const HandlingUnit* unit = handling_unit_named(look, ssccs[i], "/handling_units/" + std::to_string(i)))
      units.push_back(unit->id);
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

/// The lots of the hold that the command sets free, sorted.
std::vector<Id<Lot>> chosen(Look& look, const LiftHold& command, const std::vector<Hold>& holds) {
  const View& view = look.view();
  std::vector<Id<Lot>> named = ids_of(tracked_lots(look, command.lots));
  const auto is_under = [&](Id<Lot> lot) {
    return std::any_of(holds.begin(), holds.end(), [&](const Hold& hold) { return view.covers(hold.id, lot); });
  };
  for (const Id<Lot> lot : named)
    if (!is_under(lot))
      look.refuse(
          Code::already_so, "/lots",
          "Hold " + command.number + " does not cover " + spoken(view, view.lot(lot)->lot) + ". Leave that lot out.");
  if (command.flow != Flow::lot) named = with_descendants(view, named);
  std::erase_if(named, [&](Id<Lot> lot) { return !is_under(lot); });
  return named;
}

}  // namespace

std::string hold_series_number(const View& view, std::uint32_t hold) {
  std::string digits = std::to_string(hold);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  std::string number = "H" + digits;
  // Numbers never repeat, so only one that someone typed can be in the way.
  while (!view.holds_numbered(number).empty()) number += "-2";
  return number;
}

Result<Draft> decide(const PlaceHold& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::hold, view);
  judge_number(look, command.number);
  const std::vector<const LotState*> lots = tracked_lots(look, command.lots);
  const std::vector<Id<Serial>> units = named_units(look, command.units);
  const std::vector<Id<HandlingUnit>> pallets = named_handling_units(look, command.handling_units);
  if (command.lots.empty() && command.units.empty() && command.handling_units.empty())
    look.refuse(Code::missing, "/lots", "Say which lots the hold is on, or which units or handling units.");
  if (const bool on_units = !command.units.empty();
      (on_units || !command.handling_units.empty()) && (!command.place.empty() || command.flow != Flow::lot))
    look.refuse(Code::hold_scope, on_units ? "/units" : "/handling_units",
                "A hold on units or handling units covers them wherever they are, and nothing else. Leave place and "
                "flow out, or hold the lot.");
  const Id<Place> place = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  if (!command.place.empty() && command.flow != Flow::lot)
    look.refuse(Code::hold_scope, "/flow",
                "What was made of a lot does not lie in one place with it. Hold the lot everywhere with this flow, or "
                "hold in one place without it.");
  if (!command.recall.empty() && !moment.actor.may(Right::recall))
    look.refuse(Code::right_needed, "/recall",
                "A hold for a recall needs the right \"recall\". Leave the case out, or ask who leads it.");
  if (look.refused()) return look.refusals();

  HoldPlaced placed;
  placed.hold = draft.new_id();
  placed.number = command.number.empty() ? hold_series_number(view, placed.hold) : command.number;
  placed.reason = command.reason, placed.recall = command.recall, placed.flow = command.flow;
  placed.place = place.value;
  std::vector<Id<Lot>> covered = ids_of(lots);
  // Those that were named stand first: an export says these, and the others come again.
  if (const std::vector<Id<Lot>> named = covered; command.flow != Flow::lot)
    for (const Id<Lot> reached : with_descendants(view, named))
      if (!std::binary_search(named.begin(), named.end(), reached)) covered.push_back(reached);
  placed.lots = numbers_of(covered);
  const std::uint32_t hold = placed.hold;
  draft.fact(std::move(placed));
  if (!units.empty()) draft.fact(UnitsHeld{hold, numbers_of(units)});
  if (!pallets.empty()) draft.fact(HandlingUnitsHeld{hold, numbers_of(pallets)});
  name_receivers(view, draft, covered);
  name_holders(view, draft, units);
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place);
  return draft;
}

Result<Draft> decide(const LiftHold& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::lift_hold, view);
  const std::vector<Hold> holds = standing_holds(look, command.number);
  if (look.refused()) return look.refusals();
  std::vector<Id<Lot>> some;
  if (!command.lots.empty()) some = chosen(look, command, holds);
  const std::vector<Id<Serial>> some_units = named_units(look, command.units);
  for (const Id<Serial> unit : some_units)
    if (const Serial& known = *view.serial(unit); std::none_of(holds.begin(), holds.end(), [&](const Hold& hold) {
          return view.covers(HeldUnit{known.lot, known.id, hold.id});
        }))
      look.refuse(Code::already_so, "/units",
                  "Hold " + command.number + " does not cover unit " + known.code + ". Leave that unit out.");
  const std::vector<Id<HandlingUnit>> some_pallets = named_handling_units(look, command.handling_units);
  for (const Id<HandlingUnit> pallet : some_pallets)
    if (std::none_of(holds.begin(), holds.end(), [&](const Hold& hold) {
          return view.covers(HeldHandlingUnit{pallet, hold.id});
        }))
      look.refuse(Code::already_so, "/handling_units",
                  "Hold " + command.number + " is not on handling unit " + view.handling_unit(pallet)->sscc +
                      " itself. Leave that one out.");
  if (look.refused()) return look.refusals();

  const bool is_whole = command.lots.empty() && command.units.empty() && command.handling_units.empty();
  for (const Hold& hold : holds) {
    std::vector<Id<Lot>> under = view.lots_under(hold.id);
    std::vector<Id<Serial>> units = view.units_under(hold.id);
    std::vector<Id<HandlingUnit>> pallets = view.handling_units_under(hold.id);
    const auto count = [&] { return under.size() + units.size() + pallets.size(); };
    const std::size_t all = count();
    if (!is_whole) keep_only(under, some), keep_only(units, some_units), keep_only(pallets, some_pallets);
    if (!is_whole && count() == 0) continue;
    draft.fact(HoldLifted{hold.id.value, count() == all, numbers_of(under)});
    if (!units.empty()) draft.fact(UnitsFreed{hold.id.value, numbers_of(units)});
    if (!pallets.empty()) draft.fact(HandlingUnitsFreed{hold.id.value, numbers_of(pallets)});
  }
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, {});
  return draft;
}

}  // namespace lotbook
