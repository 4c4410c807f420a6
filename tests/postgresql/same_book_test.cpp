// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/test_seed.h"
#include "commands/bundle/import.h"
#include "ledger/verify.h"
#include "scratch.h"
#include "sent.h"
#include "store/migrations/schema.h"
#include "store/scratch_book.h"
#include "store/sql/copy_book.h"
#include "store/sql/rows.h"

// The same done to a book in a file and to one in PostgreSQL makes the same entries, the same hashes and the same
// tables.

namespace lotbook {

namespace {

using Tables = std::map<std::string, std::vector<std::string>>;

/// Every row of every table as text, sorted. `chosen` says which columns count.
Tables tables_in(Store& store, const std::function<bool(const std::string& table, const std::string& column)>& chosen) {
  Tables tables;
  std::deque<std::string> texts;
  const std::unique_ptr<Connection> reader = store.open_reader();
  reader->begin();
  for (const TableForm& table : tables_of_book()) {
    std::string list;
    for (const std::string& column : table.columns) list += (list.empty() ? "" : ", ") + column;
    Cursor q(reader->prepared(texts.emplace_back("select " + list + " from " + table.name).c_str()));
    std::vector<std::string>& rows = tables[table.name];
    while (q->step()) {
      std::string row;
      for (std::size_t i = 0; i < table.types.size(); ++i) {
        if (!chosen(table.name, table.columns[i])) continue;
        const int column = static_cast<int>(i);
        row += table.types[i] == 'i'   ? std::to_string(q->integer(column))
               : table.types[i] == 't' ? std::string(q->text(column))
                                       : hex(q->blob(column));
        row += '|';
      }
      rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end());
  }
  reader->rollback();
  return tables;
}

void check_same(const Tables& one, const Tables& other) {
  REQUIRE(one.size() == other.size());
  for (const auto& [table, rows] : one) {
    INFO(table);
    CHECK(rows == other.at(table));
  }
}

/// What a book draws by chance for itself does not count: the secret of its keys, and what hangs on it.
bool hangs_on_no_secret(const std::string& table, const std::string& column) {
  return table != "setting" && !(table == "idem" && column == "key");
}
bool any_but_openings(const std::string& table, const std::string& /*column*/) { return table != "setting"; }

class Both {
 public:
  Both() : file_(folder_.file("book")), scratch_(folder_.file("none")) {
    in_file = open_sqlite({.file = file_, .create = true});
    in_postgresql = scratch_.open();
  }
  const Scratch& folder() const { return folder_; }

 private:
  Scratch folder_;
  std::string file_;
  ScratchBook scratch_;

 public:
  std::unique_ptr<Store> in_file, in_postgresql;
};

Head head_of(Store& store) { return Book(store).head(); }

}  // namespace

TEST_CASE("the same commands make the same book in a file and in PostgreSQL") {
  const TestSeed given;
  INFO(given.text());
  const std::uint64_t seed = given.generator()();
  Both both;
  for (Store* store : {both.in_file.get(), both.in_postgresql.get()}) {
    SetClock clock{Instant{1'772'438'400'000'000}};
    Book::create(*store, {}, clock.now());
    Book book(*store);
    std::vector<Sent> commands = set_up_commands();
    Work work("w", seed);
    for (int i = 0; i < 200; ++i) commands.push_back(work.next());
    for (std::size_t first = 0; first < commands.size();) {
      const std::size_t count = std::min(first % 7 + 1, commands.size() - first);
      std::vector<Waiting> waiting;
      for (std::size_t i = 0; i < count; ++i) waiting.push_back({asked_of(commands[first + i]), [](const Outcome&) {}});
      execute(book, clock, waiting);
      first += count;
      clock.set(Instant{clock.now().microseconds + microseconds_per_minute});
    }
  }
  const Head one = head_of(*both.in_file), other = head_of(*both.in_postgresql);
  CHECK(one.seq == other.seq);
  CHECK(one.seq > 100);
  CHECK(hex(one.hash) == hex(other.hash));
  check_same(tables_in(*both.in_file, hangs_on_no_secret), tables_in(*both.in_postgresql, hangs_on_no_secret));
}

TEST_CASE("the same bundle makes the same book in a file and in PostgreSQL, and copies are the same again") {
  Both both;
  const std::string bundle = both.folder().file("bundle");
  REQUIRE(std::system((std::string(MAKE_BUNDLE) + " --rough 1500 " + bundle + " 5 > /dev/null").c_str()) == 0);
  for (Store* store : {both.in_file.get(), both.in_postgresql.get()}) {
    SetClock clock{Instant{1'780'300'800'000'000}};
    ImportOptions options;
    options.folder = bundle;
    const ImportReport report = import_bundle(*store, clock, options);
    for (const BundleFault& fault : report.faults) UNSCOPED_INFO(fault.text());
    REQUIRE(report.faults.empty());
  }
  const Head head = head_of(*both.in_file);
  CHECK(hex(head.hash) == hex(head_of(*both.in_postgresql).hash));
  check_same(tables_in(*both.in_file, hangs_on_no_secret), tables_in(*both.in_postgresql, hangs_on_no_secret));

  // There, and back again.
  const ScratchBook there(both.folder().file("none"));
  {
    const std::unique_ptr<Store> copy = there.open();
    CHECK(copy_book(*both.in_file, *copy).hash == head.hash);
    check_same(tables_in(*both.in_file, any_but_openings), tables_in(*copy, any_but_openings));
    CHECK(verify(*copy, std::nullopt).wrong.empty());
    CHECK_THROWS_AS(copy_book(*both.in_file, *copy), StoreFailure);
    const std::unique_ptr<Store> back = open_sqlite({.file = both.folder().file("back"), .create = true});
    CHECK(copy_book(*copy, *back).hash == head.hash);
    check_same(tables_in(*both.in_file, any_but_openings), tables_in(*back, any_but_openings));
    CHECK(verify(*back, std::nullopt).wrong.empty());
    CHECK_THROWS_AS(copy_book(*copy, *both.in_postgresql), StoreFailure);
  }
}

}  // namespace lotbook
