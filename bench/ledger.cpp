// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "figures.h"
#include "scratch_plant.h"

// What an entry costs in memory, and how fast a book is imported and verified.
//   bench_ledger [--in FOLDER] [--lotbook PROGRAM --bundle FOLDER]
// With a program and a bundle: `lotbook import` into a new book, then `lotbook verify` of it.

namespace lotbook {
namespace {

/// Nanoseconds of CPU of one call, the middle of nine rounds.
template <class Work>
std::int64_t nanoseconds_each(Work work) {
  constexpr int calls = 20'000;
  std::vector<std::int64_t> rounds;
  for (int round = 0; round < 9; ++round) {
    const std::int64_t start = thread_nanoseconds();
    for (int i = 0; i < calls; ++i) work();
    rounds.push_back((thread_nanoseconds() - start) / calls);
  }
  return percentile(rounds, 50);
}

void cost_of_entries(ScratchPlant& plant) {
  std::cout << "                       bytes   encode us  decode us  SHA-256 us\n";
  for (const Job job : all_jobs) {
    if (!plant.can(job)) continue;
    std::vector<Waiting> waiting;
    waiting.push_back({plant.next(job), [&](const Outcome& outcome) { plant.note(outcome); }});
    execute(plant.book(), plant.clock(), waiting);
    const std::unique_ptr<Connection> reader = plant.store().open_reader();
    reader->begin();
    Transaction transaction(*reader);
    const std::uint64_t seq = plant.book().head().seq;
    const EntryRow row = *transaction.entry(seq);
    const Bytes body(row.body.begin(), row.body.end());
    const Hash before = row.hash;
    reader->rollback();
    Entry entry = decode_entry(body, seq);
    Bytes out;
    std::uint8_t seen = 0;
    const std::int64_t encode = nanoseconds_each([&] { out.clear(), encode_entry(entry, out), seen ^= out.back(); });
    const std::int64_t decode = nanoseconds_each([&] { decode_entry(body, seq, entry); });
    const std::int64_t hash = nanoseconds_each([&] { seen ^= chain_hash(before, body)[0]; });
    if (out != body) throw std::logic_error("an entry has two forms");
    std::cout << padded(text_of(job), 20) << padded(std::to_string(body.size()), 8)
              << padded(hundredths_text(encode), 12) << padded(hundredths_text(decode), 11)
              << padded(hundredths_text(hash), 12) << (seen == 1 ? " " : "") << "\n";
  }
}

std::int64_t timed(const std::string& command) {
  const std::int64_t start = nanoseconds_now();
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  return nanoseconds_now() - start;
}

std::uint64_t lines_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::uint64_t lines = 0;
  for (std::string line; std::getline(in, line);) ++lines;
  return lines;
}

void import_and_verify(const std::string& lotbook, const std::string& bundle, const ScratchFolder& folder) {
  const std::string book = folder.file("imported"), quiet = " > /dev/null";
  const std::uint64_t events = lines_of(bundle + "/events.csv") - 1;
  const std::int64_t imported = timed("'" + lotbook + "' import '" + bundle + "' --book '" + book + "'" + quiet);
  std::uint64_t entries = 0;
  {
    const auto store = open_sqlite({.file = book});
    const std::unique_ptr<Connection> reader = store->open_reader();
    reader->begin();
    entries = Transaction(*reader).head()->seq;
    reader->rollback();
  }
  const std::uint64_t bytes = std::filesystem::file_size(book);
  std::cout << events << " events in " << entries << " entries\n"
            << "import:  " << events * 1'000'000 / static_cast<std::uint64_t>(imported / 1000) << " events/s ("
            << imported / 1'000'000 << " ms)\n"
            << "size:    " << hundredths_text(static_cast<std::int64_t>(bytes * 1000 / events)) << " bytes an event\n";
  const std::int64_t verified = timed("'" + lotbook + "' verify --book '" + book + "'" + quiet);
  std::cout << "verify:  " << entries * 1'000'000 / static_cast<std::uint64_t>(verified / 1000) << " entries/s ("
            << verified / 1'000'000 << " ms)\n";
}

}  // namespace
}  // namespace lotbook

int main(int argc, char** argv) {
  std::string where = ".", lotbook, bundle;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--in") == 0) where = argv[i + 1];
    if (std::strcmp(argv[i], "--lotbook") == 0) lotbook = argv[i + 1];
    if (std::strcmp(argv[i], "--bundle") == 0) bundle = argv[i + 1];
  }
  try {
    const lotbook::ScratchFolder folder(where);
    lotbook::ScratchPlant plant(folder.file("book"));
    plant.grow(2000);
    lotbook::cost_of_entries(plant);
    if (!lotbook.empty() && !bundle.empty()) lotbook::import_and_verify(lotbook, bundle, folder);
  } catch (const std::exception& error) {
    std::cerr << "bench_ledger: " << error.what() << "\n";
    return 1;
  }
}
