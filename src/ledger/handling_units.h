// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/view.h"
#include "model/refusal.h"

// Pallets and cases (R24): what is on one lies where it is, and goes where it goes.

namespace lotbook {

/// Puts goods on a unit, or takes them off; what is left of nothing is gone.
void change_goods(HandlingUnit& unit, const PackedGoods& goods, bool comes);

/// What an entry takes back, brings back and does to handling units: `visit(part, forwards)`. What a correction says
/// again just as it was is left out: it was so all the time, whatever was done since (R33).
void for_each_handling_unit_part(const View& view, const Entry& entry,
                                 const std::function<void(const Entry& part, bool forwards)>& visit);

/// A handling unit, and all that stands on it.
std::vector<const HandlingUnit*> with_nested(const View& view, const HandlingUnit& outer);
/// The lots on one, each once, in order of number.
std::vector<Id<Lot>> lots_on(const HandlingUnit& unit);

/// What of a lot is on pallets and cases in a place.
Decimal packed_in(const View& view, Id<Lot> lot, Id<Place> place);

/// Why a draft cannot be posted for what it would do to handling units: what is on one is there, one moves with all
/// that is on it, nothing goes back behind what was done since, and loose goods are taken loose. nullopt: nothing is
/// wrong. `field`: where the draft's quantity was asked.
std::optional<Refusal> refused_by_handling_units(const View& view, const Entry& draft, const std::string& field);

}  // namespace lotbook
