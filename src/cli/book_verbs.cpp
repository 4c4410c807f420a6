// SPDX-License-Identifier: Apache-2.0
#include "cli/book_verbs.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "base/json.h"
#include "cli/print.h"
#include "cli/trace_verb.h"
#include "commands/bundle/import.h"
#include "ledger/book.h"
#include "ledger/verify.h"
#include "queries/export_bundle.h"

namespace lotbook {

namespace {

int create(const std::vector<std::string>& arguments, const OpenBook& open_book) {
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

int import(const std::vector<std::string>& arguments, const OpenBook& open_book) {
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

int export_book(const std::vector<std::string>& arguments, const OpenBook& open_book) {
  CLI::App app("Writes the book as a bundle of CSV files that an empty book can import.", "lotbook export");
  std::string folder, book = "lotbook.book";
  app.add_option("folder", folder, "Where to; made when it is not there")->required();
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> store = open_book(book, false);
  const std::unique_ptr<Connection> connection = store->open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const std::optional<Head> head = transaction.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "this file holds no book yet");
  const View view(transaction, load_masters(transaction), *head);
  SystemClock clock;
  const ExportReport report = export_bundle({view, clock.now(), true}, folder);
  for (const auto& [what, count] : report.left_out)
    std::cout << "the format cannot say: " << what << ", " << count << " times\n";
  std::cout << "Exported " << report.events << " events up to entry " << head->seq << ".\n";
  return 0;
}

int verify_book(const std::vector<std::string>& arguments, const OpenBook& open_book) {
  CLI::App app("Makes everything again from the entries and compares; exit 0 when all is well.", "lotbook verify");
  std::string book = "lotbook.book", noted;
  bool json = false;
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  app.add_option("--head", noted,
                 "A head noted elsewhere, as NUMBER:HASH (see lotbook head): finds what was cut or written anew");
  app.add_flag("--json", json, "Answer for programs");
  if (const auto code = parse_words(app, arguments)) return *code;
  std::optional<NotedHead> head;
  if (!noted.empty()) {
    const std::size_t colon = noted.find(':');
    const std::optional<Decimal> seq = Decimal::parse(noted.substr(0, colon));
    if (colon == std::string::npos || !seq || !seq->fits(0) || !seq->is_positive()) {
      std::cerr << "Write the head as NUMBER:HASH.\n";
      return 2;
    }
    head = NotedHead{static_cast<std::uint64_t>(seq->millionths() / Decimal::one), noted.substr(colon + 1)};
  }
  const Verified verified = verify(*open_book(book, false), head);
  if (json) {
    std::string out =
        "{\"entries\":" + std::to_string(verified.entries) + ",\"hash\":\"" + verified.hash + "\",\"wrong\":[";
    for (std::size_t i = 0; i < verified.wrong.size(); ++i)
      out += i ? "," : "", append_json_string(out, verified.wrong[i]);
    std::cout << out << "]}\n";
  } else {
    for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
    std::cout << verified.entries << " entries read, "
              << (verified.wrong.empty() ? "all is well" : std::to_string(verified.wrong.size()) + " things are wrong")
              << "; head " << verified.entries << ":" << verified.hash << "\n";
  }
  return verified.wrong.empty() ? 0 : 1;
}

int backup(const std::vector<std::string>& arguments, const OpenBook& open_book) {
  CLI::App app("Copies the book as of one moment while work goes on, and verifies the copy.", "lotbook backup");
  std::string to, book = "lotbook.book";
  app.add_option("to", to, "File to write; never overwritten")->required();
  app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  if (const auto code = parse_words(app, arguments)) return *code;
  open_book(book, false)->backup(to, {});
  const Verified verified = verify(*open_book(to, false), std::nullopt);
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  std::cout << "Copied " << verified.entries << " entries; head " << verified.entries << ":" << verified.hash << "\n";
  return verified.wrong.empty() ? 0 : 1;
}

int restore(const std::vector<std::string>& arguments, const OpenBook& open_book) {
  CLI::App app("Makes a book from a backup, after verifying it.", "lotbook restore");
  std::string from, book;
  app.add_option("from", from, "The backup")->required();
  app.add_option("--book", book, "Where to keep the book; must not be there yet")->required();
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> source = open_book(from, false);
  const Verified verified = verify(*source, std::nullopt);
  for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
  if (!verified.wrong.empty()) {
    std::cout << "The backup is not sound; nothing was restored.\n";
    return 1;
  }
  source->backup(book, {});
  std::cout << "Restored " << verified.entries << " entries; head " << verified.entries << ":" << verified.hash << "\n";
  return 0;
}

}  // namespace

std::vector<Verb> book_verbs(const OpenBook& open_book) {
  const auto with_book = [&open_book](int (*run)(const std::vector<std::string>&, const OpenBook&)) {
    return [&open_book, run](const std::vector<std::string>& arguments) { return run(arguments, open_book); };
  };
  return {{"create", "Makes a new, empty book.", with_book(create)},
          {"import", "Brings in a history from CSV files.", with_book(import)},
          {"export", "Writes the book as CSV files.", with_book(export_book)},
          {"verify", "Proves the book: chain, laws, every derived table.", with_book(verify_book)},
          {"backup", "Copies the book while work goes on.", with_book(backup)},
          {"restore", "Makes a book from a backup.", with_book(restore)},
          {"trace", "Where lots came from or went.", with_book(trace_verb)}};
}

}  // namespace lotbook
