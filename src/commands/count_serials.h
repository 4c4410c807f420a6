// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"

namespace lotbook {

/// A count of units: those of the lot that the book has in the place and nobody named are missing; those that were
/// missing and are named are there again (R59). A unit that the book has elsewhere is refused: it was moved.
struct SerialsCounted {
  Id<Lot> lot;
  Id<Place> place;
  const std::vector<std::string>& serials;
  std::string field;  ///< pointer to the serials
};
void serial_difference_lines(Look& look, Draft& draft, const SerialsCounted& counted);

}  // namespace lotbook
