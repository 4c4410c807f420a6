// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "model/lot.h"
#include "model/refusal.h"

// What a lot's status allows (R37-R46): one table, one predicate, asked wherever a lot is proposed, reserved, scanned
// or posted.

namespace lotbook {

enum class Purpose : std::uint8_t { move, sample, dispatch, consume, split, relabel, back_to_supplier, dispose };
template <>
struct Choices<Purpose> {
  static constexpr std::array<std::string_view, 8> names{"move",  "sample",  "dispatch",         "consume",
                                                         "split", "relabel", "back_to_supplier", "dispose"};
};

/// The status that is shown: the first that applies (R39).
enum class Standing : std::uint8_t { recalled, rejected, hold, quarantine, expired, released, gone };
template <>
struct Choices<Standing> {
  static constexpr std::array<std::string_view, 7> names{"recalled", "rejected", "hold", "quarantine",
                                                         "expired",  "released", "gone"};
};

/// What a cell of the table of R40 says.
enum class Allowance : std::uint8_t { yes, no, quality, by_case, at_risk, rework };
template <>
struct Choices<Allowance> {
  static constexpr std::array<std::string_view, 6> names{"yes", "no", "quality", "by_case", "at_risk", "rework"};
};
/// The table of R40 as data. `blend` is judged as `consume`, a split into parts of the same lot's own kind as `split`.
Allowance allowance(Standing standing, Purpose purpose);

/// What is known of a lot (in one place, on one day) when it is judged.
struct Condition {
  Quality quality = Quality::released;
  bool is_held = false;
  bool is_recalled = false;
  Date expires_on, best_before_on, retest_on;
  Date day;  ///< the day at the site, at the moment the act happened (R25, R29)
  bool is_gone = false;
};
Standing standing_of(const Condition& condition);

/// Who asks, and in which circumstances.
struct Asking {
  Purpose purpose = Purpose::move;
  bool has_quality_right = false;
  bool item_allows_at_risk = false;  ///< R40: consume from quarantine
  bool is_rework = false;            ///< R40: rejected or expired goods into a rework order
  bool acts_for_recall = false;      ///< the recall case itself asks
  bool is_order_of_holder = false;   ///< R22: an order of the partner in whose external place the goods lie
};
/// nullopt: allowed. Otherwise the code of the refusal (R39's status, or place_is_blocked, or right_needed).
std::optional<Code> refused_by_status(const Condition& condition, const Asking& asking);
/// R20: whether goods in a place of this kind may be dispatched or consumed at all.
bool place_allows(PlaceKind use, Purpose purpose);
/// The same for who asks: a subcontractor uses what we lent him, in his own order (R22).
bool place_allows(PlaceKind use, const Asking& asking);

}  // namespace lotbook
