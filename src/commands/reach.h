// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "commands/look.h"

// How far goods got, for whoever blocks them: a plain walk over the entries of each lot. To be replaced by the
// traversal of the trace layer.

namespace lotbook {

/// The lots and every tracked lot reached from them over links that stand (R42, R65, R66): once each, sorted by number.
std::vector<Id<Lot>> with_descendants(const View& view, std::span<const Id<Lot>> lots);

/// R41: names to the person who blocks who received goods of these lots already, one notice for each partner, address
/// and lot; after a hundred it says how many more there are.
void name_receivers(const View& view, Draft& draft, std::span<const Id<Lot>> lots);

}  // namespace lotbook
