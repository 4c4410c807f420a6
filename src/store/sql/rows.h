// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/transaction.h"

// How the columns of rows become values; for the files that hold SQL.
//
// "often none" in the text of a query says that it rarely finds anything and that finding nothing is never strange: a
// driver that looks ahead may go on as if it were so.

namespace lotbook {

/// Resets the statement when the reading is done, also when a callback throws.
class Cursor {
 public:
  explicit Cursor(Statement& statement) : statement_(statement) {}
  ~Cursor() { statement_.reset(); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  Statement* operator->() { return &statement_; }
  const Statement& row() const { return statement_; }

 private:
  Statement& statement_;
};

/// Binds in order and runs a statement that returns nothing.
class Once {
 public:
  Once(Connection& connection, const char* sql) : statement_(connection.prepared(sql)) {}
  Once& integer(std::int64_t value) { return statement_.bind(++bound_, value), *this; }
  Once& text(std::string_view value) { return statement_.bind(++bound_, value), *this; }
  Once& blob(ByteView value) { return statement_.bind_blob(++bound_, value), *this; }
  void run() {
    statement_.step();
    statement_.reset();
  }

 private:
  Statement& statement_;
  int bound_ = 0;
};

template <class T>
Id<T> id_at(const Statement& row, int column) {
  return Id<T>{static_cast<std::uint32_t>(row.integer(column))};
}
/// Numbers in the first column of what is left to read.
template <class T>
std::vector<Id<T>> ids_of(Cursor& q) {
  std::vector<Id<T>> ids;
  while (q->step()) ids.push_back(id_at<T>(q.row(), 0));
  return ids;
}
inline Date date_at(const Statement& row, int column) { return Date{static_cast<std::int32_t>(row.integer(column))}; }
inline Decimal decimal_at(const Statement& row, int column) { return Decimal::from_millionths(row.integer(column)); }
inline std::uint64_t seq_at(const Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}
inline std::int64_t number(std::uint64_t seq) { return static_cast<std::int64_t>(seq); }
inline Hash hash_at(const Statement& row, int column) {
  const ByteView bytes = row.blob(column);
  if (bytes.size() != 32) throw StoreFailure(StoreFailure::Kind::damaged, "a hash in the book is not 32 bytes long");
  Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

inline Run run_at(const Statement& row) {
  Run run;
  run.id = id_at<Run>(row, 0), run.number = row.text(1), run.kind = static_cast<RunKind>(row.integer(2));
  run.state = static_cast<RunState>(row.integer(3)), run.place = id_at<Place>(row, 4), run.recipe = row.text(5);
  run.opened_in = seq_at(row, 6), run.closed_in = seq_at(row, 7);
  return run;
}
inline Hold hold_at(const Statement& row) {
  Hold hold;
  hold.id = id_at<Hold>(row, 0), hold.number = row.text(1), hold.reason = row.text(2), hold.author = row.text(3),
  hold.recall = row.text(4);
  hold.flow = static_cast<Flow>(row.integer(5)), hold.place = id_at<Place>(row, 6), hold.opened_in = seq_at(row, 7),
  hold.lifted_in = seq_at(row, 8);
  return hold;
}
inline Serial serial_at(const Statement& row) {
  Serial serial;
  serial.id = id_at<Serial>(row, 0), serial.item = id_at<Item>(row, 1), serial.code = row.text(2);
  serial.issuer = id_at<Partner>(row, 3), serial.lot = id_at<Lot>(row, 4), serial.place = id_at<Place>(row, 5);
  serial.inside = id_at<Serial>(row, 6), serial.opened_in = seq_at(row, 7);
  return serial;
}
inline LotName name_at(const Statement& row, Id<Item> item) {
  LotName name;
  name.item = item, name.code = row.text(0), name.kind = static_cast<NameKind>(row.integer(1));
  name.issuer = id_at<Partner>(row, 2), name.lot = id_at<Lot>(row, 3);
  return name;
}

}  // namespace lotbook
