// SPDX-License-Identifier: Apache-2.0
#include "commands/leaving.h"

namespace lotbook {

namespace {

void pass_over_best_before(Look& look, Draft& draft, const Leaving& leaving, const LeaveOverrides& overrides) {
  const Lot& row = leaving.lot.lot;
  const std::string detail =
      "The best-before day of " + spoken(look.view(), row) + " was " + row.best_before_on.text() + ".";
  if (!overrides.best_before || !look.masters().items.find(row.item)->use_past_best_before)
    return look.refuse(Code::best_before_has_passed, leaving.field, detail + " Take another lot.");
  if (!look.moment().actor.may(Right::override_best_before))
    return look.refuse(Code::right_needed, "/override_best_before",
                       "Overriding a passed best-before needs the right \"override_best_before\".");
  if (overrides.reason.empty()) return look.refuse(Code::missing, "/reason", "Overriding needs a reason.");
  draft.notice("override_best_before", detail, row.id);
}

void pass_over_life(Look& look, Draft& draft, const Leaving& leaving, const LeaveOverrides& overrides) {
  const Lot& row = leaving.lot.lot;
  const std::string detail = spoken(look.view(), row) + " has " +
                             std::to_string(leaving.life.left_on_arrival(row.expires_on, look.day(leaving.from))) +
                             " days left on arrival; " + std::to_string(leaving.life.days) + " are asked.";
  if (!overrides.life)
    return look.refuse(Code::too_short_lived, leaving.field, detail + " Take a lot that lives longer.");
  if (!look.moment().actor.may(Right::override_life))
    return look.refuse(Code::right_needed, "/override_life",
                       "Overriding a customer's minimum life needs the right \"override_life\".");
  if (overrides.reason.empty() || overrides.consent.empty())
    return look.refuse(Code::missing, overrides.reason.empty() ? "/reason" : "/consent",
                       "Overriding needs a reason and the reference of the customer's consent.");
  draft.notice("override_life", detail + " Consent: " + overrides.consent + ".", row.id);
}

}  // namespace

bool is_held_by(const Masters& masters, Id<Place> place, Id<Partner> partner) {
  const Id<Place> external = masters.external_place_of(place);
  return external && partner && masters.partners.id_of(masters.places.find(external)->partner) == partner;
}

bool judge_leaving(Look& look, Draft& draft, const Leaving& leaving, const LeaveOverrides& overrides) {
  Use use{Purpose::dispatch, look.day(leaving.from), leaving.life};
  use.is_for_holder = is_held_by(look.masters(), leaving.from, draft.entry.partner);
  for (;;) {
    const std::optional<Code> code = why_not_usable(look.view(), leaving.lot, leaving.from, use);
    if (!code) return true;
    if (*code == Code::best_before_has_passed) {
      pass_over_best_before(look, draft, leaving, overrides);
      use.allows_past_best_before = true;
    } else if (*code == Code::too_short_lived) {
      pass_over_life(look, draft, leaving, overrides);
      use.life = {};
    } else {
      return look.refuse_status(*code, leaving.lot, leaving.field), false;
    }
  }
}

}  // namespace lotbook
