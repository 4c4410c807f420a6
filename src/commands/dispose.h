// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"

namespace lotbook {

/// Goods are destroyed, for a reason (R40).
struct Dispose {
  std::vector<TakeLine> lines;
  std::vector<std::string> handling_units;
  bool confirm_here = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Dispose;
    return field_list(
        field<&C::lines>("lines", "What is destroyed; may be left out where handling units are.").at_most(1000),
        handling_units_field<&C::handling_units>(),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Dispose& command, const Moment& moment, const View& view);

}  // namespace lotbook
