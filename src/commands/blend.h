// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/whole_units.h"

namespace lotbook {

struct BlendLine {
  std::string lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string from, sscc;
  static constexpr auto fields() {
    using L = BlendLine;
    return field_list(field<&L::lot>("lot", "Own code of the lot.").required().at_most(60),
                      field<&L::quantity>("quantity", "How much goes in.").required(),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
                      field<&L::from>("from", "Location it is taken from.").required().at_most(60),
                      off_unit_field<&L::sscc>());
  }
};

/// Several lots of one item become one new lot, with the earliest of their dates (R48, R77).
struct Blend {
  std::string item;
  std::vector<BlendLine> lines;
  std::string new_lot, to;
  bool confirm_here = false, confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Blend;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lines>("lines", "What is blended.").required().at_most(1000),
        field<&C::new_lot>("new_lot", "Own code of the blend; left out: one from the series.").at_most(60),
        field<&C::to>("to", "Location it is put.").required().at_most(60),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Blend& command, const Moment& moment, const View& view);

}  // namespace lotbook
