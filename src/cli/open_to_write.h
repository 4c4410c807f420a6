// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"

namespace lotbook {

/// Opens a book that is there for writing. One of an older program is upgraded first, behind a copy beside it, and that
/// is told on standard error.
std::unique_ptr<Store> open_to_write(const OpenBook& open_book, const std::string& book);

}  // namespace lotbook
