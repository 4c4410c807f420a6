// SPDX-License-Identifier: Apache-2.0
#include "model/usable.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

namespace lotbook {

namespace {

const Date today = Date::of(2026, 11, 30);

Condition in(Standing standing) {
  Condition condition;
  condition.day = today;
  switch (standing) {
    case Standing::recalled: condition.is_recalled = condition.is_held = true; break;
    case Standing::rejected: condition.quality = Quality::rejected; break;
    case Standing::hold: condition.is_held = true; break;
    case Standing::quarantine: condition.quality = Quality::quarantine; break;
    case Standing::expired: condition.expires_on = today.plus_days(-1); break;
    case Standing::released: break;
    case Standing::gone: condition.is_gone = true; break;
  }
  return condition;
}

struct Cell {
  Standing standing;
  Purpose purpose;
  std::string says;  // yes, no, quality, by the case, at risk, rework+quality
};

using S = Standing;
using P = Purpose;
// The table of R40, read from the rules and written out cell by cell.
const std::vector<Cell> cells{
    {S::released, P::move, "yes"},
    {S::released, P::sample, "yes"},
    {S::released, P::dispatch, "yes"},
    {S::released, P::consume, "yes"},
    {S::released, P::split, "yes"},
    {S::released, P::relabel, "yes"},
    {S::released, P::back_to_supplier, "yes"},
    {S::released, P::dispose, "yes"},

    {S::quarantine, P::move, "yes"},
    {S::quarantine, P::sample, "yes"},
    {S::quarantine, P::dispatch, "no"},
    {S::quarantine, P::consume, "at risk"},
    {S::quarantine, P::split, "yes"},
    {S::quarantine, P::relabel, "no"},
    {S::quarantine, P::back_to_supplier, "yes"},
    {S::quarantine, P::dispose, "quality"},

    {S::hold, P::move, "quality"},
    {S::hold, P::sample, "quality"},
    {S::hold, P::dispatch, "no"},
    {S::hold, P::consume, "no"},
    {S::hold, P::split, "quality"},
    {S::hold, P::relabel, "no"},
    {S::hold, P::back_to_supplier, "quality"},
    {S::hold, P::dispose, "quality"},

    {S::rejected, P::move, "yes"},
    {S::rejected, P::sample, "yes"},
    {S::rejected, P::dispatch, "no"},
    {S::rejected, P::consume, "rework+quality"},
    {S::rejected, P::split, "yes"},
    {S::rejected, P::relabel, "no"},
    {S::rejected, P::back_to_supplier, "yes"},
    {S::rejected, P::dispose, "yes"},

    {S::expired, P::move, "yes"},
    {S::expired, P::sample, "yes"},
    {S::expired, P::dispatch, "no"},
    {S::expired, P::consume, "rework+quality"},
    {S::expired, P::split, "yes"},
    {S::expired, P::relabel, "no"},
    {S::expired, P::back_to_supplier, "yes"},
    {S::expired, P::dispose, "yes"},

    {S::recalled, P::move, "by the case"},
    {S::recalled, P::sample, "by the case"},
    {S::recalled, P::dispatch, "no"},
    {S::recalled, P::consume, "no"},
    {S::recalled, P::split, "no"},
    {S::recalled, P::relabel, "no"},
    {S::recalled, P::back_to_supplier, "by the case"},
    {S::recalled, P::dispose, "by the case"},
};

bool allowed_by(const std::string& says, const Asking& asking) {
  if (says == "yes") return true;
  if (says == "quality") return asking.has_quality_right;
  if (says == "by the case") return asking.acts_for_recall;
  if (says == "at risk") return asking.item_allows_at_risk;
  if (says == "rework+quality") return asking.is_rework && asking.has_quality_right;
  return false;
}

const std::map<Standing, Code> code_of_status{{S::recalled, Code::lot_is_recalled},
                                              {S::rejected, Code::lot_is_rejected},
                                              {S::hold, Code::lot_is_on_hold},
                                              {S::quarantine, Code::lot_is_in_quarantine},
                                              {S::expired, Code::lot_has_expired}};

std::optional<Code> ask(const Condition& condition, Purpose purpose) {
  Asking asking;
  asking.purpose = purpose;
  return refused_by_status(condition, asking);
}

}  // namespace

// proves: R40
TEST_CASE("each status allows what the table of R40 says and nothing else", "[usable]") {
  REQUIRE(cells.size() == 6 * Choices<Purpose>::names.size());
  for (const Cell& cell : cells)
    for (unsigned circumstances = 0; circumstances < 16; ++circumstances) {
      const Asking asking{cell.purpose, (circumstances & 1) != 0, (circumstances & 2) != 0, (circumstances & 4) != 0,
                          (circumstances & 8) != 0};
      CAPTURE(name_of(cell.standing), name_of(cell.purpose), circumstances);
      const std::optional<Code> refused = refused_by_status(in(cell.standing), asking);
      REQUIRE(refused.has_value() == !allowed_by(cell.says, asking));
      if (!refused) continue;
      const bool lacks_only_the_right = cell.says == "quality" || (cell.says == "rework+quality" && asking.is_rework);
      REQUIRE(*refused == (lacks_only_the_right ? Code::right_needed : code_of_status.at(cell.standing)));
    }
}

// proves: R39
TEST_CASE("the first status that applies is the one that is shown", "[usable]") {
  Condition condition = in(Standing::expired);
  CHECK(standing_of(condition) == Standing::expired);
  condition.quality = Quality::quarantine;
  CHECK(standing_of(condition) == Standing::quarantine);
  condition.is_held = true;
  CHECK(standing_of(condition) == Standing::hold);
  condition.quality = Quality::rejected;
  CHECK(standing_of(condition) == Standing::rejected);
  condition.is_recalled = true;
  CHECK(standing_of(condition) == Standing::recalled);

  CHECK(standing_of(in(Standing::released)) == Standing::released);
  CHECK(standing_of(in(Standing::gone)) == Standing::gone);
}

// proves: R45
TEST_CASE("a lot that expires on 30 November is used that day and not on 1 December", "[usable]") {
  Condition condition;
  condition.expires_on = Date::of(2026, 11, 30);
  for (const Purpose purpose : {Purpose::dispatch, Purpose::consume}) {
    condition.day = Date::of(2026, 11, 30);
    CHECK(ask(condition, purpose) == std::nullopt);
    condition.day = Date::of(2026, 12, 1);
    CHECK(ask(condition, purpose) == Code::lot_has_expired);
  }
  CHECK(standing_of(condition) == Standing::expired);
}

// proves: R46
TEST_CASE("past its retest day a lot waits for quality and is not rejected", "[usable]") {
  Condition condition;
  condition.retest_on = Date::of(2026, 11, 30);
  condition.day = Date::of(2026, 11, 30);
  CHECK(ask(condition, Purpose::dispatch) == std::nullopt);
  condition.day = Date::of(2026, 12, 1);
  CHECK(standing_of(condition) == Standing::quarantine);
  CHECK(ask(condition, Purpose::dispatch) == Code::lot_is_in_quarantine);
  CHECK(ask(condition, Purpose::back_to_supplier) == std::nullopt);
}

// proves: R46
TEST_CASE("the governing day is the earliest of expiry and retest, else best before", "[lot]") {
  Lot lot;
  CHECK_FALSE(lot.governing_day().is_set());
  lot.best_before_on = Date::of(2026, 1, 1);
  CHECK(lot.governing_day() == Date::of(2026, 1, 1));
  lot.expires_on = Date::of(2026, 6, 1);
  CHECK(lot.governing_day() == Date::of(2026, 6, 1));
  lot.retest_on = Date::of(2026, 5, 1);
  CHECK(lot.governing_day() == Date::of(2026, 5, 1));
  lot.expires_on = Date();
  CHECK(lot.governing_day() == Date::of(2026, 5, 1));
  lot.retest_on = Date::of(2026, 7, 1), lot.expires_on = Date::of(2026, 6, 1);
  CHECK(lot.governing_day() == Date::of(2026, 6, 1));
}

// proves: R40, R44
TEST_CASE("a second status is not lifted by the one that is shown", "[usable]") {
  Asking asking;
  asking.purpose = Purpose::consume;
  asking.item_allows_at_risk = true;
  Condition condition = in(Standing::quarantine);
  CHECK(refused_by_status(condition, asking) == std::nullopt);
  condition.expires_on = today.plus_days(-1);
  CHECK(refused_by_status(condition, asking) == Code::lot_has_expired);

  Condition rejected = in(Standing::rejected);
  rejected.is_held = true;
  CHECK(ask(rejected, Purpose::dispose) == Code::right_needed);
  asking.is_rework = asking.has_quality_right = true;
  CHECK(refused_by_status(rejected, asking) == Code::lot_is_on_hold);
}

// proves: R40
TEST_CASE("rework with the right takes expired and rejected goods that are past retest as well", "[usable]") {
  Asking asking;
  asking.purpose = Purpose::consume;
  asking.is_rework = asking.has_quality_right = true;
  for (const Standing standing : {Standing::expired, Standing::rejected}) {
    Condition condition = in(standing);
    condition.retest_on = today.plus_days(-30);
    CHECK(refused_by_status(condition, asking) == std::nullopt);
  }
}

// proves: R20
TEST_CASE("goods in places that are not for use are neither dispatched nor consumed", "[usable]") {
  using K = PlaceKind;
  for (const K use : {K::quarantine, K::returns, K::retained, K::in_transit, K::outside}) {
    CAPTURE(name_of(use));
    CHECK_FALSE(place_allows(use, Purpose::dispatch));
    CHECK_FALSE(place_allows(use, Purpose::consume));
    CHECK(place_allows(use, Purpose::move));
    CHECK(place_allows(use, Purpose::sample));
    CHECK(place_allows(use, Purpose::dispose));
    CHECK(place_allows(use, Purpose::back_to_supplier));
  }
  for (const K use : {K::dock, K::storage, K::production, K::staging, K::vessel, K::site}) {
    CAPTURE(name_of(use));
    CHECK(place_allows(use, Purpose::dispatch));
    CHECK(place_allows(use, Purpose::consume));
  }
  CHECK_FALSE(place_allows(K::external, Purpose::dispatch));
  CHECK_FALSE(place_allows(K::external, Purpose::consume));
}

// proves: R22
TEST_CASE("who holds goods of ours uses or takes them, and nobody else", "[usable]") {
  CHECK(place_allows(PlaceKind::external, Asking{.purpose = Purpose::consume, .is_order_of_holder = true}));
  CHECK_FALSE(place_allows(PlaceKind::external, Asking{.purpose = Purpose::consume}));
  CHECK(place_allows(PlaceKind::external, Asking{.purpose = Purpose::dispatch, .is_order_of_holder = true}));
  CHECK_FALSE(place_allows(PlaceKind::external, Asking{.purpose = Purpose::dispatch}));
  CHECK(place_allows(PlaceKind::storage, Asking{.purpose = Purpose::consume}));
}

}  // namespace lotbook
