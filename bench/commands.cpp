// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <unistd.h>

#include "figures.h"
#include "measure.h"
#include "plain_sqlite.h"
#include "scratch_plant.h"

// Durable commands per second, in process, through the executor, beside plain SQLite in the same run.
//   bench_commands [--in FOLDER] [--entries N] [--seconds S] [--clients N] [--database URL]
// --database: books lie in PostgreSQL, postgresql://HOST/DATABASE?…, and plain rows go there by the same driver.
// --entries: the book holds so many entries before the measuring. --seconds: about how long each figure takes.
// --clients: only so many, for a profile.

namespace lotbook {
namespace {

std::vector<Asked> commands_of(ScratchPlant& plant, Job job, std::uint64_t count) {
  std::vector<Asked> commands;
  commands.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) commands.push_back(plant.next(job));
  return commands;
}

std::int64_t median_sync_us(const std::string& file) {
  const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (handle < 0) throw std::runtime_error("cannot write " + file);
  const std::vector<char> page(4096, 'x');
  for (off_t at = 0; at < 300; ++at)
    if (::pwrite(handle, page.data(), page.size(), at * 4096) != 4096) break;
  ::fdatasync(handle);
  std::vector<std::int64_t> times;
  for (off_t at = 0; at < 300; ++at) {
    const std::int64_t start = nanoseconds_now();
    if (::pwrite(handle, page.data(), page.size(), at * 4096) != 4096) break;
    ::fdatasync(handle);
    times.push_back(nanoseconds_now() - start);
  }
  ::close(handle);
  return percentile(times, 50) / 1000;
}

std::size_t entry_bytes(ScratchPlant& plant) {
  const std::unique_ptr<Connection> reader = plant.store().open_reader();
  reader->begin();
  Transaction transaction(*reader);
  const std::size_t size = transaction.entry(plant.book().head().seq)->body.size();
  reader->rollback();
  return size;
}

struct Wanted {
  std::string where = ".", database;
  /// Where a book of that name is kept.
  std::string place(const ScratchFolder& folder, const std::string& book) const {
    if (database.empty()) return folder.file(book);
    return database + (database.find('?') == std::string::npos ? "?" : "&") + "book=bench_" + book;
  }
  std::uint64_t entries = 0, seconds = 3;
  std::vector<std::size_t> clients = {1, 16, 256};
};

void run(const Wanted& wanted) {
  const ScratchFolder folder(wanted.where);
  std::cout << "one 4 KiB write and fdatasync: " << median_sync_us(folder.file("sync")) << " us (median)\n";
  ScratchPlant plant(wanted.place(folder, "book"));
  const std::int64_t start = nanoseconds_now();
  std::int64_t lap = start;
  plant.grow(std::max<std::uint64_t>(wanted.entries, 4000), [&](std::uint64_t done) {
    const std::int64_t now = nanoseconds_now();
    std::cout << "  " << done / 1'000'000 << " M commands: the last million in " << (now - lap) / 1'000'000'000 << " s"
              << std::endl;
    lap = now;
  });
  std::cout << "the book holds " << plant.book().head().seq << " entries, posted in "
            << (nanoseconds_now() - start) / 1'000'000 << " ms in batches of 1,000\n\n"
            << "                     clients  commands/s   p50 ms   p99 ms  writer CPU us  x plain rows, 1 client\n";
  for (const Job job : all_jobs) {
    if (!plant.can(job)) continue;
    measure(plant, commands_of(plant, job, 500), 256);
    const std::size_t size = entry_bytes(plant);
    const auto plainly = [&](const char* name, std::uint64_t count) {
      return write_plainly(wanted.place(folder, name + std::to_string(static_cast<int>(job))), job, count, size);
    };
    constexpr std::uint64_t probe = 300;
    const std::uint64_t in_time =
        probe * wanted.seconds * 1'000'000'000 / static_cast<std::uint64_t>(plainly("probe", probe).nanoseconds);
    const auto plain_count = static_cast<std::int64_t>(std::max(probe, in_time));
    const PlainFigure plain = plainly("plain", static_cast<std::uint64_t>(plain_count));
    const std::int64_t plain_rate = plain_count * 1'000'000'000 / plain.nanoseconds;
    std::cout << padded(text_of(job), 20) << padded("plain", 8) << padded(std::to_string(plain_rate), 12)
              << padded(hundredths_text(plain.cpu_nanoseconds / plain_count), 33) << "   (entries of " << size
              << " bytes)\n";
    for (const std::size_t clients : wanted.clients) {
      const Figure first = measure(plant, commands_of(plant, job, 100 + clients * 8), clients);
      const Figure figure = measure(
          plant,
          commands_of(plant, job,
                      std::max<std::uint64_t>(200, wanted.seconds * static_cast<std::uint64_t>(first.per_second))),
          clients);
      std::cout << padded(text_of(job), 20) << padded(std::to_string(clients), 8)
                << padded(std::to_string(figure.per_second), 12) << padded(hundredths_text(figure.p50_us), 9)
                << padded(hundredths_text(figure.p99_us), 9) << padded(hundredths_text(figure.cpu_ns), 15)
                << padded(hundredths_text(figure.per_second * 1000 / plain_rate), 12) << std::endl;
    }
  }
}

}  // namespace
}  // namespace lotbook

int main(int argc, char** argv) {
  lotbook::Wanted wanted;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--in") == 0) wanted.where = argv[i + 1];
    if (std::strcmp(argv[i], "--database") == 0) wanted.database = argv[i + 1];
    if (std::strcmp(argv[i], "--entries") == 0) wanted.entries = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--seconds") == 0) wanted.seconds = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--clients") == 0) wanted.clients = {std::strtoull(argv[i + 1], nullptr, 10)};
  }
  try {
    lotbook::run(wanted);
  } catch (const std::exception& error) {
    std::cerr << "bench_commands: " << error.what() << "\n";
    return 1;
  }
}
