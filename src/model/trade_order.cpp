// SPDX-License-Identifier: Apache-2.0
#include "model/trade_order.h"

#include <algorithm>

namespace lotbook {

const TradeLine* TradeOrder::line(std::uint32_t of) const {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const TradeLine& line) { return line.line == of; });
  return found == lines.end() ? nullptr : &*found;
}

TradeLine* TradeOrder::line(std::uint32_t of) {
  return const_cast<TradeLine*>(static_cast<const TradeOrder&>(*this).line(of));
}

}  // namespace lotbook
