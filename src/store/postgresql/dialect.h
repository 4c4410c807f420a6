// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

// The few words that PostgreSQL says otherwise than SQLite. All other SQL is the same text for both.

namespace lotbook {

/// A text of several statements, one by one, tables in PostgreSQL's types: texts are compared by their bytes, as in
/// SQLite.
std::vector<std::string> postgresql_statements(std::string_view sql);

/// "insert into touch (subject, seq) values" as one statement for any number of rows, each column an array. A type for
/// each column: i number, t text, b bytes.
std::string insert_of_arrays(std::string_view insert, std::string_view types, std::string_view on_conflict);

}  // namespace lotbook
