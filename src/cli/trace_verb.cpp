// SPDX-License-Identifier: Apache-2.0
#include "cli/trace_verb.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/json.h"
#include "cli/print.h"
#include "commands/bundle/csv.h"
#include "ledger/book.h"
#include "queries/find.h"
#include "trace/answer.h"
#include "trace/genealogy.h"
#include "trace/table_links.h"

namespace lotbook {

namespace {

struct Words {
  std::string item, lot, seeds, book = "lotbook.book";
  bool forward = false, backward = false, json = false;
};

int refuse(const Refusals& refusals, bool json) {
  (json ? std::cout : std::cerr) << (json ? as_json(refusals) + "\n" : as_text(refusals));
  return 1;
}

TraceAnswer trace(Links& links, const Masters& masters, Id<Lot> lot, bool forward, Detail detail) {
  const std::span<const Id<Lot>> seeds(&lot, 1);
  return forward ? trace_forward(links, masters, seeds, detail) : trace_back(links, masters, seeds, detail);
}

void print(const TraceAnswer& answer, bool json) {
  if (!json) {
    std::cout << as_text(shape_of<TraceAnswer>(), &answer);
    return;
  }
  std::string out;
  write_json(out, shape_of<TraceAnswer>(), &answer);
  out += '\n';
  std::cout << out;
}

/// Thousands of seeds: the links of the whole book in memory, read once.
int trace_seeds(const Words& words, const View& view) {
  std::ifstream in(words.seeds, std::ios::binary);
  if (!in) throw StoreFailure(StoreFailure::Kind::unavailable, "cannot read " + words.seeds);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::vector<BundleFault> faults;
  const CsvColumns columns{{"item", "lot"}, {"item", "lot"}};
  CsvReader csv(words.seeds, text, columns, faults);
  std::vector<Id<Lot>> seeds;
  while (csv.next()) {
    const Result<const LotState*> lot = find_lot(view, {std::string(csv.field(0)), std::string(csv.field(1))}, "/lot");
    if (!lot) {
      csv.fault(1, lot.refusal().detail);
      continue;
    }
    seeds.push_back((*lot)->lot.id);
  }
  for (const BundleFault& fault : faults) std::cerr << fault.text() << "\n";
  if (!faults.empty()) return 1;
  Genealogy links(view.behind());
  for (const Id<Lot> lot : seeds) print(trace(links, view.masters(), lot, words.forward, Detail::brief), words.json);
  return 0;
}

}  // namespace

int trace_verb(const OpenBook& open_book, const std::vector<std::string>& arguments) {
  CLI::App app("Everything that a lot could have affected (forward), or that could have affected it (backward).",
               "lotbook trace");
  Words words;
  app.add_option("item", words.item, "Item");
  app.add_option("lot", words.lot, "Own code of the lot, or the one name that fits it alone");
  app.add_option("--seeds", words.seeds, "CSV with the columns item and lot: one answer for each row");
  app.add_flag("--forward", words.forward, "To customers and stock");
  app.add_flag("--backward", words.backward, "To suppliers and their lots");
  app.add_option("--book", words.book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
  app.add_flag("--json", words.json, "Answer for programs");
  if (const auto code = parse_words(app, arguments)) return *code;
  if (words.forward == words.backward || words.seeds.empty() == words.item.empty()) {
    std::cerr << "Say --forward or --backward, and either ITEM LOT or --seeds CSV.\n";
    return 2;
  }
  const std::unique_ptr<Store> store = open_book(words.book, false);
  const std::unique_ptr<Connection> connection = store->open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const std::optional<Head> head = transaction.head();
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book here yet");
  const View view(transaction, load_masters(transaction), *head);
  if (!words.seeds.empty()) return trace_seeds(words, view);
  const Result<const LotState*> lot = find_lot(view, {words.item, words.lot}, "/lot");
  if (!lot) return refuse(lot.refusals(), words.json);
  TableLinks links(transaction, head->seq);
  print(trace(links, view.masters(), (*lot)->lot.id, words.forward, Detail::full), words.json);
  return 0;
}

}  // namespace lotbook
