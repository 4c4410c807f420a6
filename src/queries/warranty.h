// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/question.h"

namespace lotbook {

/// The warranty of a unit, by what stands. It begins on the day at the site on which the unit first went to the
/// customer who has it, or had it last: sent back and delivered to the same customer again it goes on as it was, so
/// that a repair does not make it longer; another customer gets a warranty of his own. `set_warranty` says otherwise
/// until the unit goes to another customer. The last day is the same day of the month, so many months later (R47).
struct Warranty {
  Date from, until;  ///< not set: there is none
};
Warranty warranty_of(const View& view, const Serial& unit);

}  // namespace lotbook
