// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "commands/command.h"

namespace lotbook {

/// R66 for a draft whose time is settled: no input lies after the first yield of an output that it is assigned to,
/// whichever of both the draft adds, moves in time, takes back or puts in force again. nullopt: it holds.
std::optional<Refusal> refused_by_assignments(const View& view, const Draft& draft);

}  // namespace lotbook
