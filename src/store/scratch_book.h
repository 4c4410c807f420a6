// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>

#include "store/postgresql/postgresql_store.h"
#include "store/sqlite/sqlite_search.h"
#include "store/sqlite/sqlite_store.h"

// The store that a test keeps its books in: a file of its folder, or, when LOTBOOK_TEST_POSTGRESQL names the file that
// says where the tests' own PostgreSQL is, a book there. One and the same test proves both.

namespace lotbook {

inline bool tests_use_postgresql() { return std::getenv("LOTBOOK_TEST_POSTGRESQL") != nullptr; }

/// "postgresql://…/database", without a book.
inline std::string test_database() {
  std::string url;
  std::getline(std::ifstream(std::getenv("LOTBOOK_TEST_POSTGRESQL")), url);
  return url;
}

/// A new book, gone with the store.
class ScratchBook {
 public:
  /// `file`: where it lies, when it is one; its end tells books of one test apart.
  explicit ScratchBook(const std::string& file) : file_(file) {
    static int books = 0;
    if (tests_use_postgresql())
      url_ = test_database() + "&book=t" + std::to_string(::getpid()) + "_" + std::to_string(++books);
  }
  ~ScratchBook() {
    if (!url_.empty()) drop_postgresql_book(url_);
  }
  ScratchBook(const ScratchBook&) = delete;
  ScratchBook& operator=(const ScratchBook&) = delete;

  std::unique_ptr<Store> open() const {
    if (!url_.empty())
      return open_postgresql({.url = url_, .create = true, .search = [this](const std::string&) { return search(); }});
    return open_sqlite({.file = file_, .create = true, .cache_megabytes = 8});
  }

 private:
  std::unique_ptr<SearchIndex> search() const { return open_sqlite_search(file_ + "-search"); }
  const std::string file_;
  std::string url_;
};

}  // namespace lotbook
