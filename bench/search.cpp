// SPDX-License-Identifier: Apache-2.0
#include "queries/search.h"

#include <cstring>
#include <filesystem>
#include <iostream>

#include "figures.h"
#include "queries/search_follower.h"
#include "scratch_plant.h"

// How long a search takes in a book of many lots: by the index that follows the book, and by reading through all names.
//   bench_search [--in FOLDER] [--entries N] [--book FILE]
// With a book, that one is searched; its index is left beside it.

namespace lotbook {
namespace {

struct Asker {
  Store& store;
  std::size_t rows = 0;
  /// The middle of so many times, in microseconds.
  std::int64_t microseconds(const std::string& text, SearchIndex* index, int times) {
    const std::unique_ptr<Connection> reader = store.open_reader();
    std::vector<std::int64_t> taken;
    SearchQuestion question;
    question.text = text;
    for (int i = 0; i < times; ++i) {
      reader->begin();
      Transaction transaction(*reader);
      static const std::shared_ptr<const Masters> masters = load_masters(transaction);
      const View view(transaction, masters, *transaction.head());
      const std::int64_t start = nanoseconds_now();
      rows = ask(question, {view, {}, true, [index] { return index; }})->rows.size();
      taken.push_back((nanoseconds_now() - start) / 1000);
      reader->rollback();
    }
    return percentile(taken, 50);
  }
};

void follow(Store& store, SearchIndex& index) {
  const std::int64_t start = nanoseconds_now(), spent = thread_nanoseconds();
  SearchCatchUp catch_up(store, index);
  std::int64_t longest = 0;
  for (bool more = true; more;) {
    const std::int64_t from = nanoseconds_now();
    more = catch_up.step();
    longest = std::max(longest, nanoseconds_now() - from);
  }
  const std::int64_t all = std::max<std::int64_t>(nanoseconds_now() - start, 1000);
  std::cout << "index of " << catch_up.reached() << " entries in " << all / 1'000'000 << " ms, "
            << static_cast<std::int64_t>(catch_up.reached()) * 1'000'000 / (all / 1000) << " entries/s, "
            << (thread_nanoseconds() - spent) / 1'000'000 << " ms of CPU; longest piece " << longest / 1'000'000
            << " ms\n";
}

void compare(Store& store, const std::string& file) {
  const std::unique_ptr<SearchIndex> index = store.open_search();
  if (!index) throw std::runtime_error("this SQLite has no trigrams");
  follow(store, *index);
  std::vector<std::string> codes;
  {
    const std::unique_ptr<Connection> reader = store.open_reader();
    reader->begin();
    Transaction(*reader).all_lots([&](Id<Lot>, Id<Item>, std::string_view code, Origin) { codes.emplace_back(code); });
    reader->rollback();
  }
  std::cout << codes.size() << " lots; book " << std::filesystem::file_size(file) / 1'000'000 << " MB, index "
            << std::filesystem::file_size(file + "-search") / 1'000'000 << " MB\n"
            << "                  asked      rows    index us  reading us   ratio\n";
  const auto row = [&](const std::string& what, const std::string& text) {
    Asker asker{store};
    const std::int64_t by_index = std::max<std::int64_t>(asker.microseconds(text, index.get(), 21), 1);
    const std::int64_t by_reading = asker.microseconds(text, nullptr, 3);
    std::cout << padded(what + " " + text, 23) << padded(std::to_string(asker.rows), 10)
              << padded(std::to_string(by_index), 12) << padded(std::to_string(by_reading), 12)
              << padded(std::to_string(by_reading / by_index), 8) << "\n";
  };
  for (const std::size_t at : {codes.size() / 7, codes.size() / 2, codes.size() - 2}) {
    const std::string& code = codes[at];
    row("whole", code);
    row("beginning", code.substr(0, code.size() - 1));
    row("end", code.substr(code.size() > 5 ? code.size() - 5 : 0));
    row("three", code.substr(code.size() > 3 ? code.size() - 3 : 0));
  }
  row("in most", codes.back().substr(0, 3));
  row("in none", codes.back().substr(0, 3) + "~~~");
  row("in none", "zzz" + codes.back().substr(0, 6));
}

}  // namespace
}  // namespace lotbook

int main(int argc, char** argv) {
  std::string where = ".", book;
  std::uint64_t entries = 100'000;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--in") == 0) where = argv[i + 1];
    if (std::strcmp(argv[i], "--entries") == 0) entries = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--book") == 0) book = argv[i + 1];
  }
  try {
    if (!book.empty()) {
      const auto store = lotbook::open_sqlite({.file = book});
      lotbook::compare(*store, book);
      return 0;
    }
    const lotbook::ScratchFolder folder(where);
    lotbook::ScratchPlant plant(folder.file("book"));
    plant.grow(entries);
    lotbook::compare(plant.store(), folder.file("book"));
  } catch (const std::exception& error) {
    std::cerr << "bench_search: " << error.what() << "\n";
    return 1;
  }
}
