// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// What a correction means for the orders whose entries it takes back or brings back. Refused: that more would have
/// come back from an order than went in (R68), and that an order was never opened to which goods stay posted. Else an
/// undo says which state the order has then, where taking the change of state back alone would not (R64).
void judge_orders(Look& look, Draft& draft);

}  // namespace lotbook
