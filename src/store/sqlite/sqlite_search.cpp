// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_search.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <sqlite3.h>
#include <unistd.h>
#include <unordered_set>

#include "base/text.h"
#include "store/sqlite/sqlite_store.h"

// Connections, write-ahead log and the lock against a second writer are those of a book; only the tables differ.
// `gram` holds nothing but the trigrams of keys, by place; `term` says what stands there; `exact` finds whole keys.

namespace lotbook {

namespace {

constexpr std::int64_t form = 3;  // 2: units are found; 3: pallets and cases are
constexpr const char* tables = R"(
create table reached (one integer primary key, form integer not null, entry integer not null, hash blob not null);
create table term (place integer primary key, text text not null);
create table exact (key text not null, place integer not null, primary key (key, place)) without rowid;
create virtual table gram using fts5(key, content='', columnsize=0, tokenize='trigram case_sensitive 1');
)";

/// A phrase of FTS5 in which nothing has a meaning of its own.
std::string phrase(std::string_view key) {
  std::string out = "\"";
  for (const char c : key) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

class Resetting {
 public:
  explicit Resetting(Statement& statement) : statement_(statement) {}
  ~Resetting() { statement_.reset(); }
  Resetting(const Resetting&) = delete;
  Resetting& operator=(const Resetting&) = delete;
  Statement* operator->() { return &statement_; }

 private:
  Statement& statement_;
};

/// Nullopt when the tables are of another form, or there are none.
std::optional<SearchReached> reached_in(Connection& connection) {
  {
    Resetting made(connection.prepared("select count(*) from sqlite_schema where name = 'reached'"));
    if (!made->step() || made->integer(0) == 0) return std::nullopt;
  }
  Resetting row(connection.prepared("select form, entry, hash from reached"));
  if (!row->step() || row->integer(0) != form) return std::nullopt;
  SearchReached reached;
  reached.entry = static_cast<std::uint64_t>(row->integer(1));
  const ByteView hash = row->blob(2);
  if (hash.size() != reached.hash.size()) return std::nullopt;
  std::copy(hash.begin(), hash.end(), reached.hash.begin());
  return reached;
}

class SqliteSearchIndex;

class SqliteSearchReading : public SearchReading {
 public:
  SqliteSearchReading(SqliteSearchIndex& index, std::unique_ptr<Connection> connection, std::uint64_t generation)
      : index_(index), connection_(std::move(connection)), generation_(generation) {
    connection_->begin();
    if (const std::optional<SearchReached> reached = reached_in(*connection_)) reached_ = *reached;
  }
  ~SqliteSearchReading() override;
  SqliteSearchReading(const SqliteSearchReading&) = delete;
  SqliteSearchReading& operator=(const SqliteSearchReading&) = delete;

  SearchReached reached() override { return reached_; }
  void terms(Fit fit, const std::string& key, std::int64_t below,
             const std::function<bool(std::int64_t, std::string_view)>& visit) override {
    if (key.find('\0') != std::string::npos) return;  // no code has one, and a phrase would end there
    if (fit == Fit::whole)
      return walk(
          "select exact.place, term.text from exact join term on term.place = exact.place "
          "where exact.key = $1 and exact.place < $2 order by exact.place desc",
          key, below, visit);
    if (length_in_characters(key) < 3) return;
    // A phrase that begins where the key begins; and any phrase but those.
    const std::string words = phrase(key);
    walk(
        "select gram.rowid, term.text from gram cross join term on term.place = gram.rowid "
        "where gram match $1 and gram.rowid < $2 order by gram.rowid desc",
        fit == Fit::beginning ? "^" + words : words + " NOT ^" + words, below,
        [&](std::int64_t place, std::string_view text) {
          return (fit == Fit::beginning && skeleton(text) == key) || visit(place, text);
        });
  }

 private:
  void walk(const char* sql, const std::string& first, std::int64_t below,
            const std::function<bool(std::int64_t, std::string_view)>& visit) {
    Resetting query(connection_->prepared(sql));
    query->bind(1, first), query->bind(2, below);
    while (query->step())
      if (!visit(query->integer(0), query->text(1))) return;
  }
  SqliteSearchIndex& index_;
  std::unique_ptr<Connection> connection_;
  std::uint64_t generation_;
  SearchReached reached_;
};

class SqliteSearchIndex : public SearchIndex {
 public:
  explicit SqliteSearchIndex(const std::string& file)
      : file_(file), store_(open_sqlite({.file = file, .create = true, .cache_megabytes = 32})) {}
  ~SqliteSearchIndex() override {
    if (distrusted_ && writer_) remove_files();
  }
  SqliteSearchIndex(const SqliteSearchIndex&) = delete;
  SqliteSearchIndex& operator=(const SqliteSearchIndex&) = delete;

  std::unique_ptr<SearchReading> read() override {
    std::unique_ptr<Connection> connection;
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(mutex_);
      generation = generation_;
      if (!idle_.empty()) connection = std::move(idle_.back()), idle_.pop_back();
    }
    if (!connection) {
      connection = store_->open_reader();
      // Not mapped: a page of a file that is thrown away must fail to be read, not end the process.
      connection->run("pragma mmap_size = 0; pragma cache_size = -16384");
    }
    return std::make_unique<SqliteSearchReading>(*this, std::move(connection), generation);
  }
  void give_back(std::unique_ptr<Connection> connection, std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    if (generation == generation_ && !distrusted_) idle_.push_back(std::move(connection));
  }
  void distrust() override { distrusted_ = true; }

  SearchReached reached() override {
    if (distrusted_) start_over();
    if (!writer_) open();
    const std::optional<SearchReached> reached = reached_in(*writer_);
    if (reached) return *reached;
    start_over();
    return {};
  }

  void add(std::vector<SearchTerm> terms, const SearchReached& reached) override {
    if (!writer_) open();
    writer_->begin();
    try {
      // Trigrams are gathered in memory as long as places only rise.
      std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
      std::unordered_set<std::string> numbers;
      std::erase_if(terms, [&](SearchTerm& term) {
        const bool is_paper = group_at(term.place) == SearchGroup::paper;
        return (is_paper && !numbers.insert(term.text).second) || !add_term(term);
      });
      std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
      for (const SearchTerm& term : terms) {
        Resetting exact(writer_->prepared("insert into exact (key, place) values ($1, $2) on conflict do nothing"));
        exact->bind(1, term.key), exact->bind(2, term.place);
        exact->step();
      }
      Resetting row(writer_->prepared("update reached set entry = $1, hash = $2"));
      row->bind(1, static_cast<std::int64_t>(reached.entry)), row->bind_blob(2, reached.hash);
      row->step();
    } catch (...) {
      writer_->rollback();
      throw;
    }
    writer_->commit();
  }

  void start_over() override {
    remove_files();
    writer_.reset();
    {
      const std::lock_guard lock(mutex_);
      ++generation_;
      idle_.clear();
      distrusted_ = false;
    }
    open();
  }

 private:
  void open() {
    std::unique_ptr<Connection> writer = store_->open_writer();
    // Lost with the power, a batch is read again.
    writer->run("pragma synchronous = normal");
    writer->begin();
    if (is_empty(*writer)) {
      writer->run(tables);
      Resetting row(writer->prepared("insert into reached (one, form, entry, hash) values (1, $1, 0, $2)"));
      const Hash none{};
      row->bind(1, form), row->bind_blob(2, none);
      row->step();
    }
    writer->commit();
    writer_ = std::move(writer);
  }
  static bool is_empty(Connection& connection) {
    Resetting made(connection.prepared("select count(*) from sqlite_schema"));
    return made->step() && made->integer(0) == 0;
  }

  /// False when it is there already.
  bool add_term(SearchTerm& term) {
    if (group_at(term.place) == SearchGroup::paper) {
      // A number stands on many entries; the first is where it is found.
      Resetting same(
          writer_->prepared("select 1 from exact join term on term.place = exact.place "
                            "where exact.key = $1 and exact.place < $2 and term.text = $3"));
      same->bind(1, term.key), same->bind(2, search_place(SearchGroup::handling_unit, 0, {})), same->bind(3, term.text);
      if (same->step()) return false;
    }
    // Two names of one lot may share a place: the later one moves up by one.
    for (;; ++term.place) {
      {
        Resetting row(writer_->prepared(
            "insert into term (place, text) values ($1, $2) on conflict (place) do nothing returning place"));
        row->bind(1, term.place), row->bind(2, term.text);
        if (row->step()) break;
      }
      Resetting there(writer_->prepared("select text from term where place = $1"));
      there->bind(1, term.place);
      if (there->step() && there->text(0) == term.text) return false;
    }
    Resetting gram(writer_->prepared("insert into gram (rowid, key) values ($1, $2)"));
    gram->bind(1, term.place), gram->bind(2, term.key);
    gram->step();
    return true;
  }

  void remove_files() {
    for (const char* end : {"", "-wal", "-shm"}) ::unlink((file_ + end).c_str());
  }

  std::string file_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Connection> writer_;  // of the one thread that writes
  std::atomic<bool> distrusted_ = false;
  std::mutex mutex_;  // guards what follows
  std::vector<std::unique_ptr<Connection>> idle_;
  std::uint64_t generation_ = 0;
};

SqliteSearchReading::~SqliteSearchReading() {
  connection_->rollback();
  index_.give_back(std::move(connection_), generation_);
}

}  // namespace

std::unique_ptr<SearchIndex> open_sqlite_search(const std::string& file) {
  constexpr int with_trigrams = 3'034'000;
  if (!sqlite3_compileoption_used("ENABLE_FTS5") || sqlite3_libversion_number() < with_trigrams) return nullptr;
  return std::make_unique<SqliteSearchIndex>(file);
}

}  // namespace lotbook
