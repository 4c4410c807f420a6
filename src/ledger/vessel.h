// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/view.h"
#include "model/refusal.h"

// Tanks and silos (R74-R76): what one holds, in the order in which it comes out, and what may still cling to it.

namespace lotbook {

struct VesselContent {
  std::vector<Id<Lot>> layers;  ///< the oldest first; of a vessel that mixes there is one
  /// Of an empty vessel: what it held last, unless it was cleaned since; and whether it was declared emptied.
  Id<Lot> last;
  bool is_emptied = false;
};
VesselContent vessel_content(const View& view, Id<Place> vessel);

/// R76: as much of what an empty vessel held last as may go into the next fill; zero when nothing clings to it.
Decimal residue_of(const View& view, Id<Place> vessel, const VesselContent& content);

/// Why a draft that may post for its stock cannot for the vessels it touches: one lot in a vessel that mixes, one item
/// in any; the oldest layer comes out first; what clings to a vessel is not hidden by a plain move into it. nullopt:
/// nothing is wrong.
struct VesselFields {
  const std::string& quantity;  ///< where the draft's quantity was asked
  const std::string& into;      ///< where the vessel was named that goods come into
};
std::optional<Refusal> refused_by_vessels(const View& view, const Entry& draft, const VesselFields& fields);

}  // namespace lotbook
