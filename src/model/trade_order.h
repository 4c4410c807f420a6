// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/time.h"
#include "model/record.h"

// What was ordered, by a customer from us or by us from a supplier, and how far it is. A production order is a `Run`.

namespace lotbook {

struct Lot;

enum class TradeKind : std::uint8_t { sales, purchase };
template <>
struct Choices<TradeKind> {
  static constexpr std::array<std::string_view, 2> names{"sales", "purchase"};
};
/// Closed: what is still open of it will not come, or not leave.
enum class TradeState : std::uint8_t { open, closed, cancelled };
template <>
struct Choices<TradeState> {
  static constexpr std::array<std::string_view, 3> names{"open", "closed", "cancelled"};
};

/// One line of an order, with sums over its allotments; all in the item's base unit.
struct TradeLine {
  std::uint32_t line = 0;  ///< the caller's number of it
  Id<Item> item;
  Decimal quantity;  ///< ordered; 0: the line was taken out
  Decimal bound;     ///< lots chosen for it, not yet picked (R52)
  Decimal picked;    ///< lies in staging for it (R20)
  Decimal done;      ///< dispatched, or received
  /// What still has to be picked, or to come.
  Decimal open() const { return std::max(quantity - picked - done, Decimal()); }
};
struct TradeOrder {
  Id<TradeOrder> id;
  TradeKind kind = TradeKind::sales;
  std::string number;  ///< the caller's own; one for each kind
  Id<Partner> partner;
  Id<Address> address;
  Id<Place> site;
  Date due_on;
  TradeState state = TradeState::open;
  std::uint64_t opened_in = 0;
  std::vector<TradeLine> lines;  ///< in order of number

  /// Whether goods for the line are still to be found.
  bool is_waiting(const TradeLine& line) const {
    return kind == TradeKind::sales && state == TradeState::open && line.open().is_positive();
  }
  const TradeLine* line(std::uint32_t of) const;
  TradeLine* line(std::uint32_t of);
};

/// So much of a lot in one place is for one line of an order: bound to be picked, or picked and in staging.
struct Allotment {
  Id<Lot> lot;
  Id<TradeOrder> order;
  std::uint32_t line = 0;
  Id<Place> place;
  bool is_picked = false;
  Decimal quantity, quantity2;
  bool is_same(const Allotment& o) const {
    return lot == o.lot && order == o.order && line == o.line && place == o.place && is_picked == o.is_picked;
  }
};
/// What of a lot in one place is for orders, all of them together.
struct Allotted {
  Id<Place> place;
  Decimal bound, picked, picked2;
  bool is_nothing() const { return bound.is_zero() && picked.is_zero() && picked2.is_zero(); }
};

}  // namespace lotbook
