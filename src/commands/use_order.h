// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// R53: what is consumed while a lot of the item that should go first lies usable at the same site is written down as a
/// deviation; work goes on.
void note_use_out_of_order(Look& look, Draft& draft, const LotState& taken, const Item& item, Id<Place> from);

}  // namespace lotbook
