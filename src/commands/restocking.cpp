// SPDX-License-Identifier: Apache-2.0
#include "commands/restocking.h"

#include "model/place_ends.h"

namespace lotbook {

bool judge_restocking(Look& look, const Restocking& restocking, std::string field) {
  const Masters& masters = look.masters();
  const PlaceKind to = masters.use_of(restocking.to);
  if (masters.use_of(restocking.from) != PlaceKind::returns || to == PlaceKind::returns ||
      to == PlaceKind::quarantine || !ends::holds_stock(restocking.to) || restocking.lot.state->is_untracked())
    return true;
  if (!look.moment().actor.may(Right::quality))
    return look.refuse(Code::right_needed, std::move(field),
                       "Quality decides whether what a customer sent back is used again; that needs the right "
                       "\"quality\". Move it into quarantine, or ask who has the right."),
           false;
  if (restocking.lot.item.item->returns_become_new_lot && !restocking.is_new_lot)
    return look.refuse(Code::place_not_allowed, std::move(field),
                       "What comes back of " + restocking.lot.item.item->code +
                           " becomes a lot of its own: split it into a new lot there."),
           false;
  return true;
}

}  // namespace lotbook
