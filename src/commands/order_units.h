// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "commands/serials.h"
#include "commands/trade_order.h"

// Units on their way through a sales order (R78): which of them lie in staging for it, and how a line of a command
// that names units becomes steps of the order.

namespace lotbook {

/// Units that were picked for the order and lie in staging for it, with the line of the order.
std::map<Id<Serial>, std::uint32_t> units_picked(const View& view, const TradeOrder& order);

/// One step of an order.
struct UnitStep {
  const TradeOrder& order;
  std::uint32_t line;  ///< of the order
  OrderStep step;
};
/// Turns the draft's last line into one for each unit that `asked` names, all of them steps of the order; those that
/// leave staging must have been picked for that line. Goods without serial numbers keep their one line.
void step_of_order(Look& look, Draft& draft, const SerialsAsked& asked, const UnitStep& step);

/// The lot that a line names; of units, that of the first where none is said.
FoundLot lot_for_order(Look& look, const Item& item, const std::string& lot, const std::vector<std::string>& serials,
                       const std::string& here);

}  // namespace lotbook
