// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

struct SplitPart {
  std::string lot;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string to;
  static constexpr auto fields() {
    using P = SplitPart;
    return field_list(
        field<&P::lot>("lot", "Own code of the new lot; left out: one from the series.").at_most(60),
        field<&P::quantity>("quantity", "How much goes into it; the last part may leave it out and takes the rest."),
        field<&P::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&P::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&P::to>("to", "Location it is put; left out: where it was.").at_most(60));
  }
};

/// One lot becomes new lots of the same item (R16, R48, R77): they keep dates, status and holds.
struct Split {
  std::string item, lot, from;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<SplitPart> parts;
  int equal_parts = 0;
  bool confirm_here = false, confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Split;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lot>("lot", "Own code of the lot that is split.").required().at_most(60),
        field<&C::from>("from", "Location where it lies.").required().at_most(60),
        field<&C::quantity>("quantity",
                            "How much is shared out; left out: the sum of the parts, or all that lies there."),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&C::parts>("parts", "The new lots.").at_most(1000),
        field<&C::equal_parts>("equal_parts",
                               "Instead of parts: so many equal ones, rounded down; the last takes the rest.")
            .between(0, 1000),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Split& command, const Moment& moment, const View& view);

}  // namespace lotbook
