// SPDX-License-Identifier: Apache-2.0
#include "store/migrations/schema.h"

#include <array>
#include <string_view>

#include "base/check.h"

namespace lotbook {

namespace {

// Days are day numbers (2147483647: none), instants microseconds UTC, quantities millionths of the item's base unit.
// Only `entry` is the record; every other table up to `derived` can be thrown away and made again from it.
constexpr const char* migration_1 = R"(
create table head (book integer primary key, seq bigint not null, hash blob not null, next_id bigint not null, settled_max bigint not null);
create table entry (seq integer primary key, body blob not null, hash blob not null);
create table lot (lot integer primary key, item integer not null, code text not null, quality integer not null, origin integer not null,
  expiry_calculated integer not null, received_on integer not null, produced_on integer not null, expires_on integer not null,
  best_before_on integer not null, retest_on integer not null, is_held integer not null, opened_in bigint not null);
create table name (item integer not null, skeleton text not null, code text not null, kind integer not null, issuer integer not null,
  lot integer not null, primary key (item, skeleton, code, kind, issuer, lot)) without rowid;
create table stock (item integer not null, pick_day integer not null, lot integer not null, place integer not null,
  blocked integer not null, quantity bigint not null, quantity2 bigint not null, primary key (item, pick_day, lot, place)) without rowid;
create table vessel_lot (place integer not null, lot integer not null, primary key (place, lot)) without rowid;
create table handling_unit (handling_unit integer primary key, sscc text not null, place integer not null, inside integer not null,
  is_known integer not null, opened_in bigint not null);
create unique index handling_unit_sscc on handling_unit (sscc);
create index handling_unit_place on handling_unit (place);
create index handling_unit_inside on handling_unit (inside) where inside <> 0;
create table packed (handling_unit integer not null, lot integer not null, serial integer not null, quantity bigint not null,
  quantity2 bigint not null, primary key (handling_unit, lot, serial)) without rowid;
create index packed_lot on packed (lot);
create table serial (serial integer primary key, item integer not null, code text not null, issuer integer not null, lot integer not null,
  place integer not null, inside integer not null, opened_in bigint not null);
create unique index serial_code on serial (item, code, issuer);
create index serial_lot on serial (lot, place);
create index serial_inside on serial (inside) where inside <> 0;
create table touch (subject integer not null, seq bigint not null, primary key (subject, seq)) without rowid;
create table document (number text not null, seq bigint not null, primary key (number, seq)) without rowid;
create table idem (key integer primary key, seq bigint not null);
create table run (run integer primary key, number text not null, kind integer not null, state integer not null, place integer not null,
  recipe text not null, opened_in bigint not null, closed_in bigint not null);
create unique index run_number on run (number);
create table hold (hold integer primary key, number text not null, reason text not null, author text not null, recall text not null,
  flow integer not null, place integer not null, opened_in bigint not null, lifted_in bigint not null);
create index hold_number on hold (number);
create table hold_lot (lot integer not null, hold integer not null, primary key (lot, hold)) without rowid;
create table joined (lot integer not null, with_lot integer not null, seq bigint not null, primary key (lot, with_lot)) without rowid;
create table reading (subject integer not null, attribute text not null, seq bigint not null, value text not null, unit text not null,
  primary key (subject, attribute, seq)) without rowid;
create table record (id integer primary key, noun integer not null, code text not null, body text not null);
create unique index record_code on record (noun, code);
create table noticed (seq bigint not null, position integer not null, code text not null, lot integer not null, primary key (seq, position)) without rowid;
create table trade_order (trade_order integer primary key, kind integer not null, number text not null, partner integer not null,
  address integer not null, site integer not null, due_on integer not null, state integer not null, opened_in bigint not null);
create unique index trade_order_number on trade_order (kind, number);
create table order_line (trade_order integer not null, line integer not null, item integer not null, site integer not null, is_waiting integer not null,
  quantity bigint not null, bound bigint not null, picked bigint not null, done bigint not null, primary key (trade_order, line)) without rowid;
create index order_line_waiting on order_line (item, site, trade_order) where is_waiting = 1;
create table allotment (trade_order integer not null, lot integer not null, line integer not null, place integer not null, is_picked integer not null,
  quantity bigint not null, quantity2 bigint not null, primary key (trade_order, lot, line, place, is_picked)) without rowid;
create table allotted (lot integer not null, place integer not null, bound bigint not null, picked bigint not null, picked2 bigint not null,
  primary key (lot, place)) without rowid;
create index serial_place on serial (place, item, code) where place > 15;
create table hold_serial (lot integer not null, serial integer not null, hold integer not null, primary key (lot, serial, hold)) without rowid;
create table hold_handling_unit (handling_unit integer not null, hold integer not null, primary key (handling_unit, hold)) without rowid;
create table finding (finding integer primary key, kind integer not null, number text not null, is_there integer not null, lot integer not null, serial integer not null,
  opened_in bigint not null, body text not null);
create unique index finding_number on finding (kind, number);
create index finding_lot on finding (lot) where lot <> 0;
create index finding_serial on finding (serial) where serial <> 0;
create table signature (signed bigint not null, seq bigint not null, primary key (signed, seq)) without rowid;
create table derived (name text primary key, upto bigint not null) without rowid;
create table private (hash blob primary key, salt blob not null, value text not null) without rowid;
create table setting (name text primary key, value text not null) without rowid;
create table account (name text primary key, password text not null, must_change integer not null, made_at bigint not null,
  changed_at bigint not null) without rowid;
create table token (hash text primary key, name text not null, rights text not null, sites text not null, made_by text not null,
  made_at bigint not null, expires_at bigint not null, last_used_at bigint not null) without rowid;
)";

// Evidence, like the entries: never changed, and never made again.
constexpr const char* migration_2 = R"(
create table checkpoint (number bigint primary key, entry bigint not null, hash blob not null, previous blob not null, made_at bigint not null,
  key blob not null, signature blob not null);
)";

constexpr std::array migrations{migration_1, migration_2};

}  // namespace

int newest_schema() { return static_cast<int>(migrations.size()); }

std::vector<TableForm> tables_of_book() {
  std::vector<TableForm> tables;
  std::string all;
  for (const std::string_view migration : migrations) {
    check(migration.find("alter table") == std::string_view::npos, "what migrations do to tables is read here, too");
    all += migration;
  }
  const std::string_view sql = all;
  constexpr std::string_view create = "create table ";
  for (std::size_t at = sql.find(create); at != std::string_view::npos; at = sql.find(create, at)) {
    at += create.size();
    TableForm& table = tables.emplace_back();
    table.name = sql.substr(at, sql.find(' ', at) - at);
    at = sql.find('(', at) + 1;
    // Columns up to the first that is none: "primary key (…)", or the end of the table.
    for (;;) {
      at = sql.find_first_not_of(" \n", at);
      const std::size_t name_end = sql.find(' ', at), type_end = sql.find_first_of(" ,)", name_end + 1);
      const std::string_view name = sql.substr(at, name_end - at);
      if (name == "primary") break;
      table.columns.emplace_back(name);
      const std::string_view type = sql.substr(name_end + 1, type_end - name_end - 1);
      check(type == "integer" || type == "bigint" || type == "text" || type == "blob",
            "a type that both databases know");
      table.types += type == "text" ? 't' : type == "blob" ? 'b' : 'i';
      at = sql.find_first_of(",)", type_end);
      if (sql[at++] == ')') break;
    }
  }
  return tables;
}

int schema_of(Connection& connection) {
  Statement& query = connection.prepared("select coalesce(max(version), 0) from schema_version");
  query.step();
  const int version = static_cast<int>(query.integer(0));
  query.reset();
  return version;
}

int schema_seen(Connection& reader) {
  try {
    return schema_of(reader);
  } catch (const StoreFailure&) {
    return 0;  // no table yet: no book yet
  }
}

void migrate(Connection& connection) {
  connection.begin();
  connection.run("create table if not exists schema_version (version integer primary key)");
  const int from = schema_of(connection);
  if (from > newest_schema()) {
    connection.rollback();
    throw StoreFailure(StoreFailure::Kind::newer_format, "this book was written by a newer Lotbook (schema " +
                                                             std::to_string(from) +
                                                             "); use that version or a later one");
  }
  for (int version = from; version < newest_schema(); ++version) {
    connection.run(migrations[static_cast<std::size_t>(version)]);
    Statement& note = connection.prepared("insert into schema_version (version) values ($1)");
    note.bind(1, std::int64_t{version} + 1);
    note.step();
    note.reset();
  }
  connection.commit();
}

}  // namespace lotbook
