// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "model/entry.h"

// Which entries stand (R32): a correction points at what it takes back, and a correction of that correction may put it
// in force again. A question of entries alone; past stock, genealogy and history all ask it here.

namespace lotbook {

/// For each of these entries that does not stand as known at entry `upto`: the number of the entry that took it back.
/// All corrections that concern them must be among them.
std::map<std::uint64_t, std::uint64_t> taken_back(std::span<const Entry* const> entries, std::uint64_t upto);

/// Whether what entry `seq` says beside its lines holds although entry `by` took it back: a correction is about lines,
/// and only an undo takes the rest, but not one that brings a correction of the entry back. `find` finds an entry; its
/// pointer need live only until the next call.
bool leaves_facts(const Entry& by, std::uint64_t seq, const std::function<const Entry*(std::uint64_t)>& find);

/// Those that stand, sorted by number; entries up to `upto` only.
std::vector<const Entry*> standing(std::vector<const Entry*> entries, std::uint64_t upto);

}  // namespace lotbook
