// SPDX-License-Identifier: Apache-2.0
#include "cli/proof_verbs.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/json.h"
#include "cli/open_to_write.h"
#include "ledger/book.h"
#include "ledger/checkpoints.h"
#include "ledger/verify.h"
#include "queries/export_ledger.h"

namespace lotbook {

namespace {

using Arguments = std::vector<std::string>;

struct BookPlace {
  std::string book = "lotbook.book", state;
  void add_to(CLI::App& app) {
    app.add_option("--book", book, "The book")->capture_default_str()->envname("LOTBOOK_BOOK");
    app.add_option("--state", state, "Folder of its newest head and key, when they are not beside the book");
  }
  std::unique_ptr<Store> open(const OpenBook& open_book) const { return with_state(open_book(book, false)); }
  std::unique_ptr<Store> open_to_write(const OpenBook& open_book) const {
    return with_state(lotbook::open_to_write(open_book, book));
  }

 private:
  std::unique_ptr<Store> with_state(std::unique_ptr<Store> store) const {
    if (!state.empty()) store->keep_state_in(state + "/");
    return store;
  }
};

std::string read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw StoreFailure(StoreFailure::Kind::unavailable, "cannot read " + file);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::optional<NotedHead> parse_head(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::optional<Decimal> seq = Decimal::parse(text.substr(0, colon));
  if (colon == std::string::npos || !seq || !seq->fits(0) || !seq->is_positive()) return std::nullopt;
  return NotedHead{static_cast<std::uint64_t>(seq->millionths() / Decimal::one), text.substr(colon + 1)};
}

void print(const Verified& verified, bool json) {
  if (!json) {
    for (const std::string& wrong : verified.wrong) std::cout << wrong << "\n";
    std::cout << verified.entries << " entries read, "
              << (verified.wrong.empty() ? "all is well" : std::to_string(verified.wrong.size()) + " things are wrong")
              << "; head " << verified.entries << ":" << verified.hash << "\n";
    return;
  }
  std::string out =
      "{\"entries\":" + std::to_string(verified.entries) + ",\"hash\":\"" + verified.hash + "\",\"wrong\":[";
  for (std::size_t i = 0; i < verified.wrong.size(); ++i)
    out += i ? "," : "", append_json_string(out, verified.wrong[i]);
  std::cout << out << "]}\n";
}

int verify_book(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Makes everything again from the entries and compares; exit 0 when all is well.", "lotbook verify");
  BookPlace place;
  std::string noted, checkpoints;
  bool json = false;
  place.add_to(app);
  app.add_option("--head", noted,
                 "A head noted elsewhere, as NUMBER:HASH (see lotbook head): finds what was cut or written anew");
  app.add_option("--checkpoints", checkpoints,
                 "Checkpoints kept elsewhere: a file of `lotbook checkpoint write`, an extract, or an answer of the "
                 "server");
  app.add_flag("--json", json, "Answer for programs");
  if (const auto code = parse_words(app, arguments)) return *code;
  KeptElsewhere kept;
  if (!noted.empty() && !(kept.head = parse_head(noted))) {
    std::cerr << "Write the head as NUMBER:HASH.\n";
    return 2;
  }
  if (!checkpoints.empty()) kept.checkpoints = read_checkpoints(read_file(checkpoints));
  const Verified verified = verify(*place.open(open_book), kept);
  print(verified, json);
  return verified.wrong.empty() ? 0 : 1;
}

int print_key(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Prints the public key that checkpoints are signed with.", "lotbook checkpoint key");
  BookPlace place;
  place.add_to(app);
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> store = place.open(open_book);
  const std::unique_ptr<Connection> reader = store->open_reader();
  reader->begin();
  Transaction snapshot(*reader);
  const std::optional<Hash> key = checkpoint_key(snapshot);
  if (!key) {
    std::cerr << "The book has no checkpoint yet. A server makes them; or ask for one: lotbook checkpoint make\n";
    return 1;
  }
  std::cout << hex(*key) << "\n";
  return 0;
}

int make_checkpoint(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Signs a checkpoint of the newest entry now; a server does so by itself.", "lotbook checkpoint make");
  BookPlace place;
  place.add_to(app);
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> store = place.open_to_write(open_book);
  SystemClock clock;
  Book book(*store);
  book.beside([&](Transaction& writer) {
    const CheckpointKey key = key_for_signing(writer, store->state_folder());
    post_checkpoints(writer, due_checkpoints(writer, key, clock.now(), SIZE_MAX));
    if (const std::optional<Checkpoint> newest = newest_checkpoint(writer))
      std::cout << "checkpoint " << newest->number << " of entry " << newest->entry << ":" << hex(newest->hash) << "\n";
  });
  return 0;
}

int change_key(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app(
      "Makes a new key for checkpoints; an entry says so. Give the new public key to those who keep checkpoints.",
      "lotbook checkpoint change-key");
  BookPlace place;
  std::string why, who = "cli";
  place.add_to(app);
  app.add_option("--reason", why, "Why")->required();
  app.add_option("--as", who, "Name that the entry gives for who did it")->capture_default_str();
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> store = place.open_to_write(open_book);
  SystemClock clock;
  Book book(*store);
  std::cout << hex(change_checkpoint_key(book, clock, who, why)) << "\n";
  return 0;
}

int write_checkpoints(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app("Prints the checkpoints, one a line: keep them where nobody who can write the book can write.",
               "lotbook checkpoint write");
  BookPlace place;
  std::uint64_t after = 0;
  place.add_to(app);
  app.add_option("--after", after, "Only those after this number");
  if (const auto code = parse_words(app, arguments)) return *code;
  const std::unique_ptr<Store> store = place.open(open_book);
  const std::unique_ptr<Connection> reader = store->open_reader();
  reader->begin();
  Transaction snapshot(*reader);
  checkpoints_after(snapshot, after, [](const Checkpoint& checkpoint) {
    std::cout << "{\"checkpoint\":" << to_json(row_of(checkpoint)) << "}\n";
    return true;
  });
  return 0;
}

int checkpoint(const OpenBook& open_book, const Arguments& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  const Arguments rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  if (what == "key") return print_key(open_book, rest);
  if (what == "make") return make_checkpoint(open_book, rest);
  if (what == "write") return write_checkpoints(open_book, rest);
  if (what == "change-key") return change_key(open_book, rest);
  std::cerr << "usage: lotbook checkpoint key | make | write [--after N] | change-key --reason WHY, with --book BOOK\n"
               "`lotbook checkpoints` lists them.\n";
  return 2;
}

int accept_past(const OpenBook& open_book, const Arguments& arguments) {
  CLI::App app(
      "Accepts that the book is older than it was, or another: after a restore on purpose. An entry says so, with who "
      "and why.",
      "lotbook accept-past");
  BookPlace place;
  std::string why, who = "cli";
  place.add_to(app);
  app.add_option("--reason", why, "Why the book is not the one that it was")->required();
  app.add_option("--as", who, "Name that the entry gives for who accepted it")->capture_default_str();
  if (const auto code = parse_words(app, arguments)) return *code;
  if (why.find_first_not_of(" \t") == std::string::npos || why.size() > 2000) {
    std::cerr << "Say in up to 2000 characters why the book is not the one that it was: --reason WHY\n";
    return 2;
  }
  SystemClock clock;
  const std::optional<Entry> entry = Book::accept_past(*place.open_to_write(open_book), clock, who, why);
  if (!entry) {
    std::cout << "The book has all that was acknowledged: there is nothing to accept.\n";
    return 1;
  }
  std::cout << "Accepted: entry " << entry->seq << " says so.\n";
  return 0;
}

}  // namespace

int export_ledger_to(const OpenBook& open_book, const std::string& book, const std::string& file, bool with_personal) {
  const std::unique_ptr<Store> store = open_book(book, false);
  const std::unique_ptr<Connection> reader = store->open_reader();
  reader->begin();
  Transaction snapshot(*reader);
  if (file == "-") {
    export_ledger(snapshot, with_personal, std::cout);
    return 0;
  }
  if (std::filesystem::exists(file)) {
    std::cerr << file << " is there already; name another file.\n";
    return 2;
  }
  const std::string part = file + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  if (!out) throw StoreFailure(StoreFailure::Kind::unavailable, "cannot write " + part);
  const LedgerExtract done = export_ledger(snapshot, with_personal, out);
  out.close();
  if (!out) throw StoreFailure(StoreFailure::Kind::full, "cannot write " + part);
  std::filesystem::rename(part, file);
  std::cout << "Wrote " << done.entries << " entries and " << done.checkpoints << " checkpoints";
  if (with_personal) std::cout << ", and " << done.personal << " personal values";
  std::cout << ". Check it with tools/verify_ledger.py.\n";
  return 0;
}

std::vector<Verb> proof_verbs(const OpenBook& open_book) {
  return {
      {"verify", "Proves the book: chain, laws, every derived table.", with_book(open_book, verify_book)},
      {"checkpoint",
       "Signed checkpoints: their key, a new one, a copy to keep elsewhere.",
       with_book(open_book, checkpoint),
       {"key", "make", "write", "change-key"}},
      {"accept-past", "Accepts that a book is older than it was, after a restore.", with_book(open_book, accept_past)}};
}

}  // namespace lotbook
