// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/checkpoint.h"
#include "store/sql/transaction.h"
#include "store/store.h"

// Proves a book: everything is made again from its entries and compared. Chain, canonical bytes, laws, head, and every
// derived table.

namespace lotbook {

/// A head that someone noted elsewhere: only with it can a cut tail or a re-written chain be found.
struct NotedHead {
  std::uint64_t seq = 0;
  std::string hash;  ///< hex
};

/// What was kept elsewhere, to hold the book against.
struct KeptElsewhere {
  std::optional<NotedHead> head;
  std::vector<Checkpoint> checkpoints;
};

struct Verified {
  std::uint64_t entries = 0;
  std::string hash;                ///< hex, of the newest entry
  std::vector<std::string> wrong;  ///< what is wrong, as sentences; empty: all is well
};

/// Also holds it against the head that its state folder remembers, when there is one.
Verified verify(Store& store, const KeptElsewhere& kept);
Verified verify(Store& store, const std::optional<NotedHead>& noted);

/// What is wrong with the entries alone, which have the same form in books of older programs; empty: nothing.
std::string wrong_with_chain(Store& store);

}  // namespace lotbook
