// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "model/checkpoint.h"
#include "store/sql/transaction.h"

// Signed checkpoints, beside the ledger: evidence, never changed and never made again.

namespace lotbook {

void add_checkpoint(Transaction& transaction, const Checkpoint& checkpoint);
std::optional<Checkpoint> newest_checkpoint(Transaction& transaction);
/// In order of number, from the one after `after` on, until `visit` says false.
void checkpoints_after(Transaction& transaction, std::uint64_t after,
                       const std::function<bool(const Checkpoint&)>& visit);

}  // namespace lotbook
