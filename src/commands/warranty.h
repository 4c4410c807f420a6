// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// The warranty of a unit begins on the day it went to its customer and lasts as long as its item says. Where something
/// else was agreed, this says so.
struct SetWarranty {
  std::string item, serial;
  std::optional<Date> starts_on;
  std::optional<int> months;
  std::string reason;
  static constexpr auto fields() {
    using C = SetWarranty;
    return field_list(field<&C::item>("item", "Item of the unit.").required().at_most(60),
                      field<&C::serial>("serial", "Serial number of the unit.").required().at_most(60),
                      field<&C::starts_on>("starts_on", "First day; left out: as it was dispatched."),
                      field<&C::months>("months", "Months it lasts; left out: as the item says.").between(0, 1200),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const SetWarranty& command, const Moment& moment, const View& view);

}  // namespace lotbook
