// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace CLI {
class App;
}

namespace lotbook {

/// Opens a book by the name that `--book` gives; `create` makes it when it is not there. Given by main, which alone
/// knows the drivers.
using OpenBook = std::function<std::unique_ptr<Store>(const std::string& name, bool create)>;
/// A verb that another part of the program brings (serve, demo, import, …), with its own arguments.
struct Verb {
  std::string name, sentence;
  std::function<int(const std::vector<std::string>& arguments)> run;
  std::vector<std::string> words = {};  ///< verbs of its own: `token create`
};

/// What a verb does that opens books.
using RunWithBook = int (*)(const OpenBook& open_book, const std::vector<std::string>& arguments);
inline auto with_book(const OpenBook& open_book, RunWithBook run) {
  return [open_book, run](const std::vector<std::string>& arguments) { return run(open_book, arguments); };
}

/// Parses the words of a verb that has its own; nullopt: go on. Else the exit code: help was asked for, or they make no
/// sense.
std::optional<int> parse_words(CLI::App& app, const std::vector<std::string>& arguments);

/// Exit codes: 0 done, 1 refused or something found wrong, 2 the command line cannot be understood, 3 the book or the
/// disk failed, 4 the outcome is unknown (ask again with the same --key), 5 the
/// book is older than it was, or another (see accept-past).
int run_command_line(const std::vector<std::string>& arguments, const OpenBook& open_book,
                     const std::vector<Verb>& verbs);

}  // namespace lotbook
