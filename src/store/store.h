// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "store/search_index.h"

// Where a book is kept. A driver knows only connect, prepare, bind, step, and rows in bulk; all SQL is in store/sql.
// One SQL text serves every driver: `$1` parameters, ON CONFLICT, RETURNING, no sequences. Trouble of disk, network or
// database is an exception.

namespace lotbook {

/// The database or the disk failed. What was in progress is rolled back unless it is `OutcomeUnknown`.
struct StoreFailure : std::runtime_error {
  /// `older_past`: the book is behind, or another than, what was acknowledged before.
  enum class Kind { unavailable, in_use, full, read_only, damaged, newer_format, older_past };
  Kind kind;
  StoreFailure(Kind k, const std::string& what) : std::runtime_error(what), kind(k) {}
};

/// An error at commit: the work may be durable or not. The idempotency key settles it after reopening.
struct OutcomeUnknown : std::runtime_error {
  StoreFailure::Kind kind;  ///< of the trouble
  OutcomeUnknown(StoreFailure::Kind k, const std::string& what) : std::runtime_error(what), kind(k) {}
};

/// A prepared statement. Bound texts and blobs must stay valid until the next `reset`.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(int parameter, std::int64_t value) = 0;  ///< parameter 1 is `$1`
  virtual void bind(int parameter, std::string_view text) = 0;
  virtual void bind_blob(int parameter, ByteView bytes) = 0;
  virtual bool step() = 0;                              ///< true while there is a row
  virtual std::int64_t integer(int column) const = 0;   ///< columns count from 0
  virtual std::string_view text(int column) const = 0;  ///< valid until the next step or reset
  virtual ByteView blob(int column) const = 0;
  virtual void reset() = 0;
};

/// Rows on their way into one table; call once per column in order, then `end_row`. Texts and blobs must stay valid
/// until `finish`.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void integer(std::int64_t value) = 0;
  virtual void text(std::string_view value) = 0;
  virtual void blob(ByteView value) = 0;
  virtual void end_row() = 0;
  virtual void finish() = 0;
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual void begin() = 0;   ///< a write transaction on the writer, a snapshot on a reader
  virtual void commit() = 0;  ///< durable when it returns; OutcomeUnknown when it cannot tell
  virtual void rollback() noexcept = 0;
  virtual void run(std::string_view sql) = 0;  ///< one or more statements without parameters
  /// Prepared once and kept; `sql` must be a constant, it is known by its address.
  virtual Statement& prepared(const char* sql) = 0;
  /// "insert into touch (subject, seq) values" … `on_conflict`. Both must be constants.
  virtual RowSink& rows_into(const char* insert, int columns, const char* on_conflict) = 0;
};

struct BackupProgress {
  std::int64_t pages_left = 0, pages = 0;
};

/// One book. The writer is one connection in one process at a time; readers are any number and never block it.
class Store {
 public:
  virtual ~Store() = default;
  /// Throws StoreFailure::in_use when another process writes this book.
  virtual std::unique_ptr<Connection> open_writer() = 0;
  virtual std::unique_ptr<Connection> open_reader() = 0;
  /// Copies the whole book, as of one moment, to another file while work goes on; the copy is checked page by page
  /// before it returns.
  virtual void backup(const std::string& to_file, const std::function<void(BackupProgress)>& progress) = 0;
  /// What the database itself finds wrong with indexes beside the tables, which nobody sees who reads and compares
  /// every row; empty when nothing is.
  virtual std::vector<std::string> damage() = 0;
  /// For programs that want to write meanwhile and cannot: where they may ask instead. Forgotten when writing ends.
  virtual void note_address(const std::string& url) = 0;
  /// What finds things by a piece of their name, kept beside the book; null where this database cannot.
  virtual std::unique_ptr<SearchIndex> open_search() = 0;
  virtual std::string name() const = 0;

  /// The folder for what must not lie in the book itself: the newest head that was acknowledged, and the key that signs
  /// checkpoints. Empty: none is kept.
  const std::string& state_folder() const { return state_folder_; }
  void keep_state_in(std::string folder) { state_folder_ = std::move(folder); }

 private:
  std::string state_folder_;
};

/// Where the state of a book is kept when nobody says otherwise: beside a file; else where the system wants it.
std::string usual_state_folder(const std::string& book);

}  // namespace lotbook
