// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/door.h"
#include "http/respond.h"

namespace lotbook {

/// POST /api/v1/<command>: reads the body by the command's field list, hands it to the writer and answers from its
/// thread. Never blocks. `row` and `door` outlive it.
void handle_command(const CommandRow& row, Door& door, Respond respond);

/// The key of a write, or why there is none: 1 to 200 visible characters.
std::variant<std::string, Problem> idempotency_key(const Request& request);

}  // namespace lotbook
