// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/time.h"
#include "store/sql/transaction.h"
#include "store/store.h"

namespace lotbook {

/// How far to go: up to an entry, up to all that was recorded by an instant, or to the end.
struct Until {
  std::optional<std::uint64_t> entry;
  std::optional<Instant> instant;
};

/// Posts the entries of a book anew, in order, into one that is empty: every table is made again, the chain is the same
/// to the last byte. What stands beside the ledger (accounts, tokens, personal values, settings) is taken as it is now,
/// checkpoints as far as the entries go. Answers with the new head. Throws StoreFailure.
Head repost(Store& from, Store& to, const Until& until);

}  // namespace lotbook
