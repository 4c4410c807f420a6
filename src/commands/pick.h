// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/leaving.h"
#include "commands/serials.h"
#include "commands/trade_order.h"
#include "commands/whole_units.h"

// Picking for sales orders: lots are chosen, taken into staging, and put back where plans change (R20, R51, R52).

namespace lotbook {

/// Chooses lots for all that is open of an order, first expired first, or anew where that has changed.
struct ReleasePick {
  std::string order, reason;
  static constexpr auto fields() {
    using C = ReleasePick;
    return field_list(field<&C::order>("order", "Number of the sales order.").required().at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const ReleasePick& command, const Moment& moment, const View& view);

struct PickedLine {
  std::uint32_t line = 0;
  std::string lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string from;
  bool is_short = false;
  std::vector<std::string> serials;
  std::string sscc;
  static constexpr auto fields() {
    using L = PickedLine;
    return field_list(
        field<&L::line>("line", "Line of the order.").required(),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much was taken. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&L::from>("from", "Location it was taken from.").required().at_most(60),
        field<&L::is_short>("is_short", "There was no more of it there, whatever the book says."),
        serials_field<&L::serials>(), off_unit_field<&L::sscc>());
  }
};
/// Goods were taken for an order and are in staging; pallets went there whole, if all on them is for the order.
struct Pick {
  std::string order, to;
  std::vector<PickedLine> lines;
  std::vector<std::string> handling_units;
  bool confirm_here = false, override_fefo = false, override_life = false, override_best_before = false;
  std::string consent;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = Pick;
    return field_list(
        field<&C::order>("order", "Number of the sales order.").required().at_most(60),
        field<&C::to>("to", "Staging location it was put.").required().at_most(60),
        field<&C::lines>("lines", "What was taken; may be left out where handling units were.").at_most(1000),
        handling_units_field<&C::handling_units>(),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::override_fefo>(
            "override_fefo", "Another lot goes first, and this one is taken; needs the right to and a reason (R44)."),
        override_life_field<&C::override_life>(), override_best_before_field<&C::override_best_before>(),
        consent_field<&C::consent>(), field<&C::occurred_at>("occurred_at", "When it was taken; left out: now."),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Pick& command, const Moment& moment, const View& view);

struct PutBackLine {
  std::uint32_t line = 0;
  std::string lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string from, to;
  std::vector<std::string> serials;
  static constexpr auto fields() {
    using L = PutBackLine;
    return field_list(
        field<&L::line>("line", "Line of the order it was picked for.").required(),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much is put back. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&L::from>("from", "Staging location it lay in.").required().at_most(60),
        field<&L::to>("to", "Location it is put.").required().at_most(60), serials_field<&L::serials>());
  }
};
/// Picked goods go back into the store, and the order is open for them again (R41).
struct PutBack {
  std::string order;
  std::vector<PutBackLine> lines;
  std::vector<std::string> handling_units;
  std::string to;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = PutBack;
    return field_list(
        field<&C::order>("order", "Number of the sales order.").required().at_most(60),
        field<&C::lines>("lines", "What is put back; may be left out where handling units are.").at_most(1000),
        handling_units_field<&C::handling_units>(),
        field<&C::to>("to", "Location the handling units are put.").at_most(60),
        field<&C::occurred_at>("occurred_at", "When it was put back; left out: now."),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const PutBack& command, const Moment& moment, const View& view);

}  // namespace lotbook
