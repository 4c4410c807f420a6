// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "cli/backup_verbs.h"
#include "cli/book_verbs.h"
#include "cli/cli.h"
#include "cli/proof_verbs.h"
#include "serve_verbs.h"
#include "store/sqlite/sqlite_store.h"

// Puts the program together; the only file that knows everything.

namespace {

std::unique_ptr<lotbook::Store> open_book(const std::string& name, bool create) {
  std::unique_ptr<lotbook::Store> store = lotbook::open_sqlite({.file = name, .create = create});
  store->keep_state_in(lotbook::usual_state_folder(name));
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
