// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/whole_units.h"

namespace lotbook {

struct MoveLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string from, to, sscc;
  static constexpr auto fields() {
    using L = MoveLine;
    return field_list(field<&L::item>("item", "Item.").required().at_most(60),
                      field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
                      field<&L::quantity>("quantity", "How much. Left out for units that are named by serial number."),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
                      serials_field<&L::serials>(),
                      field<&L::from>("from", "Location it leaves.").required().at_most(60),
                      field<&L::to>("to", "Location it comes to.").required().at_most(60), off_unit_field<&L::sscc>());
  }
};

/// Goods go from one location to another inside a site (R20, R21, R40).
struct Move {
  std::vector<MoveLine> lines;
  bool confirm_here = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Move;
    return field_list(
        field<&C::lines>("lines", "What moves.").required().at_most(1000),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Move& command, const Moment& moment, const View& view);

}  // namespace lotbook
