// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"

namespace lotbook {

/// Goods go back to who delivered them: a forward end of the trace that names the receipt (R57).
struct ReturnToSupplier {
  std::vector<TakeLine> lines;
  std::vector<std::string> handling_units;
  std::string supplier;
  bool confirm_more = false, confirm_here = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = ReturnToSupplier;
    return field_list(
        field<&C::lines>("lines", "What goes back.").at_most(1000), handling_units_field<&C::handling_units>(),
        field<&C::supplier>("supplier", "Partner it goes back to.").required().at_most(60),
        field<&C::confirm_more>("confirm_more", "More goes back than the receipt brought, or the receipt is unknown."),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Document number of the receipt that brought it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const ReturnToSupplier& command, const Moment& moment, const View& view);

}  // namespace lotbook
