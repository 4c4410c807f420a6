// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "store/search_index.h"

namespace lotbook {

/// An index in an SQLite file of its own, by its trigrams (FTS5). Null when this SQLite was built without them.
std::unique_ptr<SearchIndex> open_sqlite_search(const std::string& file);

}  // namespace lotbook
