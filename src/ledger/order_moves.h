// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "ledger/view.h"
#include "model/refusal.h"

// What an entry says of orders, as changes that can be added up and taken back like movement lines.

namespace lotbook {

/// `allotment` holds what is added to what is bound or picked, below zero when it goes; no lot: nothing is.
struct OrderMove {
  Allotment allotment;
  Decimal done;  ///< dispatched or received in addition
};
void for_each_order_move(const Entry& entry, bool forwards, const std::function<void(const OrderMove&)>& visit);

/// Goods in staging that are gone by a count are gone for the orders, too: says so in the draft, with a notice for each
/// order. A line that two orders share is parted.
void release_lost_goods(const View& view, Entry& draft);
/// Why an entry cannot be posted for what it would do to orders: goods picked for one are there, and for it alone
/// (R20); no line gets more than was ordered. `field`: where the draft's quantity was asked.
std::optional<Refusal> refused_by_orders(const View& view, const Entry& draft, const std::string& field);

}  // namespace lotbook
