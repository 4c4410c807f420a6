// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/time.h"
#include "commands/bundle/csv.h"
#include "store/store.h"

// A plant's history from a folder of CSV files (docs/import-bundle.md). Import records what happened: it judges codes,
// quantities and stock (R93), and keeps what was not usable as warnings. All or nothing: one transaction, or a list of
// faults.

namespace lotbook {

struct ImportOptions {
  std::string folder;  ///< or a .zip of it
  bool dry_run = false;
  bool open_missing = false;  ///< post the opening stock that the history never brought in (R93)
  bool close_runs = false;    ///< close runs that have an output and no close row (R94)
  std::string who = "import";
};

/// Opening stock that the history needs and never brought in.
struct ProposedOpening {
  std::string item, lot, place;
  Decimal quantity;
};

struct ImportReport {
  std::vector<BundleFault> faults;                ///< not empty: nothing was changed
  std::map<std::string, std::uint64_t> warnings;  ///< by code; each is kept on its entry
  std::vector<ProposedOpening> openings;          ///< what a dry run with `open_missing` proposes
  std::uint64_t events = 0, entries = 0, lots = 0, open_runs = 0;
  bool changed_nothing = false;  ///< the bundle was imported before
};

/// Imports into a book, which is made when it is not there. Throws StoreFailure for trouble of the disk.
ImportReport import_bundle(Store& store, Clock& clock, const ImportOptions& options);

}  // namespace lotbook
