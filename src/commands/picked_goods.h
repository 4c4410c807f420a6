// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "commands/trade_order.h"

namespace lotbook {

/// What of one lot is picked for one line of an order and lies in one place, in both quantities (R18): what leaves or
/// is put back is no more than that in either, else the second would be taken from other orders' goods.
struct PickedOfLot {
  Decimal quantity, quantity2;
  /// The sentence for who asks for more of the second quantity.
  std::string short_of_second(const Item& item) const;
};
/// Numbers of the orders for which some of a lot is chosen, each once, of the bindings that count: "SO-1, SO-2".
std::string orders_bound_to(const View& view, Id<Lot> lot, const std::function<bool(const Allotment&)>& counts);
/// A line of the order that wants goods, or null after saying that there is none.
const TradeLine* order_line_named(Look& look, const TradeOrder& order, std::uint32_t number, std::string field);
/// R52: what a pick, as it is corrected, did not take for a line after all stays chosen for it; of a lot of which less
/// was taken, first. Call when the lines are right.
void keep_bound(Entry& corrected, const Entry& wrong);
PickedOfLot picked_of(const View& view, const TradeOrder& order, std::uint32_t line, Id<Lot> lot, Id<Place> place);

}  // namespace lotbook
