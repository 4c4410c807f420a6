// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// R82: what came back from a customer is put among goods for use again by decision of quality; and as a new lot, where
/// the item says so. Refuses at `field` and says so; anything that does not leave a returns place for use is let pass.
struct Restocking {
  const FoundLot& lot;
  Id<Place> from, to;
  bool is_new_lot = false;
};
bool judge_restocking(Look& look, const Restocking& restocking, std::string field);

}  // namespace lotbook
