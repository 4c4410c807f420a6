// SPDX-License-Identifier: Apache-2.0
#include "commands/dispatch_order.h"

#include <algorithm>

#include "commands/leaving.h"
#include "commands/order_units.h"
#include "commands/picked_goods.h"
#include "commands/whole_units.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

struct Goods {
  FoundLot lot;
  std::uint32_t line;
  Id<Place> from;
  Decimal quantity, quantity2;
  std::string lot_field, quantity_field, quantity2_field, attributes_field, here;
  const std::vector<GivenAttribute>* attributes;
  std::vector<std::string> serials;
};

const std::vector<GivenAttribute> no_attributes;

std::vector<Goods> all_that_is_picked(const View& view, const TradeOrder& order) {
  std::vector<Goods> goods;
  const std::map<Id<Serial>, std::uint32_t> units = units_picked(view, order);
  for (const Allotment& a : view.allotments_for(order.id)) {
    const LotState* state = view.lot(a.lot);
    if (!a.is_picked || !state) continue;
    const FoundItem item{state->lot.item, view.masters().items.find(state->lot.item)};
    goods.push_back({{item, state},
                     a.line,
                     a.place,
                     a.quantity,
                     a.quantity2,
                     "/lines",
                     "/lines",
                     "/lines",
                     "/lines",
                     "/lines",
                     &no_attributes,
                     {}});
    if (item.item->tracking != Tracking::serial) continue;
    for (const auto& [id, line] : units)
      if (const Serial* unit = view.serial(id); line == a.line && unit->lot == a.lot && unit->place == a.place)
        goods.back().serials.push_back(unit->code);
  }
  std::stable_sort(goods.begin(), goods.end(), [](const Goods& a, const Goods& b) { return a.line < b.line; });
  return goods;
}

std::vector<Goods> goods_named(Look& look, const TradeOrder& order, const std::vector<LeavingLine>& lines) {
  std::vector<Goods> goods;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LeavingLine& asked = lines[i];
    const TradeLine* line = order.line(asked.line);
    if (!line) {
      look.refuse(Code::not_found, at("lines", i, "line"),
                  "Order " + order.number + " has no line " + std::to_string(asked.line) + ". Look at the order.");
      continue;
    }
    const Item& item = *look.masters().items.find(line->item);
    const std::string here = "/lines/" + std::to_string(i);
    const FoundLot lot = lot_for_order(look, item, asked.lot, asked.serials, here);
    const Id<Place> from = look.place(asked.from, at("lines", i, "from"));
    const std::optional<Decimal> quantity = quantity_asked(look, serials_asked(asked, item, here));
    const std::optional<Decimal> quantity2 = look.quantity2(asked.quantity2, item, at("lines", i, "quantity2"));
    if (lot && from && quantity && quantity2)
      goods.push_back({lot, asked.line, from, *quantity, *quantity2, at("lines", i, "lot"), at("lines", i, "quantity"),
                       at("lines", i, "quantity2"), at("lines", i, "attributes"), here, &asked.attributes,
                       asked.serials});
  }
  return goods;
}

/// Lines say which of what leaves is on the unit, so that its content stays readable when it is gone (R80). A line of
/// more than that is parted, and what it was for the order with it.
void name_unit_of(Entry& entry, const HandlingUnit& unit) {
  for (PackedGoods rest : unit.goods)
    for (std::size_t i = 0; i < entry.lines.size() && rest.quantity.is_positive(); ++i) {
      Line& line = entry.lines[i];
      if (line.handling_unit != 0 || line.lot != rest.lot || line.serial != rest.serial.value ||
          line.from != unit.place || line.to != ends::customer)
        continue;
      if (line.quantity > rest.quantity) {
        Line loose = line;
        line.quantity = rest.quantity, line.quantity2 = std::min(line.quantity2, rest.quantity2);
        loose.quantity -= line.quantity, loose.quantity2 -= line.quantity2;
        entry.lines[i].handling_unit = unit.id.value;
        const auto parted = static_cast<std::uint32_t>(entry.lines.size());
        entry.lines.push_back(loose);
        for (const Fact& fact : std::vector<Fact>(entry.facts))
          if (const auto* step = std::get_if<ForOrder>(&fact); step && step->line == i)
            entry.facts.emplace_back(ForOrder{step->order, step->order_line, parted, step->step});
        break;
      }
      line.handling_unit = unit.id.value;
      rest.quantity -= line.quantity, rest.quantity2 -= line.quantity2;
    }
}

}  // namespace

Result<Draft> decide(const DispatchOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::dispatch, view);
  const TradeOrder* order = open_trade_order(look, TradeKind::sales, command.order, "/order");
  if (!order) return look.refusals();
  draft.entry.partner = order->partner, draft.entry.address = order->address;
  const std::vector<Goods> leaving =
      command.lines.empty() ? all_that_is_picked(view, *order) : goods_named(look, *order, command.lines);
  if (leaving.empty() && !look.refused())
    return Refusal{Code::not_picked, "/order",
                   "Nothing is picked for order " + command.order + ". Pick what the pick list names first."};
  for (const Goods& goods : leaving) {
    const PickedOfLot picked = picked_of(view, *order, goods.line, goods.lot.id(), goods.from);
    if (picked.quantity2 < goods.quantity2 && picked.quantity >= goods.quantity) {
      look.refuse(Code::not_picked, goods.quantity2_field, picked.short_of_second(*goods.lot.item.item));
      continue;
    }
    if (picked.quantity < goods.quantity) {
      look.refuse(Code::not_picked, goods.quantity_field,
                  "For that line " + picked.quantity.text() + " of " + spoken(view, goods.lot.state->lot) + " are in " +
                      std::string(look.masters().places.code_of(goods.from)) + ". Pick the rest first.");
      continue;
    }
    const LifeAsked life = life_asked(look.masters(), *goods.lot.item.item, order->partner, order->address);
    if (!judge_leaving(look, draft, {*goods.lot.state, goods.from, life, goods.lot_field},
                       {command.override_life, command.override_best_before, command.reason, command.consent}))
      continue;
    draft.line(goods.lot.id(), goods.from, ends::customer, goods.quantity, goods.quantity2);
    draft.quantity_field = goods.quantity_field;
    static const std::string base_unit;
    const SerialsAsked units{*goods.lot.item.item, goods.quantity, base_unit, {}, goods.serials, goods.here};
    step_of_order(look, draft, units, {*order, goods.line, OrderStep::dispatched});
    note_attributes(look, draft, {AskedAt::dispatch, goods.lot.item, goods.lot.id().value, goods.attributes_field},
                    *goods.attributes);
  }
  // Their goods are among what was picked: the guard of handling units looks that all of it leaves.
  for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_here)) {
    for (const HandlingUnit* unit : whole.units) name_unit_of(draft.entry, *unit);
    carry(draft, whole.units, ends::customer);
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.order, command.reason}, order->site);
  return draft;
}

}  // namespace lotbook
