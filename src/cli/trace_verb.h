// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"

namespace lotbook {

/// `trace ITEM LOT --forward|--backward` for one lot, `trace --seeds CSV --forward|--backward --json` for thousands:
/// one JSON line a seed.
int trace_verb(const OpenBook& open_book, const std::vector<std::string>& arguments);

}  // namespace lotbook
