// SPDX-License-Identifier: Apache-2.0
#include "store/sql/checkpoints.h"

#include "store/sql/rows.h"

namespace lotbook {

namespace {

Checkpoint checkpoint_at(const Statement& row) {
  Checkpoint c;
  c.number = seq_at(row, 0), c.entry = seq_at(row, 1), c.hash = hash_at(row, 2), c.previous = hash_at(row, 3);
  c.made_at.microseconds = row.integer(4), c.key = hash_at(row, 5);
  const ByteView signature = row.blob(6);
  if (signature.size() != c.signature.size())
    throw StoreFailure(StoreFailure::Kind::damaged, "a signature in the book is not 64 bytes long");
  std::copy(signature.begin(), signature.end(), c.signature.begin());
  return c;
}

}  // namespace

void add_checkpoint(Transaction& transaction, const Checkpoint& c) {
  Once(transaction.connection(),
       "insert into checkpoint (number, entry, hash, previous, made_at, key, signature) "
       "values ($1, $2, $3, $4, $5, $6, $7)")
      .integer(number(c.number))
      .integer(number(c.entry))
      .blob(c.hash)
      .blob(c.previous)
      .integer(c.made_at.microseconds)
      .blob(c.key)
      .blob(c.signature)
      .run();
}

std::optional<Checkpoint> newest_checkpoint(Transaction& transaction) {
  Cursor q(
      transaction.connection().prepared("select number, entry, hash, previous, made_at, key, signature from checkpoint "
                                        "order by number desc limit 1"));
  if (!q->step()) return std::nullopt;
  return checkpoint_at(q.row());
}

void checkpoints_after(Transaction& transaction, std::uint64_t after,
                       const std::function<bool(const Checkpoint&)>& visit) {
  Cursor q(
      transaction.connection().prepared("select number, entry, hash, previous, made_at, key, signature from checkpoint "
                                        "where number > $1 order by number"));
  q->bind(1, number(after));
  while (q->step())
    if (!visit(checkpoint_at(q.row()))) return;
}

}  // namespace lotbook
