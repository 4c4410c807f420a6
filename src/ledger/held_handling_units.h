// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "ledger/view.h"
#include "model/refusal.h"

// Holds on pallets and cases (R38): one keeps what is on it, and what stands on it, together and here.

namespace lotbook {

/// Why a draft cannot be posted for what it would do to held pallets and cases: none leaves, loses goods, or is taken
/// off a pallet that is held. It may be moved, and goods may be put on it. nullopt: nothing is wrong.
std::optional<Refusal> refused_by_held_handling_units(const View& view, const Entry& draft, const std::string& field);

}  // namespace lotbook
