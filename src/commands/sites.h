// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "commands/command.h"

namespace lotbook {

/// Whoever may act only at certain sites acts there alone: every place that the draft names, in its lines and facts and
/// in those of what it takes or brings back, lies at one of them. What belongs to no site (master data, joining lots,
/// erasing) needs somebody who may act everywhere; findings and warranties block nothing and are free.
std::optional<Refusal> refused_by_sites(const View& view, const Actor& actor, const Draft& draft);

}  // namespace lotbook
