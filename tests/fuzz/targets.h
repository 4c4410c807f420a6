// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/sha256.h"

// What reads bytes of strangers, each with what must be true of whatever it is given. A broken promise aborts.

namespace lotbook {

using FuzzTarget = void (*)(std::string_view bytes);
/// "decimal", "time", "json", "csv", "http", "entry", "label"; null for any other name.
FuzzTarget fuzz_target(std::string_view name);

}  // namespace lotbook
