// SPDX-License-Identifier: Apache-2.0
#include "store/sql/copy_book.h"

#include <deque>

#include "store/migrations/schema.h"
#include "store/sql/rows.h"

namespace lotbook {

namespace {

constexpr std::size_t rows_at_once = 2000;

std::string joined(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + column;
  return list;
}

void copy_table(Connection& from, Connection& to, const TableForm& table, const std::string& select,
                const std::string& insert) {
  Cursor q(from.prepared(select.c_str()));
  RowSink& sink = to.rows_into(insert.c_str(), static_cast<int>(table.types.size()), "");
  std::deque<std::string> held;  // what the sink was given must stay until it is written
  std::size_t rows = 0;
  while (q->step()) {
    for (std::size_t i = 0; i < table.types.size(); ++i) {
      const int column = static_cast<int>(i);
      switch (table.types[i]) {
        case 'i': sink.integer(q->integer(column)); break;
        case 't': sink.text(held.emplace_back(q->text(column))); break;
        default: sink.blob(bytes_of(held.emplace_back(text_of(q->blob(column))))); break;
      }
    }
    sink.end_row();
    if (++rows % rows_at_once == 0) sink.finish(), held.clear();
  }
  sink.finish();
}

}  // namespace

Head copy_book(Store& from, Store& to) {
  const std::vector<TableForm> tables = tables_of_book();
  std::deque<std::string> texts;  // connections know statements by their address
  const std::unique_ptr<Connection> source = from.open_reader();
  source->begin();
  Transaction read(*source);
  const std::optional<Head> head = read.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book at " + from.name());
  if (schema_seen(*source) != newest_schema())
    throw StoreFailure(StoreFailure::Kind::unavailable,
                       from.name() + " has the tables of another version; open it once with this one first");
  const std::unique_ptr<Connection> target = to.open_writer();
  migrate(*target);
  target->begin();
  try {
    if (Transaction(*target).head())
      throw StoreFailure(StoreFailure::Kind::unavailable,
                         to.name() + " holds a book already; name another place for the copy");
    for (const TableForm& table : tables) {
      const std::string columns = joined(table.columns);
      const std::string& select = texts.emplace_back("select " + columns + " from " + table.name);
      const std::string& insert = texts.emplace_back("insert into " + table.name + " (" + columns + ") values");
      copy_table(*source, *target, table, select, insert);
    }
    target->commit();
  } catch (const StoreFailure&) {
    target->rollback();
    throw;
  }
  source->rollback();
  return *head;
}

}  // namespace lotbook
