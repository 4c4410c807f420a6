// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"
#include "commands/transfer.h"

// A unit is opened and something in it changes (R79): what was built in comes out, something else goes in. Both are
// conversions of the unit into itself, so that every trace that passes through the components passes through it.

namespace lotbook {

/// Goods are built into a unit that lies here.
struct Install {
  std::string item, serial;
  std::vector<TakeLine> lines;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Install;
    return field_list(field<&C::item>("item", "Item of the unit.").required().at_most(60),
                      field<&C::serial>("serial", "Serial number of the unit.").required().at_most(60),
                      field<&C::lines>("lines", "What is built in.").required().at_most(1000),
                      field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Install& command, const Moment& moment, const View& view);

/// Units are taken out of a unit that lies here.
struct Remove {
  std::string item, serial;
  std::vector<ArrivalLine> lines;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Remove;
    return field_list(field<&C::item>("item", "Item of the unit.").required().at_most(60),
                      field<&C::serial>("serial", "Serial number of the unit.").required().at_most(60),
                      field<&C::lines>("lines", "What is taken out.").required().at_most(1000),
                      field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Remove& command, const Moment& moment, const View& view);

}  // namespace lotbook
