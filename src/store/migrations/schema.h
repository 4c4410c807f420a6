// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

namespace lotbook {

/// The newest form of the tables that this program knows.
int newest_schema();
/// The form that the book has; 0 for an empty database.
int schema_of(Connection& connection);
/// The same for a connection that cannot write.
int schema_seen(Connection& reader);
/// Brings the tables to the newest form in one transaction. Throws StoreFailure::newer_format for a book of a newer
/// program.
void migrate(Connection& connection);

}  // namespace lotbook
