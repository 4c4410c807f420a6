// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"
#include "ledger/fefo.h"

namespace lotbook {

// Fields said once for all commands that have them.
template <auto member>
constexpr auto override_life_field() {
  return field<member>(
      "override_life",
      "Too short-lived for this customer, who agreed; needs the right to, a reason and the consent (R44).");
}
template <auto member>
constexpr auto override_best_before_field() {
  return field<member>("override_best_before",
                       "Past its best-before day, where the item allows; needs the right to and a reason (R44).");
}
template <auto member>
constexpr auto consent_field() {
  return field<member>("consent", "Reference of the customer's consent.").at_most(200);
}

/// Goods that are to leave to a customer, or are picked for him.
struct Leaving {
  const LotState& lot;
  Id<Place> from;
  LifeAsked life;
  std::string field;  ///< where the lot was named
};
/// What R44 lets someone pass over, with his right and a reason.
struct LeaveOverrides {
  bool life = false, best_before = false;
  const std::string& reason;
  const std::string& consent;  ///< of the customer, to a shorter life
};
/// R22: whether what lies there is lent to that partner, so that he may take it.
bool is_held_by(const Masters& masters, Id<Place> place, Id<Partner> partner);
/// Refuses what may not leave, or writes the overrides down (R20, R40, R44, R49). False when a status or place forbids
/// it; what could have been overridden is refused, and what follows is judged all the same.
bool judge_leaving(Look& look, Draft& draft, const Leaving& leaving, const LeaveOverrides& overrides);

}  // namespace lotbook
