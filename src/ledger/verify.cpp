// SPDX-License-Identifier: Apache-2.0
#include "ledger/verify.h"

#include <algorithm>
#include <array>
#include <exception>
#include <thread>

#include "base/check.h"
#include "base/pipe.h"
#include "ledger/checkpoints.h"
#include "ledger/laws.h"
#include "ledger/verify_rows.h"

namespace lotbook {

namespace {

constexpr std::size_t most_named = 20;        // differences named one by one for each table
constexpr std::size_t block_bytes = 1 << 20;  // of entries on their way from the reading to the judging thread
constexpr std::size_t most_blocks = 8;

/// The sum of the numbers of all rows: equal for equal tables, whatever their order.
struct RowSum {
  std::uint64_t sum = 0, count = 0;
  void add(const DerivedRow& row) { sum += row.hash(), ++count; }
  bool operator==(const RowSum&) const = default;
};
using TableSums = std::array<RowSum, derived_table_names.size()>;

DerivedTable table_of(std::size_t i) { return static_cast<DerivedTable>(i); }
std::size_t index_of(DerivedTable table) { return static_cast<std::size_t>(table); }

/// Bodies of entries that follow each other.
struct Block {
  std::uint64_t first = 0;
  Bytes bodies;
  std::vector<std::size_t> ends;
};

/// Reads the book in a thread of its own: the chain of entries, which it hands on, and then the derived tables.
class Reading {
 public:
  Reading(Connection& snapshot, const std::optional<NotedHead>& noted, std::uint64_t row_key)
      : snapshot_(snapshot), noted_(noted), row_key_(row_key), thread_([this] { read(); }) {}
  ~Reading() {
    blocks_.close();
    thread_.join();
  }
  std::optional<Block> take() { return blocks_.take(); }

  struct Found {
    std::uint64_t entries = 0;
    Hash hash{};
    TableSums sums;
    std::vector<std::string> wrong;  ///< what is wrong with the chain
    bool is_whole = false;           ///< it holds from the first entry to the last
  };
  /// Waits until all is read; throws what reading threw.
  const Found& found() {
    finished_.take();
    if (trouble_) std::rethrow_exception(trouble_);
    return found_;
  }

 private:
  void read() {
    try {
      found_.is_whole = read_chain();
      blocks_.end();
      if (found_.is_whole) read_tables();
    } catch (...) {
      trouble_ = std::current_exception();
    }
    blocks_.end();
    finished_.end();
  }

  bool read_chain() {
    Block block;
    bool goes_on = true;
    const auto broken = [&](std::uint64_t seq, const std::string& why) {
      found_.wrong.push_back("entry " + std::to_string(seq) + ": " + why);
      return goes_on = false;
    };
    const auto hand_on = [&] {
      if (block.ends.empty()) return true;
      Block full = std::move(block);
      block = Block();
      return blocks_.put(std::move(full));
    };
    Transaction(snapshot_).entries_from(0, [&](const EntryRow& row) {
      if (row.seq != found_.entries + 1)
        return broken(row.seq, "expected entry " + std::to_string(found_.entries + 1) + " here");
      const Hash hash = chain_hash(found_.hash, row.body);
      if (hash != row.hash)
        return broken(row.seq, "its hash does not cover its bytes and the entry before it: the chain is broken here");
      found_.hash = hash, found_.entries = row.seq;
      if (noted_ && noted_->seq == row.seq && noted_->hash != hex(hash))
        found_.wrong.push_back("entry " + std::to_string(row.seq) +
                               " has another hash than was noted: it, or something before it, was written anew");
      if (block.ends.empty()) block.first = row.seq, block.bodies.reserve(block_bytes + row.body.size());
      block.bodies.insert(block.bodies.end(), row.body.begin(), row.body.end());
      block.ends.push_back(block.bodies.size());
      return block.bodies.size() < block_bytes || (goes_on = hand_on());
    });
    goes_on = hand_on() && goes_on;
    if (goes_on && noted_ && noted_->seq > found_.entries)
      found_.wrong.push_back("the head that was noted is entry " + std::to_string(noted_->seq) + ", the book ends at " +
                             std::to_string(found_.entries) + ": its tail was cut");
    return goes_on;
  }

  void read_tables() {
    DerivedRow row(row_key_);
    for (std::size_t i = 0; i < found_.sums.size(); ++i)
      stored_rows(snapshot_, table_of(i), row, [&](const DerivedRow& r) { found_.sums[i].add(r); });
  }

  Connection& snapshot_;
  const std::optional<NotedHead>& noted_;
  const std::uint64_t row_key_;
  Pipe<Block> blocks_{most_blocks};
  Pipe<int> finished_{1};
  Found found_;
  std::exception_ptr trouble_;
  std::thread thread_;
};

/// Makes the view again from one entry. Says what is wrong with it, or nothing.
std::string apply_again(View& made, ByteView body, std::uint64_t seq, Entry& entry, Bytes& again) {
  try {
    decode_entry(body, seq, entry);
    again.clear();
    encode_entry(entry, again);
    if (!std::equal(again.begin(), again.end(), body.begin(), body.end())) return "its bytes are not in their one form";
    made.apply(entry);
    check_laws(made, entry);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

void note_key(const Entry& entry, NamedKeys& keys) {
  if (entry.kind != EntryKind::change_key) return;
  for (const Fact& fact : entry.facts) {
    const auto* changed = std::get_if<KeyChanged>(&fact);
    const std::optional<Bytes> bytes = changed ? from_hex(changed->key) : std::nullopt;
    if (!bytes || bytes->size() != sizeof(Hash)) continue;
    std::copy(bytes->begin(), bytes->end(), keys.emplace_back(entry.seq, Hash{}).second.begin());
  }
}

/// Everything that the entries say, in order; stops at the first entry that cannot be.
bool replay(Reading& reading, View& made, DerivedRow& row, const EmitRow& emit, std::vector<std::string>& wrong,
            NamedKeys& keys) {
  Entry entry;
  Bytes again;
  while (const std::optional<Block> block = reading.take()) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < block->ends.size(); begin = block->ends[i++]) {
      const std::uint64_t seq = block->first + i;
      const ByteView body = ByteView(block->bodies).subspan(begin, block->ends[i] - begin);
      if (const std::string why = apply_again(made, body, seq, entry, again); !why.empty()) {
        wrong.push_back("entry " + std::to_string(seq) + ": " + why);
        return false;
      }
      note_key(entry, keys);
      take_grown_rows(made, row, emit);
    }
  }
  made_rows(made, row, emit);
  return true;
}

/// Names what differs, row by row; everything is made once more for it.
void name_differences(Store& store, Connection& snapshot, const std::vector<bool>& differs, const Bytes& key_secret,
                      std::vector<std::string>& wrong) {
  std::array<std::vector<std::string>, derived_table_names.size()> made_texts;
  DerivedRow row(0, true);
  {
    const std::unique_ptr<Connection> beside = store.open_reader();
    beside->begin();
    Transaction looks(*beside);
    View made = View::empty(looks);
    made.set_key_secret(key_secret);
    Reading reading(snapshot, std::nullopt, 0);
    NamedKeys keys;
    replay(
        reading, made, row,
        [&](DerivedTable table, const DerivedRow& r) {
          if (differs[index_of(table)]) made_texts[index_of(table)].push_back(r.text());
        },
        wrong, keys);
    reading.found();
    beside->rollback();
  }
  for (std::size_t i = 0; i < made_texts.size(); ++i) {
    if (!differs[i]) continue;
    std::vector<std::string>& expected = made_texts[i];
    std::vector<std::string> stored;
    stored_rows(snapshot, table_of(i), row, [&](const DerivedRow& r) { stored.push_back(r.text()); });
    std::sort(expected.begin(), expected.end()), std::sort(stored.begin(), stored.end());
    std::vector<std::string> missing, invented;
    std::set_difference(expected.begin(), expected.end(), stored.begin(), stored.end(), std::back_inserter(missing));
    std::set_difference(stored.begin(), stored.end(), expected.begin(), expected.end(), std::back_inserter(invented));
    const std::string name = "table " + std::string(derived_table_names[i]);
    for (std::size_t k = 0; k < std::min(missing.size(), most_named); ++k)
      wrong.push_back(name + " lacks the row " + missing[k]);
    for (std::size_t k = 0; k < std::min(invented.size(), most_named); ++k)
      wrong.push_back(name + " has a row that no entry made: " + invented[k]);
    if (missing.size() + invented.size() > 2 * most_named)
      wrong.push_back(name + " differs in " + std::to_string(missing.size() + invented.size()) + " rows");
  }
}

void verify_private(Connection& snapshot, std::vector<std::string>& wrong) {
  Transaction(snapshot).all_private([&](const PrivateRow& row) {
    if (sha256({row.salt, bytes_of(row.value)}) != row.hash)
      wrong.push_back("a personal value is not the one whose hash " + hex(row.hash) + " the ledger holds");
  });
}

std::uint64_t random_key() {
  std::uint64_t key = 0;
  for (const std::uint8_t byte : random_bytes(sizeof key)) key = key << 8 | byte;
  return key;
}

/// `snapshot` is read by another thread while `beside` answers what corrections point at; entries never change, so it
/// does not matter that the two may see different heads.
void verify(Store& store, Connection& snapshot, Connection& beside, const KeptElsewhere& kept, Verified& result) {
  const std::optional<Head> head = Transaction(snapshot).head();
  if (!head) {
    result.wrong.push_back("the book has no head");
    return;
  }
  const Bytes key_secret = from_hex(Transaction(snapshot).setting("key_secret").value_or("")).value_or(Bytes());
  Transaction looks(beside);
  View made = View::empty(looks);
  made.set_key_secret(key_secret);
  const std::uint64_t row_key = random_key();
  TableSums made_sums;
  std::vector<bool> differs;
  NamedKeys keys;
  {
    Reading reading(snapshot, kept.head, row_key);
    DerivedRow row(row_key);
    const bool could_be = replay(
        reading, made, row, [&](DerivedTable table, const DerivedRow& r) { made_sums[index_of(table)].add(r); },
        result.wrong, keys);
    result.entries = made.head().seq;
    if (!could_be) return;
    const Reading::Found& found = reading.found();
    result.wrong.insert(result.wrong.end(), found.wrong.begin(), found.wrong.end());
    result.hash = hex(found.hash);
    if (!found.is_whole) return;
    for (std::size_t i = 0; i < made_sums.size(); ++i) differs.push_back(made_sums[i] != found.sums[i]);
  }
  if (head->seq != made.head().seq || hex(head->hash) != result.hash)
    result.wrong.push_back("the head says entry " + std::to_string(head->seq) + ", the entries end at " +
                           std::to_string(made.head().seq));
  if (head->next_id != made.head().next_id || head->settled_max != made.head().settled_max)
    result.wrong.push_back("the head's counters are not those that the entries make");
  if (std::find(differs.begin(), differs.end(), true) != differs.end())
    name_differences(store, snapshot, differs, key_secret, result.wrong);
  verify_private(snapshot, result.wrong);
  Transaction transaction(snapshot);
  verify_checkpoints(transaction, keys, kept.checkpoints, result.wrong);
}

/// Before the snapshot is taken: the book may only have gone on since.
std::optional<HeadFile::Head> remembered_of(const Store& store, std::vector<std::string>& wrong) {
  if (store.state_folder().empty()) return std::nullopt;
  try {
    return HeadFile::read(store.state_folder());
  } catch (const StoreFailure& failure) {
    wrong.push_back(failure.what());
    return std::nullopt;
  }
}

}  // namespace

Verified verify(Store& store, const std::optional<NotedHead>& noted) { return verify(store, KeptElsewhere{noted, {}}); }

std::string wrong_with_chain(Store& store) {
  const std::unique_ptr<Connection> reader = store.open_reader();
  reader->begin();
  Transaction snapshot(*reader);
  Hash hash{};
  std::uint64_t seq = 0;
  std::string wrong;
  snapshot.entries_from(0, [&](const EntryRow& row) {
    hash = chain_hash(hash, row.body);
    if (row.seq != ++seq || row.hash != hash) wrong = "the chain is broken at entry " + std::to_string(row.seq);
    return wrong.empty();
  });
  const std::optional<Head> head = snapshot.head();
  if (wrong.empty() && (!head || head->seq != seq || head->hash != hash)) wrong = "its head is not its newest entry";
  return wrong;
}

Verified verify(Store& store, const KeptElsewhere& kept) {
  Verified result;
  const std::optional<HeadFile::Head> remembered = remembered_of(store, result.wrong);
  try {
    const std::unique_ptr<Connection> snapshot = store.open_reader(), beside = store.open_reader();
    snapshot->begin(), beside->begin();
    verify(store, *snapshot, *beside, kept, result);
    Transaction transaction(*snapshot);
    if (const std::optional<Head> head = transaction.head(); remembered && head)
      if (std::string why = older_than(*remembered, transaction, *head); !why.empty())
        result.wrong.push_back(std::move(why));
    snapshot->rollback(), beside->rollback();
  } catch (const StoreFailure& failure) {
    result.wrong.push_back(std::string("the file cannot be read: ") + failure.what());
  }
  for (std::string& damage : store.damage()) result.wrong.push_back(std::move(damage));
  return result;
}

}  // namespace lotbook
