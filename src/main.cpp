// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "ledger/book.h"
#include "store/sqlite/sqlite_store.h"

// Puts the program together; the only file that knows everything.

namespace {

std::unique_ptr<lotbook::Store> open_book(const std::string& name, bool create) {
  return lotbook::open_sqlite({.file = name, .create = create});
}

int create_book(const std::vector<std::string>& arguments) {
  if (arguments.size() != 1) {
    std::cerr << "usage: lotbook create FILE\n";
    return 2;
  }
  const auto store = open_book(arguments[0], true);
  lotbook::SystemClock clock;
  lotbook::Book::create(*store, {}, clock.now());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  // A closed pipe or a file at its size limit is an error to handle, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<lotbook::Verb> verbs{{"create", "Makes a new, empty book.", create_book}};
  try {
    return lotbook::run_command_line({argv + 1, argv + argc}, open_book, verbs);
  } catch (const std::exception& error) {
    std::cerr << "lotbook: " << error.what() << "\n";
    return 3;
  }
}
