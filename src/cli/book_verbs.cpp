// SPDX-License-Identifier: Apache-2.0
#include "cli/book_verbs.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "commands/bundle/import.h"
#include "ledger/book.h"

namespace lotbook {

namespace {

/// Parses the words of one verb; nullopt: go on. Otherwise the exit code (help was asked for, or the words make no
/// sense).
std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

int create(const std::vector<std::string>& arguments, const OpenBook& open_book) {
  CLI::App app("Makes a new, empty book.", "lotbook create");
  BookSettings settings;
  std::string file;
  app.add_option("file", file, "Where to keep it")->required();
  app.add_option("--name", settings.name, "Name of the company");
  app.add_option("--time-zone", settings.time_zone, "IANA time zone of sites that name none")->capture_default_str();
  app.add_option("--currency", settings.currency, "Currency of unit costs")->capture_default_str();
  if (const auto code = parse(app, arguments)) return *code;
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
  app.add_option("folder", options.folder, "The bundle")->required();
  app.add_option("--book", book, "The book; made when it is not there")->capture_default_str()->envname("LOTBOOK_BOOK");
  app.add_flag("--dry-run", options.dry_run, "Only say what would happen");
  app.add_flag("--open-missing", options.open_missing,
               "Open the stock that the history never brought in; with --dry-run only propose it");
  app.add_flag("--close-runs", options.close_runs, "Close runs that have an output and no close row");
  if (const auto code = parse(app, arguments)) return *code;
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

}  // namespace

std::vector<Verb> book_verbs(const OpenBook& open_book) {
  return {
      {"create", "Makes a new, empty book.", [&](const auto& arguments) { return create(arguments, open_book); }},
      {"import", "Brings in a history from CSV files.",
       [&](const auto& arguments) { return import(arguments, open_book); }},
  };
}

}  // namespace lotbook
