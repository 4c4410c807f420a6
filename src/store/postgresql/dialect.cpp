// SPDX-License-Identifier: Apache-2.0
#include "store/postgresql/dialect.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace lotbook {

namespace {

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words{{
    {" without rowid", ""},
    // A number that SQLite makes the table's own has 64 bits there.
    {" integer primary key", " bigint primary key"},
    {" blob ", " bytea "},
    {" text ", " text collate \"C\" "},
}};

/// What the database should know of how tables are used: entries are never read in part, and rows of stock change all
/// the time while their keys stay.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> afterwards{{
    {"create table entry ", "alter table entry alter column body set storage external"},
    {"create table stock ", "alter table stock set (fillfactor = 70)"},
}};

}  // namespace

std::vector<std::string> postgresql_statements(std::string_view sql) {
  std::vector<std::string> statements;
  while (!sql.empty()) {
    const std::size_t end = sql.find(';');
    std::string statement(sql.substr(0, end));
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 1);
    statement.erase(0, statement.find_first_not_of(" \n"));
    if (statement.empty()) continue;
    const bool makes_table = statement.starts_with("create table");
    if (makes_table)
      for (const auto& [what, with] : words) replace_all(statement, what, with);
    statements.push_back(std::move(statement));
    for (const auto& [table, then] : afterwards)
      if (statements.back().starts_with(table)) {
        statements.emplace_back(then);
        break;
      }
  }
  return statements;
}

std::string insert_of_arrays(std::string_view insert, std::string_view types, std::string_view on_conflict) {
  constexpr std::string_view values = "values";
  check(insert.ends_with(values), "rows go into a table by \"insert into … values\"");
  std::string sql(insert.substr(0, insert.size() - values.size()));
  sql += "select * from unnest(";
  for (std::size_t i = 0; i < types.size(); ++i) {
    const char* type = types[i] == 'i' ? "bigint" : types[i] == 't' ? "text" : "bytea";
    sql += (i == 0 ? "$" : ", $") + std::to_string(i + 1) + "::" + type + "[]";
  }
  return (sql += ") ") += on_conflict;
}

}  // namespace lotbook
