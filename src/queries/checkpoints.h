// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/checkpoints.h"
#include "queries/question.h"

namespace lotbook {

/// Signed checkpoints, for keeping elsewhere.
struct CheckpointsQuestion {
  std::uint64_t after = 0;
  int limit = 100;
  static constexpr auto fields() {
    using Q = CheckpointsQuestion;
    return field_list(field<&Q::after>("after", "Only checkpoints after this number."),
                      field<&Q::limit>("limit", "Most checkpoints to answer with.").between(1, 1000));
  }
};
Result<CheckpointsAnswer> ask(const CheckpointsQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
