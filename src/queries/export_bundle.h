// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "queries/question.h"

namespace lotbook {

struct ExportReport {
  std::uint64_t events = 0;
  std::map<std::string, std::uint64_t> left_out;  ///< what the format cannot say, and how often it was there
};

/// Writes the book as an import bundle (docs/import-bundle.md) into a folder that is made: imported into an empty book
/// it gives the same lots, links, stock, holds and balances (R94). Corrected entries are written as they read now.
/// Throws StoreFailure when it cannot be written.
ExportReport export_bundle(const Snapshot& snapshot, const std::string& folder);

}  // namespace lotbook
