// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "commands/order_units.h"
#include "commands/pick.h"
#include "commands/picked_goods.h"

namespace lotbook {

namespace {

/// Where a name of a line was asked: in the line, or all at once with the pallet.
struct PutBackFields {
  std::string here;
  bool is_unit = false;
  std::string operator()(std::string_view name) const { return is_unit ? here : here + "/" + std::string(name); }
};

void put_back_line(Look& look, Draft& draft, const TradeOrder& order, const PutBackLine& asked,
                   const PutBackFields& at) {
  const View& view = look.view();
  const TradeLine* line = order_line_named(look, order, asked.line, at("line"));
  const Id<Place> from = look.place(asked.from, at("from")), to = look.place(asked.to, at("to"));
  if (!line || !from || !to) return;
  const Item& item = *look.masters().items.find(line->item);
  const std::string here = at.here;
  const FoundLot lot = lot_for_order(look, item, asked.lot, asked.serials, here);
  const SerialsAsked units = serials_asked(asked, item, here);
  const std::optional<Decimal> quantity = quantity_asked(look, units);
  const std::optional<Decimal> quantity2 = look.quantity2(asked.quantity2, item, at("quantity2"));
  if (!lot || !quantity || !quantity2) return;
  if (from == to || look.masters().site_of(to) != order.site) {
    look.refuse(Code::place_not_allowed, at("to"), "Name another location of the same site.");
    return;
  }
  const PickedOfLot picked = picked_of(view, order, asked.line, lot.id(), from);
  if (picked.quantity2 < *quantity2 && picked.quantity >= *quantity) {
    look.refuse(Code::not_picked, at("quantity2"), picked.short_of_second(item));
    return;
  }
  if (picked.quantity < *quantity) {
    look.refuse(Code::not_picked, at("quantity"),
                "For that line " + picked.quantity.text() + " of " + spoken(view, lot.state->lot) + " are in " +
                    asked.from + ". Put back that much at most.");
    return;
  }
  if (!look.allow(*lot.state, from, {.purpose = Purpose::move}, at("lot"))) return;
  draft.line(lot.id(), from, to, *quantity, *quantity2);
  draft.quantity_field = at("quantity");
  Look::typed(draft, asked.quantity, asked.unit, item);
  step_of_order(look, draft, units, {order, line->line, OrderStep::put_back});
}

/// A pallet is put back with all that is on it, which was picked for the order.
void put_back_whole(Look& look, Draft& draft, const TradeOrder& order, const WholeUnit& whole, const std::string& to) {
  const View& view = look.view();
  const std::map<Id<Serial>, std::uint32_t> units = units_picked(view, order);
  std::map<std::pair<std::uint32_t, Id<Lot>>, Decimal> taken;  // by line of the order
  for (const HandlingUnit* unit : whole.units)
    for (PackedGoods goods : unit->goods) {
      const Serial* serial = view.serial(goods.serial);
      for (const TradeLine& line : order.lines) {
        if (serial && (!units.contains(goods.serial) || units.at(goods.serial) != line.line)) continue;
        const PickedOfLot picked = picked_of(view, order, line.line, goods.lot, unit->place);
        Decimal& gone = taken[{line.line, goods.lot}];
        const Decimal part = std::min(picked.quantity - gone, goods.quantity);
        if (!part.is_positive() || (part < goods.quantity && goods.quantity2.is_positive())) continue;
        PutBackLine asked;
        asked.line = line.line, asked.lot = view.lot(goods.lot)->lot.code, asked.quantity = part;
        if (goods.quantity2.is_positive()) asked.quantity2 = goods.quantity2;
        asked.from = look.masters().places.code_of(unit->place), asked.to = to;
        if (serial) asked.serials = {serial->code};
        const std::size_t first = draft.entry.lines.size();
        put_back_line(look, draft, order, asked, {whole.field, true});
        for (std::size_t i = first; i < draft.entry.lines.size(); ++i)
          draft.entry.lines[i].handling_unit = unit->id.value;
        gone += part, goods.quantity -= part;
        if (goods.quantity.is_zero()) break;
      }
      if (goods.quantity.is_positive())
        return look.refuse(Code::not_picked, whole.field,
                           "On " + unit->sscc + " are " + goods.quantity.text() + " of " +
                               spoken(view, view.lot(goods.lot)->lot) + " that were not picked for order " +
                               order.number + ". Unpack what is put back, or move_unit the rest.");
    }
  if (look.refused()) return;
  carry(draft, whole.units, look.masters().places.id_of(to));
  draft.quantity_field = whole.field;
}

}  // namespace

Result<Draft> decide(const PutBack& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::put_back, view);
  const TradeOrder* order = view.trade_order_numbered(TradeKind::sales, command.order);
  if (!order) return Refusal{Code::unknown_order, "/order", "There is no sales order " + command.order + "."};
  for (std::size_t i = 0; i < command.lines.size(); ++i)
    put_back_line(look, draft, *order, command.lines[i], {"/lines/" + std::to_string(i)});
  if (!command.handling_units.empty()) {
    if (command.to.empty()) look.refuse(Code::missing, "/to", "Say where the handling units are put.");
    if (!command.to.empty() && look.place(command.to, "/to"))
      for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_here))
        put_back_whole(look, draft, *order, whole, command.to);
  }
  if (draft.entry.lines.empty() && !look.refused())
    look.refuse(Code::missing, "/lines", "Say what is put back: lines, or handling units with something on them.");
  if (look.refused()) return look.refusals();
  draft.entry.partner = order->partner;
  Look::paper(draft, {command.occurred_at, command.order, {}, command.reason}, order->site);
  return draft;
}

}  // namespace lotbook
