// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "trace/links.h"

// Everything that could be affected (R85): every lot reachable over links from the seeds, seeds included. Goes level by
// level, at any depth, and ends on loops (R71).

namespace lotbook {

enum class Way : std::uint8_t { back, forward };
template <>
struct Choices<Way> {
  static constexpr std::array<std::string_view, 2> names{"back", "forward"};
};

struct Walk {
  struct Reached {
    Id<Lot> lot;
    std::uint32_t level = 0;  ///< fewest transformations from a seed; joined lots are as near as each other
  };
  struct Passed {
    std::uint32_t transformation = 0, level = 0;
  };
  struct Ended {
    Id<Lot> lot;  ///< of an untracked item: nothing beyond it is known (R90)
    std::uint32_t transformation = 0;
  };
  std::vector<Reached> lots;
  std::vector<Passed> transformations;
  std::vector<Ended> untracked;
  std::vector<std::uint32_t> withdrawn;  ///< crossings that do not stand and would have been passed (R36)
};

Walk walk(Links& links, std::span<const Id<Lot>> seeds, Way way);

}  // namespace lotbook
