// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/usable.h"
#include "queries/question.h"

namespace lotbook {

/// What is known of a lot in one place on the day that it is there now (R25, R39). No place: of the lot as a whole.
Condition condition_of(const View& view, const LotState& state, Id<Place> place, Instant now);
/// Why what lies there cannot be dispatched today; empty when it can (R20, R40, R49).
std::string why_not_dispatched(const View& view, const LotState& state, Id<Place> place, Instant now);

}  // namespace lotbook
