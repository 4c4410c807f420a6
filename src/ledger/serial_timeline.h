// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/timeline.h"

// The way of one unit (R28, R78): it leaves only the place where it is, at every instant.

namespace lotbook {

/// The movements of a unit that stand, in settled order.
std::vector<Happening> timeline(const View& view, Id<Serial> serial);

/// Where the way of a unit would break.
struct BrokenWay {
  Id<Serial> serial;
  std::string code;
  std::size_t line = SIZE_MAX;            ///< of the draft, where it is the draft that finds the unit elsewhere
  Id<Place> is_in;                        ///< where it is or was then; none: it had not come yet
  bool is_now = false;                    ///< now, in order of entries; else at a past instant
  Instant at;                             ///< that instant
  std::vector<std::uint64_t> in_the_way;  ///< entries that would not find it where they take it from
};

/// For a draft that has its settled instant but no number yet. nullopt: every unit is where it is taken from.
std::optional<BrokenWay> broken_way(const View& view, const Entry& draft);

}  // namespace lotbook
