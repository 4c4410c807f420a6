// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.h"
#include "model/record.h"

// The virtual places that stand at the ends of movements (design §2). They have fixed numbers in every book; numbers
// from `first_free_id` on are given to everything else. Only `in_transit` holds stock.

namespace lotbook::ends {

constexpr Id<Place> supplier{1};    ///< from: a receipt; to: returned to supplier
constexpr Id<Place> customer{2};    ///< to: a dispatch; from: a return
constexpr Id<Place> process{3};     ///< to: consumed by a run; from: yielded, or given back
constexpr Id<Place> conversion{4};  ///< the same for split, blend, relabel and repack
constexpr Id<Place> count{5};       ///< from: found more; to: found less
constexpr Id<Place> opening{6};     ///< from: opening stock
constexpr Id<Place> disposed{7};    ///< to: destroyed
constexpr Id<Place> sampled{8};     ///< to: taken for testing
constexpr Id<Place> in_transit{9};  ///< between sites; on hand, not usable (R21)

constexpr std::uint32_t first_free_id = 16;

constexpr bool holds_stock(Id<Place> place) { return place == in_transit || place.value >= first_free_id; }

}  // namespace lotbook::ends
