// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoints.h"

#include <algorithm>
#include <sstream>

#include "base/json.h"

namespace lotbook {

namespace {

constexpr const char* key_setting = "checkpoint_key";

template <std::size_t N>
bool read_hex(const std::string& text, std::array<std::uint8_t, N>& into) {
  const std::optional<Bytes> bytes = from_hex(text);
  if (!bytes || bytes->size() != N) return false;
  std::copy(bytes->begin(), bytes->end(), into.begin());
  return true;
}

}  // namespace

CheckpointRow row_of(const Checkpoint& c) {
  return {c.number, c.entry, hex(c.hash), hex(c.previous), c.made_at.text(), hex(c.key), hex(c.signature)};
}

std::optional<Checkpoint> checkpoint_of(const CheckpointRow& row) {
  Checkpoint c;
  c.number = row.number, c.entry = row.entry;
  const std::optional<WrittenTime> time = WrittenTime::parse(row.made_at);
  if (!time || !read_hex(row.hash, c.hash) || !read_hex(row.previous, c.previous) || !read_hex(row.key, c.key) ||
      !read_hex(row.signature, c.signature))
    return std::nullopt;
  c.made_at = time->interval.at;
  return c;
}

std::vector<Checkpoint> read_checkpoints(const std::string& text) {
  std::vector<CheckpointRow> rows;
  CheckpointsAnswer page;
  if (read_written_json(text, page)) {
    rows = std::move(page.checkpoints);
  } else {
    constexpr std::string_view begin = "{\"checkpoint\":";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with(begin)) continue;
      if (!line.ends_with('}') ||
          !read_written_json(std::string_view(line).substr(begin.size(), line.size() - begin.size() - 1),
                             rows.emplace_back()))
        throw StoreFailure(StoreFailure::Kind::damaged, "this line is no checkpoint: " + line.substr(0, 200));
    }
  }
  std::vector<Checkpoint> all;
  for (const CheckpointRow& row : rows) {
    const std::optional<Checkpoint> checkpoint = checkpoint_of(row);
    if (!checkpoint)
      throw StoreFailure(StoreFailure::Kind::damaged,
                         "checkpoint " + std::to_string(row.number) + " of the file is not written as one");
    all.push_back(*checkpoint);
  }
  if (all.empty()) throw StoreFailure(StoreFailure::Kind::damaged, "the file has no checkpoint in it");
  return all;
}

std::optional<Hash> checkpoint_key(Transaction& transaction) {
  Hash key{};
  const std::optional<std::string> text = transaction.setting(key_setting);
  if (!text) return std::nullopt;
  if (!read_hex(*text, key)) throw StoreFailure(StoreFailure::Kind::damaged, "the book's checkpoint key is no key");
  return key;
}

std::vector<Checkpoint> due_checkpoints(Transaction& snapshot, const CheckpointKey& key, Instant now,
                                        std::size_t most) {
  std::vector<Checkpoint> made;
  const std::optional<Head> head = snapshot.head();
  Checkpoint last = newest_checkpoint(snapshot).value_or(Checkpoint());
  while (head && last.entry < head->seq && made.size() < most) {
    Checkpoint next;
    next.number = last.number + 1;
    if (last.number > 0) next.previous = hash_of(last);
    next.entry = std::min(head->seq, (last.entry / entries_a_checkpoint + 1) * entries_a_checkpoint);
    const std::optional<EntryRow> row = snapshot.entry(next.entry);
    if (!row) break;
    next.hash = row->hash, next.made_at = std::max(now, last.made_at);
    key.sign(next);
    made.push_back(next);
    last = next;
  }
  return made;
}

void post_checkpoints(Transaction& writer, const std::vector<Checkpoint>& made) {
  if (made.empty()) return;
  const std::optional<Checkpoint> newest = newest_checkpoint(writer);
  const std::optional<Hash> key = checkpoint_key(writer);
  if ((newest ? newest->number : 0) + 1 != made.front().number || (key && *key != made.front().key)) return;
  if (!key) writer.put_setting(key_setting, hex(made.front().key));
  for (const Checkpoint& checkpoint : made) add_checkpoint(writer, checkpoint);
}

CheckpointKey key_for_signing(Transaction& transaction, const std::string& state) {
  if (const std::optional<Hash> wanted = checkpoint_key(transaction)) {
    if (std::optional<CheckpointKey> key = CheckpointKey::load(state, *wanted)) return std::move(*key);
    throw StoreFailure(StoreFailure::Kind::unavailable,
                       "no checkpoints are made: the private key for " + hex(*wanted) + " is not at " + state +
                           "checkpoint.key" +
                           ". Bring it back, or change the key: lotbook checkpoint change-key --reason WHY");
  }
  if (std::optional<CheckpointKey> key = CheckpointKey::load(state)) return std::move(*key);
  CheckpointKey key = CheckpointKey::make(state);
  key.put_in_use();
  return key;
}

Hash change_checkpoint_key(Book& book, Clock& clock, const std::string& who, const std::string& why) {
  const CheckpointKey key = CheckpointKey::make(book.store().state_folder());
  Book::Batch batch(book);
  Entry entry;
  entry.kind = EntryKind::change_key, entry.recorded_at = std::max(clock.now(), book.last_recorded());
  entry.occurred.at = entry.settled_at = entry.recorded_at;
  entry.who = who, entry.why = why;
  entry.facts.push_back(KeyChanged{hex(key.public_key())});
  batch.post(std::move(entry));
  batch.transaction().put_setting(key_setting, hex(key.public_key()));
  batch.commit();
  key.put_in_use();
  return key.public_key();
}

namespace {

/// Reads a page at a time, so that entries can be asked for between.
template <class Visit>
void each_checkpoint(Transaction& snapshot, const Visit& visit) {
  constexpr std::size_t at_once = 1000;
  std::uint64_t after = 0;
  for (;;) {
    std::vector<Checkpoint> page;
    checkpoints_after(snapshot, after, [&](const Checkpoint& c) { return page.push_back(c), page.size() < at_once; });
    for (const Checkpoint& checkpoint : page)
      if (!visit(checkpoint)) return;
    if (page.size() < at_once) return;
    after = page.back().number;
  }
}

/// What is wrong with a checkpoint by itself, held against the chain; empty: nothing.
std::string wrong_with(Transaction& snapshot, const Checkpoint& checkpoint) {
  if (!has_true_signature(checkpoint)) return "its signature does not belong to it";
  const std::optional<EntryRow> row = snapshot.entry(checkpoint.entry);
  if (!row) return "it names entry " + std::to_string(checkpoint.entry) + ", which the book has not: its end was cut";
  if (row->hash != checkpoint.hash)
    return "entry " + std::to_string(checkpoint.entry) +
           " had another hash when it was made: that entry, or something "
           "before it, was written anew";
  return {};
}

}  // namespace

void verify_checkpoints(Transaction& snapshot, const NamedKeys& keys, const std::vector<Checkpoint>& kept,
                        std::vector<std::string>& wrong) {
  const auto complain = [&](std::string_view whose, std::uint64_t number, const std::string& why) {
    if (!why.empty()) wrong.push_back(std::string(whose) + "checkpoint " + std::to_string(number) + ": " + why);
    return why.empty();
  };
  Checkpoint last;
  std::size_t named = 0;
  std::optional<Hash> key;
  each_checkpoint(snapshot, [&](const Checkpoint& c) {
    if (c.number != last.number + 1)
      return complain("", c.number, "expected checkpoint " + std::to_string(last.number + 1) + " here");
    if (c.previous != (last.number == 0 ? Hash{} : hash_of(last)))
      return complain("", c.number, "it does not follow the one before it");
    for (; named < keys.size() && keys[named].first <= c.entry; ++named) key = keys[named].second;
    if (!key) key = c.key;
    if (c.key != *key) return complain("", c.number, "it is signed with a key that no entry names");
    last = c;
    return complain("", c.number, wrong_with(snapshot, c));
  });
  if (!keys.empty()) key = keys.back().second;
  const std::optional<Hash> said = checkpoint_key(snapshot);
  if (said != key)
    wrong.push_back("the book says that it signs with the key " + (said ? hex(*said) : std::string("(none)")) +
                    ", its checkpoints and entries say " + (key ? hex(*key) : std::string("(none)")));
  for (const Checkpoint& c : kept) {
    if (!complain("kept ", c.number, wrong_with(snapshot, c))) continue;
    std::optional<Checkpoint> ours;
    checkpoints_after(snapshot, c.number - 1, [&](const Checkpoint& found) { return ours = found, false; });
    if (!ours || ours->number != c.number)
      complain("kept ", c.number, "the book has it no more");
    else if (*ours != c)
      complain("kept ", c.number, "the book has another one under that number");
  }
}

}  // namespace lotbook
