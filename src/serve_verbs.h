// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/cli.h"

namespace lotbook {

/// The verbs about the server and who may come in: serve, token, password, openapi.
std::vector<Verb> serve_verbs(const OpenBook& open_book);

}  // namespace lotbook
