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
/// Passing over the lot that goes first where the order is enforced: by right and with a reason (R44).
struct PassingOver {
  bool is_asked = false;
  std::string_view reason;
};
/// What is taken though another lot goes first.
struct PassedOverLot {
  const LotState& taken;
  const Proposed& first;
  std::string what;    ///< "A goes before B"
  std::string advice;  ///< what to do instead
  std::string field;   ///< where the lot was named
};
/// R44: the order is passed over by who may, who says why; for anybody else it is refused.
void judge_passing_over(Look& look, Draft& draft, const PassingOver& passing, const PassedOverLot& passed);
/// R53: what is consumed while a lot of the item that should go first lies usable at the same site is written down as a
/// deviation, and work goes on; where the item enforces the order, it is refused like a pick. `field` names the lot.
void judge_use_order(Look& look, Draft& draft, const TakenInOrder& taken, const PassingOver& passing,
                     std::string field);
/// R51: the same for what leaves to a customer. A lot that lives too short for him is no reason to wait for.
void note_dispatch_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const LifeAsked& asked);
/// R51, R52: goods go without an order, and less stays of their lot at the site than picks were released for. Work goes
/// on, and the orders are named: their lines are to be chosen anew. Call when all lines are in the draft.
void note_reserved_goods(const Look& look, Draft& draft);

}  // namespace lotbook
