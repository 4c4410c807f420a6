// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"

namespace lotbook {

/// Consumption without naming lots, where the item allows it (R69): the quantity is taken first in, first out from the
/// place, and every lot that lay there during the run is linked as assumed.
struct Backflush {
  std::string document, item;
  Decimal quantity;
  std::string unit, from;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = Backflush;
    return field_list(field<&C::document>("document", "Number of the order.").required().at_most(60),
                      field<&C::item>("item", "Item.").required().at_most(60),
                      field<&C::quantity>("quantity", "How much was used.").required(),
                      field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&C::from>("from", "Location it was taken from.").required().at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it was used; left out: now."),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Backflush& command, const Moment& moment, const View& view);

}  // namespace lotbook
