// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "store/sql/transaction.h"

namespace lotbook {

struct LedgerExtract {
  std::uint64_t entries = 0, checkpoints = 0, personal = 0;
};

/// Writes the ledger line by line, as docs/ledger-format.md says, so that it can be checked without this program: every
/// entry with its bytes, its hash and what it says, and the checkpoints. Personal values are in it only if asked for.
LedgerExtract export_ledger(Transaction& snapshot, bool with_personal, std::ostream& out);

}  // namespace lotbook
