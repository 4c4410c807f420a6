// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/question.h"

namespace lotbook {

/// How far the ledger is: note number and hash elsewhere, and nobody can cut or rewrite it unseen.
struct HeadQuestion {
  static constexpr auto fields() { return field_list(); }
};
struct HeadAnswer {
  std::uint64_t entry = 0;
  std::string hash, recorded_at;
  static constexpr auto fields() {
    using A = HeadAnswer;
    return field_list(field<&A::entry>("entry", "Number of the newest entry."),
                      field<&A::hash>("hash", "Its hash, which covers all before it."),
                      field<&A::recorded_at>("recorded_at", "When it was recorded."));
  }
};
Result<HeadAnswer> ask(const HeadQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
