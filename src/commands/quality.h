// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"

// The one quality status of a lot (R37): quarantine, released or rejected. Holds stand beside it and are not touched.

namespace lotbook {

struct Quarantine {
  std::vector<LotRef> lots;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Quarantine;
    return field_list(field<&C::lots>("lots", "Lots that wait for quality from now on.").required().at_most(1000),
                      field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Quarantine& command, const Moment& moment, const View& view);

/// Refused while what the item asks of a release is missing: a date (R50), a certificate, a second person (R43).
struct Release {
  std::vector<LotRef> lots;
  std::string certificate;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Release;
    return field_list(
        field<&C::lots>("lots", "Lots that may be used from now on.").required().at_most(1000),
        field<&C::certificate>("certificate", "Number of the certificate it is released on; kept with each lot.")
            .at_most(200),
        field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words; needed to release what was rejected.").at_most(500));
  }
};
Result<Draft> decide(const Release& command, const Moment& moment, const View& view);

struct Reject {
  std::vector<LotRef> lots;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Reject;
    return field_list(field<&C::lots>("lots", "Lots that are only returned, reworked or disposed of from now on.")
                          .required()
                          .at_most(1000),
                      field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Reject& command, const Moment& moment, const View& view);

}  // namespace lotbook
