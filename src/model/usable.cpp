// SPDX-License-Identifier: Apache-2.0
#include "model/usable.h"

#include <array>

namespace lotbook {

namespace {

using enum Allowance;

// Rows: standing. Columns: move, sample, dispatch, consume, split, relabel, back to supplier, dispose (R40). A split of
// goods that are held needs quality; of quarantined, rejected or expired goods it is plain, since every part keeps the
// status.
constexpr std::array<std::array<Allowance, 8>, 7> table{{
    /* recalled   */ {by_case, by_case, no, no, no, no, by_case, by_case},
    /* rejected   */ {yes, yes, no, rework, yes, no, yes, yes},
    /* hold       */ {quality, quality, no, no, quality, no, quality, quality},
    /* quarantine */ {yes, yes, no, at_risk, yes, no, yes, quality},
    /* expired    */ {yes, yes, no, rework, yes, no, yes, yes},
    /* released   */ {yes, yes, yes, yes, yes, yes, yes, yes},
    /* gone       */ {yes, yes, yes, yes, yes, yes, yes, yes},
}};

Code code_of(Standing standing) {
  switch (standing) {
    case Standing::recalled: return Code::lot_is_recalled;
    case Standing::rejected: return Code::lot_is_rejected;
    case Standing::hold: return Code::lot_is_on_hold;
    case Standing::quarantine: return Code::lot_is_in_quarantine;
    case Standing::expired: return Code::lot_has_expired;
    case Standing::released:
    case Standing::gone: break;
  }
  return Code::internal;
}

bool is_satisfied(Allowance allowance, const Asking& asking) {
  switch (allowance) {
    case yes: return true;
    case no: return false;
    case quality: return asking.has_quality_right;
    case by_case: return asking.acts_for_recall;
    case at_risk: return asking.item_allows_at_risk;
    case rework: return asking.is_rework && asking.has_quality_right;
  }
  return false;
}

}  // namespace

Allowance allowance(Standing standing, Purpose purpose) {
  return table[static_cast<std::size_t>(standing)][static_cast<std::size_t>(purpose)];
}

Standing standing_of(const Condition& c) {
  if (c.is_recalled) return Standing::recalled;
  if (c.quality == Quality::rejected) return Standing::rejected;
  if (c.is_held) return Standing::hold;
  // Past its retest day a lot waits for quality; it is not rejected (R46).
  const bool past_retest = c.retest_on.is_set() && c.day > c.retest_on;
  const bool past_expiry = c.expires_on.is_set() && c.day > c.expires_on;
  if (c.quality == Quality::quarantine || (past_retest && !past_expiry)) return Standing::quarantine;
  if (past_expiry) return Standing::expired;
  return c.is_gone ? Standing::gone : Standing::released;
}

std::optional<Code> refused_by_status(const Condition& condition, const Asking& asking) {
  // Every status that applies is asked, not the first alone: an expired lot in quarantine is not let through because
  // its item may be used at risk.
  Condition rest = condition;
  for (;;) {
    const Standing standing = standing_of(rest);
    const Allowance cell = allowance(standing, asking.purpose);
    if (!is_satisfied(cell, asking))
      return cell == quality || (cell == rework && asking.is_rework) ? Code::right_needed : code_of(standing);
    switch (standing) {
      case Standing::recalled:
        rest.is_recalled = false;
        rest.is_held = false;
        break;
      case Standing::rejected:
        // Quality has decided: nothing waits for a retest any more.
        rest.quality = Quality::released;
        rest.retest_on = Date();
        break;
      case Standing::hold: rest.is_held = false; break;
      case Standing::quarantine:
        rest.quality = Quality::released;
        rest.retest_on = Date();
        break;
      case Standing::expired: rest.expires_on = rest.retest_on = Date(); break;
      case Standing::released:
      case Standing::gone: return std::nullopt;
    }
  }
}

bool place_allows(PlaceKind use, Purpose purpose) {
  if (purpose != Purpose::dispatch && purpose != Purpose::consume) return true;
  switch (use) {
    case PlaceKind::quarantine:
    case PlaceKind::returns:
    case PlaceKind::retained:
    case PlaceKind::in_transit:
    case PlaceKind::external:
    case PlaceKind::outside: return false;
    default: return true;
  }
}

bool place_allows(PlaceKind use, const Asking& asking) {
  if (use == PlaceKind::external && (asking.purpose == Purpose::consume || asking.purpose == Purpose::dispatch))
    return asking.is_order_of_holder;
  return place_allows(use, asking.purpose);
}

}  // namespace lotbook
