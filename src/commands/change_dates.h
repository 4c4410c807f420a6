// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// The dates of a lot are corrected, or its shelf life is changed. Days left out stay as they are. A later last day
/// than before is a shelf-life extension: it needs the right "quality" and a reason (R48).
struct ChangeDates {
  std::string item, lot;
  Date received_on, produced_on, expires_on, best_before_on, retest_on;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = ChangeDates;
    return field_list(field<&C::item>("item", "Item.").required().at_most(60),
                      field<&C::lot>("lot", "Own code of the lot.").required().at_most(60),
                      field<&C::received_on>("received_on", "Day it came."),
                      field<&C::produced_on>("produced_on", "Day of production."),
                      field<&C::expires_on>("expires_on", "Last day of use (R45)."),
                      field<&C::best_before_on>("best_before_on", "Best-before day."),
                      field<&C::retest_on>("retest_on", "Day after which quality tests again."),
                      field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words; needed for a later last day.").at_most(500));
  }
};
Result<Draft> decide(const ChangeDates& command, const Moment& moment, const View& view);

}  // namespace lotbook
