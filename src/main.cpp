// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "cli/backup_verbs.h"
#include "cli/book_verbs.h"
#include "cli/cli.h"
#include "cli/proof_verbs.h"
#include "serve_verbs.h"
#include "store/postgresql/postgresql_store.h"
#include "store/sqlite/sqlite_search.h"
#include "store/sqlite/sqlite_store.h"

// Puts the program together; the only file that knows everything.

namespace {

/// Where this program may keep what it can make again; empty when nowhere.
std::filesystem::path cache_folder() {
  const auto in = [](const char* variable, const char* below) -> std::filesystem::path {
    const char* folder = std::getenv(variable);
    return folder && *folder ? std::filesystem::path(folder) / below : std::filesystem::path();
  };
  for (const auto& folder : {in("CACHE_DIRECTORY", ""), in("XDG_CACHE_HOME", "lotbook"), in("HOME", ".cache/lotbook")})
    if (!folder.empty()) return folder;
  return {};
}

/// A book in a database has no file that its search index could lie beside.
std::unique_ptr<lotbook::SearchIndex> search_of(const std::string& book) {
  const std::filesystem::path folder = cache_folder();
  std::error_code error;
  if (folder.empty() || (std::filesystem::create_directories(folder, error), error)) return nullptr;
  const lotbook::Hash hash = lotbook::sha256({lotbook::bytes_of(std::string_view(book))});
  return lotbook::open_sqlite_search((folder / (lotbook::hex(hash).substr(0, 16) + ".search")).string());
}

std::unique_ptr<lotbook::Store> open_book(const std::string& name, bool create) {
  std::unique_ptr<lotbook::Store> store =
      lotbook::is_postgresql_address(name)
          ? lotbook::open_postgresql({.url = name, .create = create, .search = search_of})
          : lotbook::open_sqlite({.file = name, .create = create});
  store->keep_state_in(lotbook::usual_state_folder(store->name()));
  return store;
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe or a file at its size limit is an error to handle, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const lotbook::OpenBook opens = open_book;
  std::vector<lotbook::Verb> verbs = lotbook::book_verbs(opens);
  for (const auto& others : {lotbook::backup_verbs(opens), lotbook::proof_verbs(opens), lotbook::serve_verbs(opens)})
    verbs.insert(verbs.end(), others.begin(), others.end());
  try {
    return lotbook::run_command_line({argv + 1, argv + argc}, opens, verbs);
  } catch (const std::exception& error) {
    std::cerr << "lotbook: " << error.what() << "\n";
    return 3;
  }
}
