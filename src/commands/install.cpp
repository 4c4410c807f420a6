// SPDX-License-Identifier: Apache-2.0
#include "commands/install.h"

#include "model/place_ends.h"

namespace lotbook {

namespace {

/// The unit that is opened; it must lie in a place of ours, where work on it is allowed.
const Serial* opened_unit(Look& look, const std::string& item_code, const std::string& code) {
  const FoundItem item = look.item(item_code, "/item");
  if (!item) return nullptr;
  const View& view = look.view();
  const std::vector<const Serial*> units = view.serials_called(item.id, code);
  if (units.empty())
    return look.refuse(Code::unknown_serial, "/serial",
                       "There is no unit " + code + " of " + item_code + ". Check the number."),
           nullptr;
  const Serial* unit = units.front();
  for (const Serial* other : units)
    if (ends::holds_stock(other->place)) unit = other;
  if (!ends::holds_stock(unit->place) || unit->place == ends::in_transit)
    return look.refuse(Code::serial_elsewhere, "/serial",
                       "Unit " + code + " is not in a location of yours. Book it in first, for a repair as a return."),
           nullptr;
  const LotState* lot = view.lot(unit->lot);
  return look.allow(*lot, unit->place, {.purpose = Purpose::consume, .is_rework = true}, "/serial") ? unit : nullptr;
}

void convert(Look& look, Draft& draft, const Serial& unit) {
  const Line line{unit.lot, unit.place, ends::conversion, Decimal::whole(1), {}, unit.id.value, 0};
  // Who may decide about a held unit may have it opened: that is how its fault is found.
  if (!look.moment().actor.may(Right::quality)) allow_unit(look, draft, unit, line, "/serial");
  draft.entry.lines.push_back({unit.lot, unit.place, ends::conversion, Decimal::whole(1), {}, unit.id.value, 0});
  draft.entry.lines.push_back({unit.lot, ends::conversion, unit.place, Decimal::whole(1), {}, unit.id.value, 0});
}

}  // namespace

Result<Draft> decide(const Install& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::install, view);
  const Serial* unit = opened_unit(look, command.item, command.serial);
  if (command.lines.empty()) look.refuse(Code::missing, "/lines", "Say what is built in.");
  take_lines(look, draft, command.lines, {Purpose::consume, ends::conversion, false});
  if (look.refused()) return look.refusals();
  for (const Line& line : draft.entry.lines) {
    if (line.serial == 0) continue;
    for (const Serial* in = unit; in; in = view.serial(in->inside))
      if (in->id.value == line.serial)
        look.refuse(Code::serial_elsewhere, "/lines", "Unit " + in->code + " cannot be built into itself.");
    draft.fact(Installed{line.serial, unit->id.value});
  }
  if (look.refused()) return look.refusals();
  convert(look, draft, *unit);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, unit->place);
  return draft;
}

Result<Draft> decide(const Remove& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::remove, view);
  const Serial* unit = opened_unit(look, command.item, command.serial);
  if (command.lines.empty()) look.refuse(Code::missing, "/lines", "Say what is taken out.");
  for (std::size_t i = 0; unit && i < command.lines.size(); ++i) {
    const ArrivalLine& line = command.lines[i];
    const std::string here = "/lines/" + std::to_string(i);
    const FoundLot lot = lot_asked(look, line, here);
    const Id<Place> to = look.place(line.to, here + "/to");
    if (!lot || !to) continue;
    if (lot.item.item->tracking != Tracking::serial) {
      look.refuse(Code::serials_needed, here + "/serials",
                  "Only units are known to be in a unit. What else comes out is disposed of, or recorded as found.");
      continue;
    }
    if (!quantity_asked(look, serials_asked(line, *lot.item.item, here))) continue;
    for (std::size_t k = 0; k < line.serials.size(); ++k) {
      const Serial* component = nullptr;
      for (const Serial* serial : view.serials_called(lot.item.id, line.serials[k]))
        if (serial->lot == lot.id() && serial->inside == unit->id) component = serial;
      if (!component) {
        look.refuse(Code::serial_elsewhere, here + "/serials/" + std::to_string(k),
                    "Unit " + line.serials[k] + " is not built into " + unit->code + ". Check both numbers.");
        continue;
      }
      draft.entry.lines.push_back(
          {component->lot, component->place, to, Decimal::whole(1), {}, component->id.value, 0});
      draft.fact(Removed{component->id.value, unit->id.value});
    }
  }
  if (look.refused()) return look.refusals();
  convert(look, draft, *unit);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, unit->place);
  draft.quantity_field = "/lines";
  return draft;
}

}  // namespace lotbook
