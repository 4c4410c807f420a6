// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/pack.h"

// Pallets and cases that a command takes along whole, and goods that it takes off one (R24).

namespace lotbook {

/// One that was named, and all that stands on it.
struct WholeUnit {
  std::string field;  ///< where it was named
  std::vector<const HandlingUnit*> units;
  const HandlingUnit& outer() const { return *units.front(); }
};

/// Finds one that is named, or says why not and gives null.
using UnitFinder = const HandlingUnit* (*)(Look& look, const std::string& sscc, const std::string& field);
/// One that stands in a location.
const HandlingUnit* unit_here(Look& look, const std::string& sscc, const std::string& field);
/// One that is on its way between sites.
const HandlingUnit* unit_in_transit(Look& look, const std::string& sscc, const std::string& field);
/// Those named in "/handling_units", each once, and none beside one that it stands on: it goes with that.
std::vector<WholeUnit> whole_units(Look& look, const std::vector<std::string>& ssccs, UnitFinder find);

struct TakingWhole {
  Purpose purpose = Purpose::move;
  Id<Place> to;
  std::string to_field = {};  ///< where that was named; empty: with the unit
};
/// What is on it goes to a place or an end with it, if all of it may; else something is refused.
void take_whole(Look& look, Draft& draft, const WholeUnit& whole, const TakingWhole& taking);
/// Several, after lines that were taken in `where`, if there were any; gives the first place.
Id<Place> take_whole(Look& look, Draft& draft, const std::vector<WholeUnit>& wholes, const TakingWhole& taking,
                     Id<Place> where);

/// The field of lines that take goods off a pallet or out of a case.
template <auto member>
constexpr auto off_unit_field() {
  return field<member>("sscc", "SSCC of the pallet or case that it is taken off; left out: loose goods (R24).")
      .at_most(18);
}
/// What the draft's lines from `first_line` on take out of `from` is taken off that pallet or case. Does nothing where
/// none was named.
struct OffUnit {
  const std::string& sscc;
  Id<Place> from;
  std::size_t first_line;
  std::string here;  ///< pointer to the line of the command
};
void take_off(Look& look, Draft& draft, const OffUnit& off);
/// What the draft leaves of these goods on a unit.
PackedGoods left_on(const Draft& draft, const HandlingUnit& unit, Id<Lot> lot, Id<Serial> serial);

}  // namespace lotbook
