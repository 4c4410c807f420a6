// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"

namespace lotbook {

/// A production order is finished; what it consumed and did not yield is loss (R67).
struct CloseOrder {
  std::string document;
  std::vector<LossLine> losses;
  std::vector<std::string> not_used;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = CloseOrder;
    return field_list(
        field<&C::document>("document", "Number of the order.").required().at_most(60),
        field<&C::losses>("losses", "Losses with their own reasons; the rest is calculated.").at_most(100),
        field<&C::not_used>("not_used", "Planned items that were not needed.").at_most(500),
        field<&C::occurred_at>("occurred_at", "When it was finished; left out: now."),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why so much was lost or gained, in words.").at_most(500));
  }
};
Result<Draft> decide(const CloseOrder& command, const Moment& moment, const View& view);

/// A closed order goes on; its closing losses are calculated again when it is closed again.
struct ReopenOrder {
  std::string document, reason;
  static constexpr auto fields() {
    using C = ReopenOrder;
    return field_list(field<&C::document>("document", "Number of the order.").required().at_most(60),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const ReopenOrder& command, const Moment& moment, const View& view);

/// An order to which nothing was posted is given up; its batch numbers stay used (R13).
struct CancelOrder {
  std::string document, reason;
  static constexpr auto fields() {
    using C = CancelOrder;
    return field_list(field<&C::document>("document", "Number of the order.").required().at_most(60),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const CancelOrder& command, const Moment& moment, const View& view);

}  // namespace lotbook
