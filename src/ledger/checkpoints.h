// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/book.h"
#include "ledger/checkpoint_key.h"
#include "store/sql/checkpoints.h"

// When checkpoints are made, under which key, and whether those of a book are true.

namespace lotbook {

constexpr std::uint64_t entries_a_checkpoint = 1000;

/// The key that the book says it signs with; nullopt before its first checkpoint.
std::optional<Hash> checkpoint_key(Transaction& transaction);

/// Makes what checkpoints are due: one at every thousandth entry behind the newest, and one at the head. Only looks;
/// `post_checkpoints` writes.
std::vector<Checkpoint> due_checkpoints(Transaction& snapshot, const CheckpointKey& key, Instant now, std::size_t most);
/// Writes them, unless others were written meanwhile, or under another key. `first`: says under which key the book
/// signs.
void post_checkpoints(Transaction& writer, const std::vector<Checkpoint>& made);

/// The key of the book for signing; makes one for a book that has none yet. Throws StoreFailure when the book signs
/// with a key that is not in its state.
CheckpointKey key_for_signing(Transaction& transaction, const std::string& state);

/// A new key from now on; posts the entry that says so.
Hash change_checkpoint_key(Book& book, Clock& clock, const std::string& who, const std::string& why);

/// Public keys by the entry that named them; of the first, which no entry names, nothing is said.
using NamedKeys = std::vector<std::pair<std::uint64_t, Hash>>;
/// What is wrong with the checkpoints of a book whose chain holds, and with copies of them that were kept elsewhere.
void verify_checkpoints(Transaction& snapshot, const NamedKeys& keys, const std::vector<Checkpoint>& kept,
                        std::vector<std::string>& wrong);

/// Reads checkpoints as `lotbook checkpoint write`, an extract, or the answer of the server give them. Throws
/// StoreFailure when the text is none of that.
std::vector<Checkpoint> read_checkpoints(const std::string& text);

/// A checkpoint as people and programs see it.
struct CheckpointRow {
  std::uint64_t number = 0, entry = 0;
  std::string hash, previous, made_at, key, signature;
  static constexpr auto fields() {
    using C = CheckpointRow;
    return field_list(field<&C::number>("number", "Counts from 1."),
                      field<&C::entry>("entry", "Newest entry of the ledger then."),
                      field<&C::hash>("hash", "Its hash, which covers all before it."),
                      field<&C::previous>("previous", "SHA-256 of the text of the checkpoint before it."),
                      field<&C::made_at>("made_at", "When it was made."),
                      field<&C::key>("key", "Public key (Ed25519) that it is signed with."),
                      field<&C::signature>("signature", "Over its text; see docs/ledger-format.md."));
  }
};
/// What the server answers, and `read_checkpoints` reads.
struct CheckpointsAnswer {
  std::string key;
  std::vector<CheckpointRow> checkpoints;
  std::uint64_t next = 0;
  static constexpr auto fields() {
    using A = CheckpointsAnswer;
    return field_list(
        field<&A::key>("key", "Public key (Ed25519) that the book signs with now; empty before its first checkpoint."),
        field<&A::checkpoints>("checkpoints", "In order."),
        field<&A::next>("next", "Ask again with \"after\" set to this; 0: these were all."));
  }
};

CheckpointRow row_of(const Checkpoint& checkpoint);
std::optional<Checkpoint> checkpoint_of(const CheckpointRow& row);

}  // namespace lotbook
