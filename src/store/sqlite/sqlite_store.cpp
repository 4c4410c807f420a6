// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.h"

#include <array>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "store/sqlite/sqlite_search.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;

Kind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL: return Kind::full;
    case SQLITE_READONLY: return Kind::read_only;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Kind::in_use;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Kind::damaged;
    default: return Kind::unavailable;
  }
}

[[noreturn]] void fail(sqlite3* db, int code, const std::string& doing) {
  std::string what = doing + ": " + (db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
  // Who looks for the cause of a failing disk needs the operation and the system's word for it.
  if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) {
    what += " (SQLite " + std::to_string(db ? sqlite3_extended_errcode(db) : code);
    const int system_error = db ? sqlite3_system_errno(db) : 0;
    what += (system_error != 0 ? ", " + std::string(std::strerror(system_error)) : std::string()) + ")";
  }
  throw StoreFailure(kind_of(code), what);
}

class SqliteStatement : public Statement {
 public:
  SqliteStatement(sqlite3* db, std::string_view sql) : db_(db) {
    const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement_, nullptr);
    if (code != SQLITE_OK) fail(db, code, "cannot prepare \"" + std::string(sql) + "\"");
    // `$1` is a named parameter in SQLite, numbered by first appearance: remember where each one stands.
    const int count = sqlite3_bind_parameter_count(statement_);
    index_.assign(static_cast<std::size_t>(count) + 1, 0);
    for (int i = 1; i <= count; ++i) {
      const int number = std::atoi(sqlite3_bind_parameter_name(statement_, i) + 1);
      check(number >= 1 && number <= count, "SQL parameters are $1, $2, … without gaps");
      index_[static_cast<std::size_t>(number)] = i;
    }
  }
  ~SqliteStatement() override { sqlite3_finalize(statement_); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void bind(int parameter, std::int64_t value) override {
    verify(sqlite3_bind_int64(statement_, at(parameter), value));
  }
  void bind(int parameter, std::string_view text) override {
    verify(sqlite3_bind_text(statement_, at(parameter), text.empty() ? "" : text.data(), static_cast<int>(text.size()),
                             SQLITE_STATIC));
  }
  void bind_blob(int parameter, ByteView bytes) override {
    verify(sqlite3_bind_blob(statement_, at(parameter),
                             bytes.empty() ? reinterpret_cast<const std::uint8_t*>("") : bytes.data(),
                             static_cast<int>(bytes.size()), SQLITE_STATIC));
  }
  bool step() override {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3_reset(statement_);
    fail(db_, code, "the database failed");
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string_view();
  }
  ByteView blob(int column) const override {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return bytes ? ByteView(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : ByteView();
  }
  void reset() override { sqlite3_reset(statement_); }

 private:
  int at(int parameter) const {
    check(parameter >= 1 && static_cast<std::size_t>(parameter) < index_.size(),
          "a parameter that the SQL does not have");
    return index_[static_cast<std::size_t>(parameter)];
  }
  void verify(int code) {
    if (code != SQLITE_OK) fail(db_, code, "cannot bind");
  }
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
  std::vector<int> index_;
};

/// Gathers rows and writes up to 24 with one statement: fewer steps through SQLite's interpreter, and statements stay
/// far below the 32,766 parameters that other builds allow.
class SqliteRowSink : public RowSink {
 public:
  static constexpr int rows_at_once = 24;

  SqliteRowSink(sqlite3* db, const char* insert, int columns, const char* on_conflict)
      : many_(db, text(insert, columns, rows_at_once, on_conflict)),
        one_(db, text(insert, columns, 1, on_conflict)),
        columns_(columns) {
    values_.reserve(static_cast<std::size_t>(columns) * rows_at_once);
  }
  void integer(std::int64_t value) override { values_.push_back({Type::integer, value, {}}); }
  void text(std::string_view value) override { values_.push_back({Type::text, 0, bytes_of(value)}); }
  void blob(ByteView value) override { values_.push_back({Type::blob, 0, value}); }
  void end_row() override {
    if (values_.size() == static_cast<std::size_t>(columns_) * rows_at_once)
      write(many_, 0, rows_at_once), values_.clear();
  }
  void finish() override {
    const int rows = static_cast<int>(values_.size()) / columns_;
    for (int row = 0; row < rows; ++row) write(one_, row, 1);
    values_.clear();
  }
  void drop() { values_.clear(); }

 private:
  enum class Type { integer, text, blob };
  struct Value {
    Type type;
    std::int64_t number;
    ByteView bytes;
  };
  static std::string text(const char* insert, int columns, int rows, const char* on_conflict) {
    std::string sql = insert;
    for (int row = 0, parameter = 1; row < rows; ++row) {
      sql += row == 0 ? " (" : ", (";
      for (int column = 0; column < columns; ++column, ++parameter)
        sql += (column == 0 ? "$" : ", $") + std::to_string(parameter);
      sql += ")";
    }
    return sql + " " + on_conflict;
  }
  void write(SqliteStatement& statement, int first_row, int rows) {
    const Value* value = &values_[static_cast<std::size_t>(first_row * columns_)];
    for (int i = 1; i <= rows * columns_; ++i, ++value) {
      switch (value->type) {
        case Type::integer: statement.bind(i, value->number); break;
        case Type::text: statement.bind(i, text_of(value->bytes)); break;
        case Type::blob: statement.bind_blob(i, value->bytes); break;
      }
    }
    statement.step();
    statement.reset();
  }
  SqliteStatement many_, one_;
  int columns_;
  std::vector<Value> values_;
};

class SqliteConnection : public Connection {
 public:
  SqliteConnection(sqlite3* db, bool writes) : db_(db), writes_(writes) {}
  ~SqliteConnection() override {
    sinks_.clear(), statements_.clear();
    sqlite3_close_v2(db_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  void begin() override { run(writes_ ? "begin immediate" : "begin"); }
  void commit() override {
    // One that was not read to its end would go on reading the old state, and no checkpoint could ever end the log.
    reset_statements();
    char* message = nullptr;
    const int code = sqlite3_exec(db_, "commit", nullptr, nullptr, &message);
    if (code == SQLITE_OK) return;
    const std::string what = message ? message : sqlite3_errstr(code);
    sqlite3_free(message);
    rollback();
    // Readers write nothing, so nothing of theirs can be in doubt.
    if (writes_)
      throw OutcomeUnknown(kind_of(code), "the database could not say whether the commit is durable: " + what);
    throw StoreFailure(kind_of(code), what);
  }
  void rollback() noexcept override {
    reset_statements();
    for (auto& [key, sink] : sinks_) sink->drop();
    if (!sqlite3_get_autocommit(db_)) sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
  }
  void run(std::string_view sql) override {
    char* message = nullptr;
    const int code = sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, &message);
    sqlite3_free(message);
    if (code != SQLITE_OK) fail(db_, code, "the database failed");
  }
  Statement& prepared(const char* sql) override {
    auto& statement = statements_[sql];
    if (!statement) statement = std::make_unique<SqliteStatement>(db_, sql);
    return *statement;
  }
  RowSink& rows_into(const char* insert, int columns, const char* on_conflict) override {
    auto& sink = sinks_[insert];
    if (!sink) sink = std::make_unique<SqliteRowSink>(db_, insert, columns, on_conflict);
    return *sink;
  }
  sqlite3* handle() { return db_; }

 private:
  void reset_statements() noexcept {
    for (auto& [key, statement] : statements_) statement->reset();
  }

  sqlite3* db_;
  bool writes_;
  std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
  std::unordered_map<const char*, std::unique_ptr<SqliteRowSink>> sinks_;
};

/// The lock that keeps a second writing process out; held as long as the file is open.
class WriterLock {
 public:
  explicit WriterLock(const std::string& file) : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0)
      throw StoreFailure(errno == EROFS || errno == EACCES ? Kind::read_only : Kind::unavailable,
                         "cannot open " + file + ": " + std::strerror(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      char address[200];
      const ssize_t size = ::pread(file_, address, sizeof address, 0);
      ::close(file_);
      throw StoreFailure(Kind::in_use,
                         in_use(std::string_view(address, size > 0 ? static_cast<std::size_t>(size) : 0)));
    }
    // What a program that was killed left there.
    [[maybe_unused]] const int emptied = ::ftruncate(file_, 0);
  }
  ~WriterLock() { ::close(file_); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

  /// The lock file says where the process that holds it can be asked, when it serves.
  static void note_address(const std::string& file, const std::string& url) {
    const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (handle < 0) return;
    [[maybe_unused]] const ssize_t written = ::write(handle, url.data(), url.size());
    ::close(handle);
  }

 private:
  static std::string in_use(std::string_view address) {
    const bool serves = address.starts_with("http");
    return "another process writes this book; " +
           (serves ? "ask it with --url " + std::string(address)
                   : std::string("wait until it is done, or, if it is a server, ask it with --url http://HOST:PORT")) +
           " and --token TOKEN (or LOTBOOK_TOKEN), or stop it first";
  }
  int file_;
};

class LockedConnection : public SqliteConnection {
 public:
  LockedConnection(std::unique_ptr<WriterLock> lock, sqlite3* db)
      : SqliteConnection(db, true), lock_(std::move(lock)) {}

 private:
  std::unique_ptr<WriterLock> lock_;
};

std::string pragma_value(SqliteConnection& connection, const char* pragma) {
  SqliteStatement statement(connection.handle(), pragma);
  statement.step();
  return std::string(statement.text(0));
}

class SqliteStore : public Store {
 public:
  explicit SqliteStore(SqliteOptions options) : options_(std::move(options)) {
    if (!options_.create && ::access(options_.file.c_str(), F_OK) != 0) {
      throw StoreFailure(Kind::unavailable, "there is no book at " + options_.file);
    }
  }

  std::unique_ptr<Connection> open_writer() override {
    auto lock = std::make_unique<WriterLock>(options_.file + "-lock");
    auto connection = std::make_unique<LockedConnection>(
        std::move(lock), open(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX));
    connection->run("pragma journal_mode = wal");
    check(pragma_value(*connection, "pragma journal_mode") == "wal", "a book is kept with a write-ahead log");
    connection->run("pragma wal_autocheckpoint = " + std::to_string(options_.checkpoint_pages));
    connection->run(
        "pragma synchronous = full; pragma journal_size_limit = 67108864; pragma secure_delete = off; "
        "pragma foreign_keys = off; pragma temp_store = memory;");
    connection->run("pragma cache_size = -" + std::to_string(options_.cache_megabytes * 1024));
    check(pragma_value(*connection, "pragma synchronous") == "2",
          "an acknowledged commit survives a power cut: synchronous is FULL");
    return connection;
  }

  std::unique_ptr<Connection> open_reader() override {
    auto connection = std::make_unique<SqliteConnection>(open(SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX), false);
    connection->run(
        "pragma wal_autocheckpoint = 0; pragma cache_size = -65536; pragma temp_store = memory; pragma query_only = "
        "on; pragma mmap_size = 1073741824");
    return connection;
  }

  void backup(const std::string& to_file, const std::function<void(BackupProgress)>& progress) override {
    auto source = std::make_unique<SqliteConnection>(open(SQLITE_OPEN_READONLY), false);
    if (to_file.find("://") != std::string::npos)
      throw StoreFailure(Kind::unavailable, "a backup is a file; into a database, copy the book: lotbook copy --from " +
                                                options_.file + " --to postgresql://HOST/DATABASE?book=NAME");
    if (::access(to_file.c_str(), F_OK) == 0)
      throw StoreFailure(Kind::unavailable, to_file + " is there already; a backup never overwrites");
    const std::string part = to_file + ".part";
    ::unlink(part.c_str());
    sqlite3* target = nullptr;
    int code = sqlite3_open_v2(part.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    SqliteConnection copy(target, true);
    if (code != SQLITE_OK) fail(target, code, "cannot write " + part);
    copy.run("pragma synchronous = full");
    // One read transaction on the source: the copy is the book as of one moment, and writers never make it start over.
    source->begin();
    SqliteStatement(source->handle(), "select count(*) from sqlite_schema").step();
    sqlite3_backup* backup = sqlite3_backup_init(target, "main", source->handle(), "main");
    if (!backup) fail(target, sqlite3_errcode(target), "cannot start the backup");
    do {
      code = sqlite3_backup_step(backup, 4096);
      if (progress) progress({sqlite3_backup_remaining(backup), sqlite3_backup_pagecount(backup)});
    } while (code == SQLITE_OK);
    const int finished = sqlite3_backup_finish(backup);
    source->rollback();
    if (code != SQLITE_DONE || finished != SQLITE_OK) {
      ::unlink(part.c_str());
      fail(target, code == SQLITE_DONE ? finished : code, "the backup failed");
    }
    if (pragma_value(copy, "pragma integrity_check") != "ok")
      throw StoreFailure(Kind::damaged, "the copy at " + part + " is damaged");
    // One file, whole by itself: who reads it leaves no log beside it.
    copy.run("pragma journal_mode = delete");
    if (::rename(part.c_str(), to_file.c_str()) != 0)
      throw StoreFailure(Kind::unavailable, "cannot name the backup " + to_file);
    sync_folder_of(to_file);
  }

  std::vector<std::string> damage() override {
    SqliteConnection reader(open(SQLITE_OPEN_READONLY), false);
    std::vector<std::string> found;
    try {
      SqliteStatement indexed(reader.handle(),
                              "select distinct tbl_name from sqlite_schema where type = 'index' and sql is not null");
      while (indexed.step()) {
        SqliteStatement check(reader.handle(), "pragma integrity_check(" + std::string(indexed.text(0)) + ")");
        while (check.step())
          if (check.text(0) != "ok") found.push_back("the database says: " + std::string(check.text(0)));
      }
    } catch (const StoreFailure& failure) {
      found.push_back(std::string("the database says: ") + failure.what());
    }
    return found;
  }

  void note_address(const std::string& url) override { WriterLock::note_address(options_.file + "-lock", url); }
  std::unique_ptr<SearchIndex> open_search() override { return open_sqlite_search(options_.file + "-search"); }
  std::string name() const override { return options_.file; }

 private:
  sqlite3* open(int flags) {
    sqlite3* db = nullptr;
    const std::string& file = options_.file;
    const int code = sqlite3_open_v2(file.c_str(), &db, flags, options_.vfs.empty() ? nullptr : options_.vfs.c_str());
    if (code != SQLITE_OK) {
      const std::string what = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
      sqlite3_close_v2(db);
      throw StoreFailure((code & 0xff) == SQLITE_READONLY ? Kind::read_only : Kind::unavailable,
                         "cannot open " + file + ": " + what);
    }
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, 5000);
    return db;
  }
  static void sync_folder_of(const std::string& file) {
    const std::size_t slash = file.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : file.substr(0, slash + 1);
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;
    ::fsync(handle);
    ::close(handle);
  }

  SqliteOptions options_;
};

}  // namespace

std::unique_ptr<Store> open_sqlite(SqliteOptions options) {
  // Counting memory costs a lock at each allocation. Has no effect when SQLite is in use already.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return std::make_unique<SqliteStore>(std::move(options));
}

}  // namespace lotbook
