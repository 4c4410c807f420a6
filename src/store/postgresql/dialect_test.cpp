// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/dialect.h"

#include <catch2/catch.hpp>

#include "store/migrations/schema.h"

namespace lotbook {
namespace {

TEST_CASE("tables are made of PostgreSQL's types, one statement at a time") {
  const auto statements = postgresql_statements(
      "create table stock (item integer primary key, code text not null, hash blob not null) without rowid;\n"
      "create index stock_code on stock (code);\n");
  REQUIRE(statements.size() == 3);
  CHECK(statements[0] ==
        "create table stock (item bigint primary key, code text collate \"C\" not null, hash bytea not null)");
  CHECK(statements[1] == "alter table stock set (fillfactor = 70)");
  CHECK(statements[2] == "create index stock_code on stock (code)");
}

TEST_CASE("rows in bulk are arrays") {
  CHECK(insert_of_arrays("insert into touch (subject, seq) values", "ii", "on conflict do nothing") ==
        "insert into touch (subject, seq) select * from unnest($1::bigint[], $2::bigint[]) on conflict do nothing");
}

TEST_CASE("the tables of a book are known by their columns") {
  const auto tables = tables_of_book();
  REQUIRE(tables.size() > 30);
  CHECK(tables.front().name == "head");
  CHECK(tables.front().columns == std::vector<std::string>{"book", "seq", "hash", "next_id", "settled_max"});
  CHECK(tables.front().types == "iibii");
  for (const TableForm& table : tables) {
    INFO(table.name);
    CHECK(table.columns.size() == table.types.size());
    if (table.name == "token") CHECK(table.types == "tttttiii");
    if (table.name == "name") CHECK(table.types == "ittiii");
  }
}

}  // namespace
}  // namespace lotbook
