// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

namespace lotbook {

struct PostgresqlOptions {
  /// "postgresql://user@host/database?book=NAME": what libpq reads, and the book in that database, "lotbook" when none
  /// is named.
  std::string url;
  bool create = false;  ///< make the book's schema when it is not there
  /// The search index of a book of that name, kept on this machine: it follows the book and proves nothing. Empty, or
  /// null: names are read.
  std::function<std::unique_ptr<SearchIndex>(const std::string& book)> search = {};
};

/// Whether the name of a book is the address of a database.
bool is_postgresql_address(const std::string& book);

/// A book in a schema of its own of a PostgreSQL database, which other processes may write too. Writes are sent without
/// waiting; each read is one round trip.
std::unique_ptr<Store> open_postgresql(PostgresqlOptions options);

/// Takes the whole book away; for tests.
void drop_postgresql_book(const std::string& url);

}  // namespace lotbook
