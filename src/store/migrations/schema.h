// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace lotbook {

/// The newest form of the tables that this program knows.
int newest_schema();
/// The form that the book has; of one that was opened for writing once.
int schema_of(Connection& connection);
/// The same for a connection that cannot write.
int schema_seen(Connection& reader);
/// What the newest form keeps: every table, without the note of its version.
struct TableForm {
  std::string name;
  std::vector<std::string> columns;
  std::string types;  ///< of each column: i number, t text, b bytes
};
std::vector<TableForm> tables_of_book();
/// Brings the tables to the newest form in one transaction. Throws StoreFailure::newer_format for a book of a newer
/// program.
void migrate(Connection& connection);

}  // namespace lotbook
