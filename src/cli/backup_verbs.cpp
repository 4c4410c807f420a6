// SPDX-License-Identifier: Apache-2.0
#include "cli/backup_verbs.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "cli/open_to_write.h"
#include "ledger/repost.h"
#include "ledger/verify.h"

namespace lotbook {

namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

std::string head_text(const Verified& verified) {
  return std::to_string(verified.entries) + " entries; head " + std::to_string(verified.entries) + ":" + verified.hash;
}

int backup(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Copies the book as of one moment while work goes on, and verifies the copy.", "lotbook backup");
  std::string to, book = "lotbook.book";
  app.add_option("to", to, "File to write; never overwritten")->required();
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  if (const auto code = parse_words(app, arguments)) return *code;
  open_book(book, false)->backup(to, {});
  const std::unique_ptr<Store> copy = open_book(to, false);
  copy->keep_state_in("");  // the book has gone on since, and may
  const Verified verified = verify(*copy, std::nullopt);
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  std::cout << "Copied " << head_text(verified) << "\n";
  return verified.wrong.empty() ? 0 : 1;
}

/// How far a restore goes, as people write it.
struct UntilWords {
  std::uint64_t entry = 0;
  std::string instant;
  void add_to(CLI::App& app) {
    CLI::Option* number = app.add_option("--until-entry", entry, "Only entries up to this number");
    app.add_option("--until-instant", instant, "Only what was recorded by then: 2026-11-25T13:40:00Z")
        ->excludes(number);
  }
  bool is_given() const { return entry != 0 || !instant.empty(); }
  /// Nullopt when the instant is none; said on standard error.
  std::optional<Until> parsed() const {
    Until until;
    if (entry != 0) until.entry = entry;
    if (instant.empty()) return until;
    const std::optional<WrittenTime> time = WrittenTime::parse(instant);
    if (!time || time->day) {
      std::cerr << "Write the instant with its offset, like 2026-11-25T13:40:00Z.\n";
      return std::nullopt;
    }
    until.instant = time->interval.latest();
    return until;
  }
};

/// Makes the book at `to` from a backup and verifies it; what is not sound is removed again.
Verified restore_to(const OpenBook& open_book, const std::string& from, const std::string& to,
                    const std::optional<Until>& until) {
  // A book that was there before may have gone further: whoever opens this one for writing is told, and must accept it.
  if (until) {
    const std::unique_ptr<Store> target = open_book(to, true);
    target->keep_state_in("");
    repost(*open_book(from, false), *target, *until);
  } else {
    open_book(from, false)->backup(to, {});
  }
  const std::unique_ptr<Store> made = open_to_write(open_book, to);
  made->keep_state_in("");
  const Verified verified = verify(*made, std::nullopt);
  if (!verified.wrong.empty() && to.find("://") == std::string::npos) fs::remove(to);
  return verified;
}

int restore(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Makes a book from a backup, wholly or up to an entry or an instant, and verifies it.",
               "lotbook restore");
  std::string from, to;
  UntilWords words;
  app.add_option("from,--from", from, "The backup")->required();
  app.add_option("--to,--book", to, "Where to keep the book; must not be there yet")->required();
  words.add_to(app);
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::optional<Until> until = words.parsed();
  if (!until) return 2;
  const Verified verified = restore_to(open_book, from, to, words.is_given() ? until : std::nullopt);
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  if (!verified.wrong.empty()) {
    std::cout << "The backup is not sound; nothing was restored.\n";
    return 1;
  }
  std::cout << "Restored " << head_text(verified) << "\n";
  return 0;
}

/// A folder that is gone when the rehearsal is over.
class Scratch {
 public:
  explicit Scratch(const std::string& in) {
    std::string name = in + "/lotbook-rehearsal-XXXXXX";
    if (!::mkdtemp(name.data())) throw StoreFailure(StoreFailure::Kind::unavailable, "cannot make a folder in " + in);
    folder_ = name;
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string file(const std::string& name) const { return folder_ + "/" + name; }

 private:
  std::string folder_;
};

/// The entry is in the book, too, with the same hash: the copy is a beginning of it.
bool is_beginning(Store& book, const Verified& copy) {
  const std::unique_ptr<Connection> reader = book.open_reader();
  reader->begin();
  const std::optional<EntryRow> row = Transaction(*reader).entry(copy.entries);
  return row && hex(row->hash) == copy.hash;
}

int rehearse(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app(
      "Tries a restore in a scratch folder: verifies what comes of it, compares it with the book, says how long it "
      "took, "
      "and removes it.",
      "lotbook rehearse-restore");
  std::string book = "lotbook.book", from, in = fs::temp_directory_path().string();
  UntilWords words;
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  app.add_option("--from", from, "Backup to try; left out: one is made of the book now");
  app.add_option("--in", in, "Folder with room for two books")->capture_default_str();
  words.add_to(app);
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::optional<Until> until = words.parsed();
  if (!until) return 2;
  const Scratch scratch(in);
  const std::unique_ptr<Store> store = open_book(book, false);
  if (from.empty()) store->backup(from = scratch.file("backup.book"), {});
  const auto start = std::chrono::steady_clock::now();
  const Verified verified =
      restore_to(open_book, from, scratch.file("restored.book"), words.is_given() ? until : std::nullopt);
  const auto took = std::chrono::steady_clock::now() - start;
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  if (!verified.wrong.empty()) {
    std::cout << "This backup is not sound: a restore from it would fail.\n";
    return 1;
  }
  if (!is_beginning(*store, verified)) {
    std::cout << "This backup is sound, but of another book: its entry " << verified.entries << " is not the one of "
              << book << ".\n";
    return 1;
  }
  std::cout << "Restored and verified " << head_text(verified) << ", as the book has it, in "
            << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms\n";
  return 0;
}

}  // namespace

std::vector<Verb> backup_verbs(const OpenBook& open_book) {
  return {{"backup", "Copies the book while work goes on.", with_book(open_book, backup)},
          {"restore", "Makes a book from a backup.", with_book(open_book, restore)},
          {"rehearse-restore", "Tries a restore, and removes what comes of it.", with_book(open_book, rehearse)}};
}

}  // namespace lotbook
