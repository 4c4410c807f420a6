// SPDX-License-Identifier: Apache-2.0
#include "commands/picked_goods.h"

#include <set>

namespace lotbook {

std::string PickedOfLot::short_of_second(const Item& item) const {
  return "For that line " + quantity2.text() + " " + item.unit2 + " are picked. Check what the scale says; more of " +
         item.code + " has to be picked first.";
}

PickedOfLot picked_of(const View& view, const TradeOrder& order, std::uint32_t line, Id<Lot> lot, Id<Place> place) {
  PickedOfLot picked;
  for (const Allotment& a : view.allotments_for(order.id))
    if (a.is_picked && a.lot == lot && a.line == line && a.place == place)
      picked.quantity += a.quantity, picked.quantity2 += a.quantity2;
  return picked;
}

std::string orders_bound_to(const View& view, Id<Lot> lot, const std::function<bool(const Allotment&)>& counts) {
  std::string numbers;
  std::set<Id<TradeOrder>> known;
  for (const Allotment& a : view.allotments_of(lot)) {
    const TradeOrder* order = !a.is_picked && counts(a) ? view.trade_order(a.order) : nullptr;
    if (order && known.insert(order->id).second) numbers += (numbers.empty() ? "" : ", ") + order->number;
  }
  return numbers;
}

const TradeLine* order_line_named(Look& look, const TradeOrder& order, std::uint32_t number, std::string field) {
  const TradeLine* line = order.line(number);
  if (line && line->quantity.is_positive()) return line;
  look.refuse(Code::not_found, std::move(field),
              "Order " + order.number + " has no line " + std::to_string(number) + ". Look at the order.");
  return nullptr;
}

}  // namespace lotbook
