// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/entry.h"
#include "store/search_index.h"

namespace lotbook {

/// Everything that a posted entry makes findable: codes of lots, codes and names of records, numbers of papers and
/// orders. What was taken back since is among it: the book says what still holds.
void add_search_terms(const Entry& entry, std::vector<SearchTerm>& terms);

/// How a key fits the key of a term; none when it does not.
std::optional<Fit> fit_of(std::string_view asked, std::string_view key);

}  // namespace lotbook
