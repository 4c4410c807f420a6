// SPDX-License-Identifier: Apache-2.0
#include "queries/condition.h"

#include "ledger/fefo.h"

namespace lotbook {

Condition condition_of(const View& view, const LotState& state, Id<Place> place, Instant now) {
  Condition condition = condition_of(view, state, place, view.masters().zone_of(place).day_of(now));
  condition.is_gone = state.on_hand().is_zero();
  return condition;
}

std::string why_not_dispatched(const View& view, const LotState& state, Id<Place> place, Instant now) {
  const Masters& masters = view.masters();
  // Also of goods that are not tracked, which have no status but lie somewhere.
  if (const PlaceKind kind = masters.use_of(place); !place_allows(kind, Purpose::dispatch))
    return "lies in " + std::string(name_of(kind));
  const Item* item = masters.items.find(state.lot.item);
  const Date day = masters.zone_of(place).day_of(now);
  const Use use{Purpose::dispatch, day, {item ? item->minimum_life_at_dispatch_days : 0, 0}};
  const std::optional<Code> code = why_not_usable(view, state, place, use);
  return code ? std::string(text_of(*code).name) : std::string();
}

}  // namespace lotbook
