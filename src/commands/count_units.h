// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "commands/look.h"

// Counts and what is on pallets and cases (R24, R59): a count is the truth, so what is not there is on no pallet.

namespace lotbook {

/// What of a lot was counted on one pallet or case.
struct CountedOnUnit {
  const HandlingUnit* unit;
  Decimal quantity, quantity2;
};
/// Says in the draft what is on the units that were counted by themselves.
void load_as_counted(Draft& draft, Id<Lot> lot, const std::vector<CountedOnUnit>& counted);
/// Goods that the draft's lines lose and that cannot have lain loose in the place are taken off the pallets and cases
/// there, free ones before held ones, with a notice for each.
void take_lost_goods_off(Look& look, Draft& draft, Id<Place> place);

}  // namespace lotbook
