// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include "fault_vfs.h"
#include "sent.h"
#include "store/postgresql/postgresql_store.h"
#include "store/sqlite/sqlite_store.h"

// Works on a book until it is killed: 16 clients send random commands through one executor. Each client logs a command
// before it sends it and the answer after it came, one line and one write(2) each, so that the log outlives the kill.
//   crash_writer BOOK LOG PREFIX SEED KILL-AT-OPERATION
// At the given operation on a file of the book the program kills itself; 0: whoever started it does. BOOK may be an
// address of PostgreSQL.

namespace {

using namespace lotbook;

class Log {
 public:
  explicit Log(const char* file) : file_(::open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw std::runtime_error("cannot open the log");
  }
  void line(const std::string& text) {
    const std::string whole = text + "\n";
    if (::write(file_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) std::abort();
  }

 private:
  int file_;
};

void work(Executor& executor, Log& log, Work clients_work) {
  for (;;) {
    const Sent sent = clients_work.next();
    log.line("sent\t" + sent.key + "\t" + sent.name + "\t" + sent.json);
    const Outcome outcome = executor.call(asked_of(sent));
    const std::string posted = posted_text(outcome);
    log.line(posted.empty() ? "refused\t" + sent.key + "\t" + outcome_text(outcome)
                            : "posted\t" + sent.key + "\t" + posted);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: crash_writer BOOK LOG PREFIX SEED KILL-AT-OPERATION\n";
    return 2;
  }
  ::alarm(60);  // never outlives a driver that died
  const std::string prefix = argv[3];
  const std::uint64_t seed = std::strtoull(argv[4], nullptr, 10), kill_at = std::strtoull(argv[5], nullptr, 10);
  FaultVfs vfs("lotbook-crash");
  vfs.before = [&](const DiskStep& step) {
    // Reads change nothing that could be left half done.
    static std::atomic<std::uint64_t> changes = 0;
    if (step.changes_disk() && ++changes == kill_at) ::kill(::getpid(), SIGKILL);
    return 0;
  };
  SystemClock clock;
  // A small log, so that checkpoints happen often enough to be killed in.
  const auto store =
      is_postgresql_address(argv[1])
          ? open_postgresql({.url = argv[1], .create = true})
          : open_sqlite({.file = argv[1], .create = true, .vfs = "lotbook-crash", .checkpoint_pages = 100});
  Book::create(*store, {}, clock.now());
  Book book(*store);
  Log log(argv[2]);
  Executor executor(book, clock);
  for (const Sent& sent : set_up_commands()) {
    const Outcome outcome = executor.call(asked_of(sent));
    if (posted_text(outcome).empty()) {
      std::cerr << "the set-up was " << outcome_text(outcome) << "\n";
      return 1;
    }
  }
  std::vector<std::thread> clients;
  for (std::uint64_t i = 0; i < 16; ++i)
    clients.emplace_back([&, i] { work(executor, log, {prefix + "-" + std::to_string(i), seed * 16 + i}); });
  for (std::thread& client : clients) client.join();
}
