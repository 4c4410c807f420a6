// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"

namespace lotbook {

/// Goods are taken for testing: used up, or kept in a place for retained samples where they stay on hand (R83).
struct Sample {
  std::vector<TakeLine> lines;
  std::string to;
  bool confirm_here = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Sample;
    return field_list(
        field<&C::lines>("lines", "What is taken.").required().at_most(1000),
        field<&C::to>("to", "Location of retained samples it is kept in; left out: used up by the test.").at_most(60),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "What it is tested for.").at_most(500));
  }
};
Result<Draft> decide(const Sample& command, const Moment& moment, const View& view);

}  // namespace lotbook
