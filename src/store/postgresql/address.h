// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

// Where a book is kept in PostgreSQL, from its URL.

namespace lotbook {

struct PostgresqlAddress {
  std::string connection;  ///< the URL without `book`, for libpq; may hold a password, so it is shown to nobody
  std::string book;        ///< the schema: letters, digits, _
  std::string shown;       ///< for people and logs: server, database and book

  /// Throws StoreFailure, without naming what may be a secret.
  static PostgresqlAddress of(const std::string& url);
};

}  // namespace lotbook
