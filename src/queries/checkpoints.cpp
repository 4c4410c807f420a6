// SPDX-License-Identifier: Apache-2.0
#include "queries/checkpoints.h"

#include "queries/find.h"

namespace lotbook {

Result<CheckpointsAnswer> ask(const CheckpointsQuestion& question, const Snapshot& snapshot) {
  CheckpointsAnswer answer;
  Transaction& book = snapshot.view.behind();
  if (const std::optional<Hash> key = checkpoint_key(book)) answer.key = hex(*key);
  const std::size_t most = rows_allowed(question.limit);
  checkpoints_after(book, question.after, [&](const Checkpoint& checkpoint) {
    if (answer.checkpoints.size() == most) return answer.next = answer.checkpoints.back().number, false;
    return answer.checkpoints.push_back(row_of(checkpoint)), true;
  });
  return answer;
}

}  // namespace lotbook
