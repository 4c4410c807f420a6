// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"
#include "ledger/fefo.h"

namespace lotbook {

/// Goods that a draft takes, all its lines in place.
struct TakenInOrder {
  const LotState& lot;
  Id<Place> from;
};
/// What stays of a lot in a place once the draft is posted.
Decimal left_there(const Draft& draft, const LotState& lot, Id<Place> place);
/// R53: what is consumed while a lot of the item that should go first lies usable at the same site is written down as a
/// deviation; work goes on.
void note_use_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken);
/// R51: the same for what leaves to a customer. A lot that lives too short for him is no reason to wait for.
void note_dispatch_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const LifeAsked& asked);

}  // namespace lotbook
