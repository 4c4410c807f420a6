// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// New lots of the same item: what split, blend and relabel open.

namespace lotbook {

struct ChildAsked {
  const std::string& code;  ///< empty: one from the series
  Id<Place> place;          ///< whose site's series
  bool confirm_new_lot = false;
  std::string field;
};
/// Opens a lot with the dates and the status of `parent` (R48, R77). Null and refused when its code cannot be.
LotOpened* open_child(Look& look, Draft& draft, const Lot& parent, const ChildAsked& asked);

/// Every hold that stands on the parent where it lies reaches the lots made of it there. A hold on one place cannot
/// follow goods out of it: that is refused.
struct HeldChild {
  Id<Lot> lot;
  Id<Place> to;
  std::string field;
};
void copy_holds(Look& look, Draft& draft, const LotState& parent, Id<Place> from,
                const std::vector<HeldChild>& children);

/// What is left of a lot in a place, in both units.
struct Whole {
  Decimal quantity, quantity2;
};
/// The quantities given, or all there is when none is given; nothing and refused when that is nothing.
std::optional<Whole> given_or_all(Look& look, const FoundLot& lot, Id<Place> from, const std::optional<Decimal>& typed,
                                  const std::string& unit, const std::optional<Decimal>& typed2);

/// Several lots of one item on their way into a new one, with the earliest of their dates (R48).
class Mixture {
 public:
  Mixture(Look& look, Draft& draft) : look_(look), draft_(draft) {}

  struct Part {
    const LotState& lot;
    Id<Place> from;
    Whole much;
    bool confirm_here = false;
    std::string lot_field, quantity_field;
  };
  /// Takes goods into the mixture; false and refused when their status forbids it (R40).
  bool take(const Part& part);
  /// Opens the new lot and puts it there; none and refused when its code cannot be.
  Id<Lot> pour(Id<Place> to, const ChildAsked& asked);

 private:
  Look& look_;
  Draft& draft_;
  Lot parent_;
  Whole sum_;
};

}  // namespace lotbook
