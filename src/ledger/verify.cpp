// SPDX-License-Identifier: Apache-2.0
#include "ledger/verify.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "ledger/book.h"
#include "ledger/laws.h"
#include "store/sql/derived_rows.h"

namespace lotbook {

namespace {

constexpr std::size_t most_named = 20;  // differences named one by one for each table

/// The sum of the hashes of all rows: equal for equal tables, whatever their order. Keyed anew at every run, so that
/// nobody can prepare rows whose hashes cancel out.
class RowSum {
 public:
  explicit RowSum(std::uint64_t key) : key_(key) {}
  void add(std::string_view row) {
    const std::uint64_t hash = std::hash<std::string_view>{}(row) ^ key_;
    sum_ += hash * (hash | 1) * 0x9E3779B97F4A7C15ull + (hash >> 29);
    ++count_;
  }
  bool operator==(const RowSum& other) const { return sum_ == other.sum_ && count_ == other.count_; }

 private:
  std::uint64_t key_, sum_ = 0, count_ = 0;
};

using Emit = std::function<void(const RowText&)>;

void expected_lots(View& view, const Emit& emit) {
  RowText row;
  view.each_lot([&](const LotState& state) {
    const Lot& lot = state.lot;
    row.clear();
    row.add(lot.id.value)
        .add(lot.item.value)
        .add(lot.code)
        .add(static_cast<int>(lot.quality))
        .add(static_cast<int>(lot.origin))
        .add(lot.expiry_calculated ? 1 : 0);
    row.add(lot.received_on.day)
        .add(lot.produced_on.day)
        .add(lot.expires_on.day)
        .add(lot.best_before_on.day)
        .add(lot.retest_on.day)
        .add(state.is_held ? 1 : 0);
    row.add(static_cast<std::int64_t>(lot.opened_in));
    emit(row);
  });
}

void expected_stock(View& view, const Emit& emit) {
  RowText row;
  view.each_lot([&](const LotState& state) {
    for (const LotState::Cell& cell : state.cells) {
      if (cell.quantity.is_zero() && cell.quantity2.is_zero()) continue;
      row.clear();
      row.add(state.lot.item.value)
          .add(view.pick_day(state.lot))
          .add(state.lot.id.value)
          .add(cell.place.value)
          .add(view.is_blocked(state) ? 1 : 0);
      row.add(cell.quantity.millionths()).add(cell.quantity2.millionths());
      emit(row);
    }
  });
}

void expected_runs(View& view, const Emit& emit) {
  std::vector<std::uint32_t>& runs = view.changes().runs;
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  RowText row;
  for (const std::uint32_t id : runs) {
    const Run& run = *view.run(Id<Run>{id});
    row.clear();
    row.add(run.id.value)
        .add(run.number)
        .add(static_cast<int>(run.kind))
        .add(static_cast<int>(run.state))
        .add(run.place.value)
        .add(run.recipe);
    row.add(static_cast<std::int64_t>(run.opened_in)).add(static_cast<std::int64_t>(run.closed_in));
    emit(row);
  }
}

void expected_holds(View& view, const Emit& emit) {
  RowText row;
  const std::set<std::uint32_t> holds(view.changes().holds.begin(), view.changes().holds.end());
  for (const std::uint32_t id : holds) {
    const Hold& hold = *view.hold(Id<Hold>{id});
    row.clear();
    row.add(hold.id.value)
        .add(hold.number)
        .add(hold.reason)
        .add(hold.author)
        .add(hold.recall)
        .add(static_cast<int>(hold.flow))
        .add(hold.place.value);
    row.add(static_cast<std::int64_t>(hold.opened_in)).add(static_cast<std::int64_t>(hold.lifted_in));
    emit(row);
  }
}

void expected_joined(View& view, const Emit& emit) {
  RowText row;
  std::set<std::pair<Id<Lot>, Id<Lot>>> seen;
  for (const JoinedRow& join : view.changes().joined)
    if (seen.emplace(join.lot, join.with).second)
      row.clear(), emit(row.add(join.lot.value).add(join.with.value).add(static_cast<std::int64_t>(join.seq)));
}

void expected_readings(View& view, const Emit& emit) {
  RowText row;
  std::set<std::tuple<std::uint32_t, std::string, std::uint64_t>> dropped, seen;
  for (const ReadingRow& r : view.changes().readings_dropped) dropped.emplace(r.subject, r.attribute, r.seq);
  for (const ReadingRow& r : view.changes().readings) {
    const std::tuple key{r.subject, r.attribute, r.seq};
    if (dropped.contains(key) || !seen.insert(key).second) continue;
    row.clear();
    emit(row.add(r.subject).add(r.attribute).add(static_cast<std::int64_t>(r.seq)).add(r.value).add(r.unit));
  }
}

void expected_rows(View& view, DerivedTable table, const Emit& emit) {
  View::Changes& changes = view.changes();
  RowText row;
  const auto sorted = [](auto& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  };
  switch (table) {
    case DerivedTable::lot: return expected_lots(view, emit);
    case DerivedTable::stock: return expected_stock(view, emit);
    case DerivedTable::run: return expected_runs(view, emit);
    case DerivedTable::hold: return expected_holds(view, emit);
    case DerivedTable::joined: return expected_joined(view, emit);
    case DerivedTable::reading: return expected_readings(view, emit);
    case DerivedTable::name:
      for (const LotName& n : changes.names)
        row.clear(), emit(row.add(n.item.value)
                              .add(skeleton(n.code))
                              .add(n.code)
                              .add(static_cast<int>(n.kind))
                              .add(n.issuer.value)
                              .add(n.lot.value));
      return;
    case DerivedTable::touch:
      for (const auto& [subject, seq] : changes.touches)
        row.clear(), emit(row.add(subject).add(static_cast<std::int64_t>(seq)));
      return;
    case DerivedTable::document:
      sorted(changes.documents);
      for (const auto& [number, seq] : changes.documents)
        row.clear(), emit(row.add(number).add(static_cast<std::int64_t>(seq)));
      return;
    case DerivedTable::idem:
      for (const auto& [key, seq] : changes.idem) row.clear(), emit(row.add(key).add(static_cast<std::int64_t>(seq)));
      return;
    case DerivedTable::hold_lot: {
      std::set<std::pair<Id<Hold>, Id<Lot>>> pairs(changes.hold_lots.begin(), changes.hold_lots.end());
      for (const auto& [hold, lot] : pairs)
        if (view.covers(hold, lot)) row.clear(), emit(row.add(lot.value).add(hold.value));
      return;
    }
    case DerivedTable::record:
      sorted(changes.records);
      for (const std::uint32_t id : changes.records) {
        const RecordRow record = record_row(view.masters(), id);
        row.clear();
        emit(row.add(record.id).add(static_cast<int>(record.noun)).add(record.code).add(record.body));
      }
      return;
    case DerivedTable::noticed:
      for (const auto& n : changes.noticed)
        row.clear(), emit(row.add(static_cast<std::int64_t>(n.seq))
                              .add(static_cast<std::int64_t>(n.position))
                              .add(n.code)
                              .add(n.lot.value));
      return;
  }
}

std::string readable(std::string row) {
  if (!row.empty()) row.pop_back();
  std::replace(row.begin(), row.end(), '\x1f', '|');
  return row;
}

/// Names what differs, row by row; only called when the sums say that something does.
void name_differences(Connection& connection, View& view, DerivedTable table, std::vector<std::string>& wrong) {
  std::vector<std::string> expected, stored;
  expected_rows(view, table, [&](const RowText& row) { expected.emplace_back(row.text()); });
  stored_rows(connection, table, [&](const RowText& row) { stored.emplace_back(row.text()); });
  std::sort(expected.begin(), expected.end()), std::sort(stored.begin(), stored.end());
  std::vector<std::string> missing, invented;
  std::set_difference(expected.begin(), expected.end(), stored.begin(), stored.end(), std::back_inserter(missing));
  std::set_difference(stored.begin(), stored.end(), expected.begin(), expected.end(), std::back_inserter(invented));
  const std::string name = "table " + std::string(derived_table_names[static_cast<std::size_t>(table)]);
  for (std::size_t i = 0; i < std::min(missing.size(), most_named); ++i)
    wrong.push_back(name + " lacks the row " + readable(missing[i]));
  for (std::size_t i = 0; i < std::min(invented.size(), most_named); ++i)
    wrong.push_back(name + " has a row that no entry made: " + readable(invented[i]));
  if (missing.size() + invented.size() > 2 * most_named)
    wrong.push_back(name + " differs in " + std::to_string(missing.size() + invented.size()) + " rows");
}

/// Everything that the entries say, in order; stops at the first entry that cannot be.
bool replay(Connection& snapshot, View& view, const std::optional<NotedHead>& noted, Verified& result) {
  Transaction transaction(snapshot);
  Hash previous{};
  Entry entry;
  Bytes again;
  bool goes_on = true;
  const auto broken = [&](std::uint64_t seq, const std::string& why) {
    result.wrong.push_back("entry " + std::to_string(seq) + ": " + why);
    goes_on = false;
    return false;
  };
  transaction.entries_from(0, [&](const EntryRow& row) {
    if (row.seq != result.entries + 1)
      return broken(row.seq, "expected entry " + std::to_string(result.entries + 1) + " here");
    const Hash hash = chain_hash(previous, row.body);
    if (hash != row.hash)
      return broken(row.seq, "its hash does not cover its bytes and the entry before it: the chain is broken here");
    try {
      decode_entry(row.body, row.seq, entry);
      again.clear();
      encode_entry(entry, again);
      if (!std::equal(again.begin(), again.end(), row.body.begin(), row.body.end()))
        return broken(row.seq, "its bytes are not in their one form");
      view.apply(entry);
      view.set_hash(hash);
      check_laws(view, entry);
    } catch (const std::exception& error) {
      return broken(row.seq, error.what());
    }
    previous = hash;
    ++result.entries;
    if (noted && noted->seq == row.seq && noted->hash != hex(hash))
      result.wrong.push_back("entry " + std::to_string(row.seq) +
                             " has another hash than was noted: it, or something before it, was written anew");
    return true;
  });
  result.hash = hex(previous);
  if (noted && noted->seq > result.entries)
    result.wrong.push_back("the head that was noted is entry " + std::to_string(noted->seq) + ", the book ends at " +
                           std::to_string(result.entries) + ": its tail was cut");
  return goes_on;
}

void verify_private(Connection& snapshot, std::vector<std::string>& wrong) {
  Transaction(snapshot).all_private([&](const PrivateRow& row) {
    if (sha256({row.salt, bytes_of(row.value)}) != row.hash)
      wrong.push_back("a personal value is not the one whose hash " + hex(row.hash) + " the ledger holds");
  });
}

}  // namespace

Verified verify(Connection& snapshot, const std::optional<NotedHead>& noted) {
  Verified result;
  Transaction transaction(snapshot);
  const std::optional<Head> head = transaction.head();
  if (!head) {
    result.wrong.push_back("the book has no head");
    return result;
  }
  View view = View::empty(transaction);
  view.set_key_secret(from_hex(transaction.setting("key_secret").value_or("")).value_or(Bytes()));
  if (!replay(snapshot, view, noted, result)) return result;
  const Head& made = view.head();
  if (head->seq != made.seq || hex(head->hash) != result.hash)
    result.wrong.push_back("the head says entry " + std::to_string(head->seq) + ", the entries end at " +
                           std::to_string(made.seq));
  if (head->next_id != made.next_id || head->settled_max != made.settled_max)
    result.wrong.push_back("the head's counters are not those that the entries make");
  const Bytes random = random_bytes(8);
  std::uint64_t key = 0;
  for (const std::uint8_t byte : random) key = key << 8 | byte;
  for (std::size_t i = 0; i < derived_table_names.size(); ++i) {
    const auto table = static_cast<DerivedTable>(i);
    RowSum expected(key), stored(key);
    expected_rows(view, table, [&](const RowText& row) { expected.add(row.text()); });
    stored_rows(snapshot, table, [&](const RowText& row) { stored.add(row.text()); });
    if (!(expected == stored)) name_differences(snapshot, view, table, result.wrong);
  }
  verify_private(snapshot, result.wrong);
  return result;
}

Verified verify(Store& store, const std::optional<NotedHead>& noted) {
  const std::unique_ptr<Connection> reader = store.open_reader();
  reader->begin();
  Verified result;
  try {
    result = verify(*reader, noted);
  } catch (const StoreFailure& failure) {
    result.wrong.push_back(std::string("the file cannot be read: ") + failure.what());
  }
  reader->rollback();
  for (std::string& damage : store.damage()) result.wrong.push_back(std::move(damage));
  return result;
}

}  // namespace lotbook
