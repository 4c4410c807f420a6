// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>
#include <unordered_map>

#include "sent.h"
#include "store/scratch_book.h"

// Kills crash_writer again and again over the same books, half of the times at a moment and half at a drawn operation
// on a file, and looks at the book after each. In PostgreSQL there is no file of ours: then always at a moment.
//   crash_kills CRASH-WRITER [--kills N] [--seed S]

namespace {

using namespace lotbook;
namespace fs = std::filesystem;

constexpr int kills_per_book = 50;

struct Command {
  Sent sent;
  std::string answer;  ///< JSON when it was posted; empty: none came
  bool is_refused = false;
};
using Commands = std::unordered_map<std::string, Command>;

class Series {
 public:
  Series(std::string writer, std::uint64_t seed) : writer_(std::move(writer)), seed_(seed), random_(seed) {
    std::string folder = (fs::temp_directory_path() / "lotbook-crash-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("cannot make a folder");
    folder_ = folder;
    book_ = tests_use_postgresql()
                ? test_database() + "&book=kills" + std::to_string(::getpid()) + "_" + std::to_string(seed)
                : (folder_ / "book").string();
  }
  ~Series() {
    std::error_code ignored;
    if (!keeps_ && tests_use_postgresql()) drop_postgresql_book(book_);
    if (!keeps_) fs::remove_all(folder_, ignored);
  }
  Series(const Series&) = delete;
  Series& operator=(const Series&) = delete;

  /// False when something was lost, invented or broken; says what.
  bool kill_once(int round) {
    const bool at_operation = random_() % 2 == 0 && !tests_use_postgresql();
    const std::uint64_t operation = at_operation ? 1 + random_() % (random_() % 3 == 0 ? 40 : 1500) : 0;
    const std::uint64_t microseconds =
        at_operation ? 10'000'000 : random_() % (tests_use_postgresql() ? 400'000 : 100'000);
    const std::string prefix = "r" + std::to_string(round);
    const pid_t child = ::fork();
    if (child == 0) {
      const std::string seed = std::to_string(random_()), at = std::to_string(operation);
      ::execl(writer_.c_str(), writer_.c_str(), book_.c_str(), (folder_ / "log").c_str(), prefix.c_str(), seed.c_str(),
              at.c_str(), nullptr);
      ::_exit(127);
    }
    const int status = wait_or_kill(child, microseconds);
    random_();  // the child drew one
    std::ostringstream how;
    how << "seed " << seed_ << ", kill " << round << (at_operation ? " at operation " : " after microseconds ")
        << (at_operation ? operation : microseconds);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
      std::cerr << how.str() << ": the writer ended by itself\n";
      keeps_ = true;
      return false;
    }
    const std::vector<std::string> faults = look();
    for (const std::string& fault : faults) std::cerr << how.str() << ": " << fault << "\n";
    if (!faults.empty()) std::cerr << "kept: " << folder_ << "\n";
    keeps_ = !faults.empty();
    return faults.empty();
  }
  std::uint64_t entries = 0, acknowledged = 0, doubtful = 0;

 private:
  static int wait_or_kill(pid_t child, std::uint64_t microseconds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(microseconds);
    int status = 0;
    for (;;) {
      if (::waitpid(child, &status, WNOHANG) == child) return status;
      if (std::chrono::steady_clock::now() >= until) break;
      ::usleep(200);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return status;
  }

  /// Lines written since the last look. A kill may cut the last line off; what it said was not sent, or not answered.
  std::vector<std::string> read_log(Commands& fresh) {
    std::vector<std::string> faults;
    std::ifstream file(folder_ / "log", std::ios::binary);
    file.seekg(static_cast<std::streamoff>(read_));
    std::string text{std::istreambuf_iterator<char>(file), {}};
    text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    read_ += text.size();
    file.close();
    if (fs::exists(folder_ / "log")) fs::resize_file(folder_ / "log", read_);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream parts(line);
      std::string what, key, rest;
      std::getline(parts, what, '\t'), std::getline(parts, key, '\t');
      Command& command = fresh[key];
      if (what == "sent") {
        command.sent.key = key;
        std::getline(parts, command.sent.name, '\t'), std::getline(parts, command.sent.json);
      } else if (std::getline(parts, rest); what == "posted") {
        command.answer = rest;
      } else {
        command.is_refused = true;
        if (rest.starts_with("unknown")) faults.push_back("an answer was unknown although no disk failed: " + rest);
      }
    }
    return faults;
  }

  std::vector<std::string> look() {
    Commands fresh;
    std::vector<std::string> faults = read_log(fresh);
    if (!tests_use_postgresql() && !fs::exists(book_)) return faults;
    SystemClock clock;
    const auto store = tests_use_postgresql() ? open_postgresql({.url = book_, .create = true})
                                              : open_sqlite({.file = book_, .create = true});
    Book::create(*store, {}, clock.now());  // does nothing unless the kill came before there was a book
    Book book(*store);
    check_entries(*store, fresh, faults);
    settle(book, clock, fresh, faults);
    entries = book.head().seq;
    for (auto& [key, command] : fresh) commands_.insert_or_assign(key, std::move(command));
    const BookState after = read_book(*store);
    faults.insert(faults.end(), after.faults.begin(), after.faults.end());
    return faults;
  }

  void check_entries(Store& store, const Commands& fresh, std::vector<std::string>& faults) {
    const BookState state = read_book(store);
    faults.insert(faults.end(), state.faults.begin(), state.faults.end());
    for (const auto& [key, known] : state.commands) {
      if (key.starts_with("set-up-")) continue;
      const auto in_fresh = fresh.find(key);
      const auto before = commands_.find(key);
      if (in_fresh == fresh.end() && before == commands_.end()) {
        faults.push_back("entry " + std::to_string(known.seq) + " was never sent: " + key);
        continue;
      }
      const Command& command = in_fresh != fresh.end() ? in_fresh->second : before->second;
      if (command.is_refused) faults.push_back("refused, but in the book: " + key);
      if (in_fresh != fresh.end() && asked_of(command.sent).digest != known.digest)
        faults.push_back("entry " + std::to_string(known.seq) + " is another command than was sent: " + key);
    }
    const auto lost = [&](const Commands& commands) {
      for (const auto& [key, command] : commands)
        if (!command.answer.empty() && !state.commands.contains(key))
          faults.push_back("acknowledged, but lost: " + key);
    };
    lost(fresh), lost(commands_);
  }

  /// Sends everything of the last round again, twice: the acknowledged get their answer, the others are settled.
  void settle(Book& book, Clock& clock, Commands& fresh, std::vector<std::string>& faults) {
    for (int time = 0; time < 2; ++time) {
      std::vector<std::pair<Command*, Outcome>> again;
      std::vector<Waiting> waiting;
      for (auto& [key, command] : fresh)
        if (!command.is_refused) again.emplace_back(&command, Refusals{});
      for (auto& [command, outcome] : again)
        waiting.push_back({asked_of(command->sent), [&outcome = outcome](Outcome o) { outcome = std::move(o); }});
      execute(book, clock, waiting);
      for (auto& [command, outcome] : again) {
        const std::string answer = posted_text(outcome);
        if (command->answer.empty() && time == 0) {
          ++doubtful;
          command->answer = answer, command->is_refused = answer.empty();
        } else if (answer != command->answer) {
          faults.push_back("sent again, " + command->sent.key + " is " + outcome_text(outcome) + " instead of " +
                           command->answer);
        } else {
          ++acknowledged;
        }
      }
    }
  }

  std::string writer_;
  std::uint64_t seed_;
  std::mt19937_64 random_;
  fs::path folder_;
  std::string book_;
  std::uint64_t read_ = 0;
  Commands commands_;
  bool keeps_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: crash_kills CRASH-WRITER [--kills N] [--seed S]\n";
    return 2;
  }
  int kills = 200;
  std::uint64_t seed = std::random_device{}();
  for (int i = 2; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--kills") kills = std::atoi(argv[i + 1]);
    if (std::string(argv[i]) == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  std::cout << "seed " << seed << ", " << kills << " kills" << std::endl;
  std::uint64_t entries = 0, acknowledged = 0, doubtful = 0;
  for (int done = 0; done < kills; done += kills_per_book, ++seed) {
    Series series(argv[1], seed);
    for (int round = 0; round < std::min(kills_per_book, kills - done); ++round)
      if (!series.kill_once(round)) return 1;
    entries += series.entries, acknowledged += series.acknowledged, doubtful += series.doubtful;
  }
  std::cout << entries << " entries; " << acknowledged << " answers came again the same, " << doubtful
            << " commands without an answer were settled by their key\n";
}
