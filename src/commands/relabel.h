// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// Goods get new labels and are a new lot from then on, with the same dates (R12, R48).
struct Relabel {
  std::string item, lot, from, new_lot, to;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  bool confirm_here = false, confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Relabel;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lot>("lot", "Own code on the old labels.").required().at_most(60),
        field<&C::from>("from", "Location where the goods lie.").required().at_most(60),
        field<&C::new_lot>("new_lot", "Own code on the new labels; left out: one from the series.").at_most(60),
        field<&C::to>("to", "Location they are put; left out: where they were.").at_most(60),
        field<&C::quantity>("quantity", "How much gets new labels; left out: all that lies there."),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Relabel& command, const Moment& moment, const View& view);

}  // namespace lotbook
