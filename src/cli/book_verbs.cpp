// SPDX-License-Identifier: Apache-2.0
#include "cli/book_verbs.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "cli/open_to_write.h"
#include "cli/proof_verbs.h"
#include "cli/trace_verb.h"
#include "commands/access_entries.h"
#include "commands/bundle/import.h"
#include "commands/executor.h"
#include "ledger/book.h"
#include "ledger/verify.h"
#include "queries/export_bundle.h"
#include "store/sql/copy_book.h"

namespace lotbook {

namespace {

int create(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  CLI::App app("Makes a new, empty book.", "lotbook create");
  BookSettings settings;
  std::string file;
  app.add_option("file", file, "Where to keep it")->required();
  app.add_option("--name", settings.name, "Name of the company");
  app.add_option("--time-zone", settings.time_zone, "IANA time zone of sites that name none")->capture_default_str();
  app.add_option("--currency", settings.currency, "Currency of unit costs")->capture_default_str();
  if (const auto code = parse_words(app, arguments)) return *code;
  if (!Zone::find(settings.time_zone)) {
    std::cerr << "There is no time zone " << settings.time_zone << ". Give an IANA name such as Europe/Berlin.\n";
    return 2;
  }
  SystemClock clock;
  Book::create(*open_book(file, true), settings, clock.now());
  return 0;
}

int import(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  CLI::App app("Brings in a plant's history from a folder of CSV files; all of it, or nothing.", "lotbook import");
  ImportOptions options;
  std::string book = "lotbook.book";
  app.add_option("folder", options.folder, "The bundle: a folder, or a .zip of it")->required();
  app.add_option("--book", book, "The book; made when it is not there")->capture_default_str()->envname("LOTBOOK_BOOK");
  app.add_flag("--dry-run", options.dry_run, "Only say what would happen");
  app.add_flag("--open-missing", options.open_missing,
               "Open the stock that the history never brought in; with --dry-run only propose it");
  app.add_flag("--close-runs", options.close_runs, "Close runs that have an output and no close row");
  if (const auto code = parse_words(app, arguments)) return *code;
  SystemClock clock;
  if (std::filesystem::exists(book)) open_to_write(open_book, book);
  const std::unique_ptr<Store> store = open_book(book, true);
  const ImportReport report = import_bundle(*store, clock, options);
  for (const BundleFault& fault : report.faults) std::cout << fault.text() << "\n";
  if (!report.faults.empty()) {
    std::cout << report.faults.size() << (report.faults.size() == 1 ? " fault" : " faults")
              << "; nothing was imported.\n";
    return 1;
  }
  if (report.changed_nothing) {
    std::cout << "This bundle was imported before; nothing changed.\n";
    return 0;
  }
  for (const ProposedOpening& opening : report.openings)
    std::cout << (options.dry_run ? "proposed opening: " : "opened: ") << opening.item << " "
              << (opening.lot.empty() ? "(no lot)" : opening.lot) << " " << opening.place << " "
              << opening.quantity.text() << "\n";
  for (const auto& [code, count] : report.warnings) std::cout << "warning: " << code << " " << count << " times\n";
  std::cout << (options.dry_run ? "Would import " : "Imported ") << report.events << " events as " << report.entries
            << " entries, " << report.lots << " lots";
  std::cout << (report.open_runs ? "; " + std::to_string(report.open_runs) + " runs stay open" : "") << ".\n";
  return 0;
}

/// Whoever takes a copy of the book away is noted in it. While a server writes it nobody else can, and a copy is worth
/// more than its note.
void note_copy(Store& store, const std::string& what) {
  try {
    SystemClock clock;
    Book book(store);
    auto note = std::make_shared<NoteAccess>();
    note->notes.push_back({AccessEvent::exported, "cli", what, 1});
    execute_one(book, clock, {&note_access_row(), std::move(note), Actor::with_all_rights("cli"), {}, {}, {}});
  } catch (const StoreFailure& failure) {
    std::cerr << "This is not noted in the book, which nobody can write now: " << failure.what() << ".\n";
  }
}

int export_book(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  CLI::App app(
      "Writes the book as a bundle of CSV files that an empty book can import; or, with --ledger, as an extract that "
      "anybody can check without this program.",
      "lotbook export");
  std::string folder, file, book = "lotbook.book";
  bool ledger = false, with_personal = false;
  app.add_option("folder", folder, "Where to; made when it is not there");
  app.add_flag("--ledger", ledger, "Write the ledger itself, entry by entry, with its checkpoints");
  app.add_option("--out", file, "With --ledger: file to write, - for standard output");
  app.add_flag("--with-personal", with_personal,
               "With --ledger: also the names, addresses and numbers of people that were not erased");
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  if (const auto code = parse_words(app, arguments)) return *code;
  if (ledger ? file.empty() || !folder.empty() : folder.empty() || !file.empty() || with_personal) {
    std::cerr << "Write either: lotbook export FOLDER; or: lotbook export --ledger --out FILE [--with-personal]\n";
    return 2;
  }
  if (ledger) return export_ledger_to(open_book, book, file, with_personal);
  const std::unique_ptr<Store> store = open_book(book, false);
  note_copy(*store, "bundle");
  const std::unique_ptr<Connection> connection = store->open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const std::optional<Head> head = transaction.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book here yet");
  const View view(transaction, load_masters(transaction), *head);
  SystemClock clock;
  const ExportReport report = export_bundle({view, clock.now(), true}, folder);
  for (const auto& [what, count] : report.left_out)
    std::cout << "the format cannot say: " << what << ", " << count << " times\n";
  std::cout << "Exported " << report.events << " events up to entry " << head->seq << ".\n";
  return 0;
}

int copy(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  CLI::App app("Copies a book as of one moment to another place, file or database, and verifies the copy.",
               "lotbook copy");
  std::string from, to;
  app.add_option("--from", from, "The book: a file, or postgresql://HOST/DATABASE?book=NAME")->required();
  app.add_option("--to", to, "Where the copy is kept, in the same words; it must not hold a book yet")->required();
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> source = open_book(from, false), target = open_book(to, true);
  target->keep_state_in("");  // as with a restored book: who opens it for writing is told if another was there before
  const Head head = copy_book(*source, *target);
  const Verified verified = verify(*target, NotedHead{head.seq, hex(head.hash)});
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  std::cout << "Copied " << verified.entries << " entries; head " << verified.entries << ":" << verified.hash << "\n";
  return verified.wrong.empty() ? 0 : 1;
}

}  // namespace

std::vector<Verb> book_verbs(const OpenBook& open_book) {
  return {{"create", "Makes a new, empty book.", with_book(open_book, create)},
          {"import", "Brings in a history from CSV files.", with_book(open_book, import)},
          {"export", "Writes the book as CSV files.", with_book(open_book, export_book)},
          {"copy", "Copies a book between files and databases.", with_book(open_book, copy)},
          {"trace", "Where lots came from or went.", with_book(open_book, trace_verb)}};
}

}  // namespace lotbook
