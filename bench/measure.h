// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "scratch_plant.h"

// How fast commands go through the executor.

namespace lotbook {

struct Figure {
  std::int64_t per_second = 0, p50_us = 0, p99_us = 0, cpu_ns = 0;
};

/// `clients` clients, each of which sends its next command as soon as the last was answered. They are events, as in the
/// server: the writer's thread hands an answer over and the next command in. Commands are made before the clock starts.
Figure measure(ScratchPlant& plant, std::vector<Asked> commands, std::size_t clients);

}  // namespace lotbook
