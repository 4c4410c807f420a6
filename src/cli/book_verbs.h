// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"

namespace lotbook {

/// The verbs that concern a book as a whole: create, import, export, trace.
std::vector<Verb> book_verbs(const OpenBook& open_book);

}  // namespace lotbook
