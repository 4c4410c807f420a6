// SPDX-License-Identifier: Apache-2.0
#include "commands/picked_goods.h"

#include <algorithm>
#include <map>
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

namespace {

using OfLine = std::pair<std::uint32_t, std::uint32_t>;  ///< order and its line
struct PickedFor {
  std::map<OfLine, Decimal> line;
  std::map<std::pair<OfLine, std::uint32_t>, Decimal> lot;
};

void add_picked(PickedFor& sums, const Entry& entry, bool plus) {
  for (const Fact& fact : entry.facts) {
    const auto* step = std::get_if<ForOrder>(&fact);
    if (!step || step->step != OrderStep::picked || step->line >= entry.lines.size()) continue;
    const Line& line = entry.lines[step->line];
    const Decimal quantity = plus ? line.quantity : -line.quantity;
    const OfLine of_line{step->order, step->order_line};
    sums.line[of_line] += quantity, sums.lot[{of_line, line.lot.value}] += quantity;
  }
}

}  // namespace

void keep_bound(Entry& corrected, const Entry& wrong) {
  PickedFor less;
  add_picked(less, wrong, true), add_picked(less, corrected, false);
  for (const bool is_same_lot : {true, false})
    for (Fact& fact : corrected.facts) {
      auto* gone = std::get_if<Unbound>(&fact);
      if (!gone) continue;
      const OfLine of_line{gone->order, gone->order_line};
      Decimal part = std::min(gone->quantity, less.line[of_line]);
      if (is_same_lot) part = std::min(part, less.lot[{of_line, gone->lot}]);
      if (!part.is_positive()) continue;
      gone->quantity -= part, less.line[of_line] -= part, less.lot[{of_line, gone->lot}] -= part;
    }
  std::erase_if(corrected.facts, [](const Fact& fact) {
    const auto* gone = std::get_if<Unbound>(&fact);
    return gone && gone->quantity.is_zero();
  });
}

}  // namespace lotbook
