// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "ledger/book.h"

namespace lotbook {

/// The incident that the demonstration book hides: what a supplier's alert says, and what to search for.
struct DemoIncident {
  std::string text, search;
};

/// Fills a new book with a year of a small maker of granola, through the same commands that people give: deliveries,
/// moves, runs with an intermediate and rework, dispatches, a return, a hold. Ends at `until`. Throws
/// std::runtime_error if a command of its own is refused.
DemoIncident build_demo(Book& book, Instant until);

}  // namespace lotbook
