// SPDX-License-Identifier: Apache-2.0
#include "queries/condition.h"

namespace lotbook {

Condition condition_of(const View& view, const LotState& state, Id<Place> place, Instant now) {
  const Masters& masters = view.masters();
  const Lot& lot = state.lot;
  Condition condition;
  condition.quality = lot.quality, condition.expires_on = lot.expires_on, condition.best_before_on = lot.best_before_on;
  condition.retest_on = lot.retest_on, condition.day = masters.zone_of(place).day_of(now);
  condition.is_gone = state.on_hand().is_zero();
  if (state.is_held)
    for (const Hold& hold : view.holds_on(lot.id)) {
      if (hold.place && place && !masters.lies_in(place, hold.place)) continue;
      condition.is_held = true;
      condition.is_recalled |= !hold.recall.empty();
    }
  return condition;
}

std::string why_not_dispatched(const View& view, const LotState& state, Id<Place> place, Instant now) {
  const Masters& masters = view.masters();
  const PlaceKind use = masters.use_of(place);
  if (!place_allows(use, Purpose::dispatch)) return "lies in " + std::string(name_of(use));
  const Condition condition = condition_of(view, state, place, now);
  if (!state.is_untracked())
    if (const std::optional<Code> code = refused_by_status(condition, {.purpose = Purpose::dispatch}))
      return std::string(text_of(*code).name);
  // It may leave all the same by override, where the item allows it (R44); it is not proposed.
  if (state.lot.best_before_on && condition.day > state.lot.best_before_on)
    return std::string(text_of(Code::best_before_has_passed).name);
  const Item* item = masters.items.find(state.lot.item);
  const Date last = state.lot.expires_on;  // R49
  if (item && item->minimum_life_at_dispatch_days > 0 && last.is_set() &&
      last < condition.day.plus_days(item->minimum_life_at_dispatch_days))
    return std::string(text_of(Code::too_short_lived).name);
  return {};
}

}  // namespace lotbook
