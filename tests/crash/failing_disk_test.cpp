// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>
#include <sqlite3.h>

#include "small_run.h"

// The disk fails at the n-th operation, for every n of a small workload: once, or until somebody mends it.

namespace lotbook {

namespace {

struct Fault {
  const char* name;
  int code;
  bool stays;  ///< from the n-th operation on, until it is lifted
  bool (*hits)(const DiskStep&);
};

bool any(const DiskStep&) { return true; }
bool writes(const DiskStep& step) { return step.op == DiskOp::write; }
bool changes(const DiskStep& step) {
  return step.op == DiskOp::write || step.op == DiskOp::truncate || step.op == DiskOp::remove;
}
bool syncs(const DiskStep& step) { return step.op == DiskOp::sync; }

constexpr Fault faults[] = {{"an I/O error", SQLITE_IOERR, false, any},
                            {"I/O errors", SQLITE_IOERR, true, any},
                            {"a sync that fails", SQLITE_IOERR_FSYNC, false, syncs},
                            {"a full disk", SQLITE_FULL, true, writes},
                            {"a read-only disk", SQLITE_READONLY, true, changes}};

/// One run with one fault at one operation.
class FaultyRun {
 public:
  FaultyRun(const Fault& fault, std::uint64_t at, std::uint64_t seed)
      : fault_(fault), at_(at), random_(seed), run_(disk_.file("book"), "lotbook-faulty") {
    vfs_.remembers = true, vfs_.syncs_for_real = false;
    vfs_.before = [this](const DiskStep& step) {
      if (is_lifted_ || !fault_.hits(step)) return 0;
      ++hits_;
      const bool strikes = fault_.stays ? hits_ >= at_ : hits_ == at_;
      has_struck_ |= strikes;
      return strikes ? fault_.code : 0;
    };
  }

  /// False when the workload ended before the n-th operation.
  bool go() {
    try_until_mended([&] { run_.create(); });
    plain_ = open_sqlite({.file = disk_.file("book")});
    try_until_mended([&] { run_.open(); });
    for (std::size_t first = 0; first < run_.commands.size(); first += SmallRun::batch_at(first)) {
      const std::size_t count = SmallRun::batch_at(first), next = first + count;
      if (!send(first, count)) continue;
      if (fault_.stays && !is_lifted_) {
        // The disk still fails: the same again, and something new. Reading goes on.
        send(first, count);
        if (first >= set_up_ && next < run_.commands.size()) send(next, 1);
        CHECK(read_book(*plain_).faults == std::vector<std::string>{});
      }
      check_power_cut();
      is_lifted_ |= fault_.stays;
      CHECK_FALSE(send(first, count));
    }
    is_lifted_ = true;
    for (int time = 0; time < 2; ++time) {
      send(0, run_.commands.size());
      CHECK(run_.answers.size() == run_.commands.size());
    }
    CHECK(read_book(*plain_).last_seq == 1 + run_.commands.size());
    check_power_cut();
    run_.close();
    CHECK(read_book(*plain_).last_seq == 1 + run_.commands.size());
    return has_struck_;
  }

 private:
  void try_until_mended(const std::function<void()>& step) {
    try {
      return step();
    } catch (const StoreFailure&) {
    } catch (const OutcomeUnknown&) {
    }
    is_lifted_ = true;
    step();
  }

  bool send(std::size_t first, std::size_t count) {
    const std::vector<Outcome> outcomes = run_.send(first, count);
    bool failed = false;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const std::string& key = run_.commands[first + i].key;
      const std::string text = outcome_text(outcomes[i]), posted = posted_text(outcomes[i]);
      INFO(key << ": " << text);
      const auto known = run_.answers.find(key);
      if (!posted.empty()) {
        if (known != run_.answers.end()) CHECK(known->second == posted);
        run_.answers[key] = posted;
        refused_.erase(key);
        continue;
      }
      failed = true;
      if (std::holds_alternative<Unknown>(outcomes[i])) continue;
      // Refused means that it is not in the book, also when it was sent before.
      CHECK(known == run_.answers.end());
      const Code code = std::get<Refusals>(outcomes[i]).front().code;
      const bool says_why = code == Code::unavailable || code == Code::book_is_full || code == Code::book_is_read_only;
      CHECK(says_why);
      refused_.insert(key);
    }
    if (failed) check_refused(read_book(*plain_));
    return failed;
  }

  void check_refused(const BookState& state) {
    CHECK(state.faults == std::vector<std::string>{});
    for (const std::string& key : refused_) {
      INFO("refused, but in the book: " << key);
      CHECK_FALSE(state.commands.contains(key));
    }
    for (const auto& [key, answer] : run_.answers) {
      INFO("acknowledged, but lost: " << key);
      CHECK(state.commands.contains(key));
    }
  }

  void check_power_cut() {
    Scratch after;
    after.restore(vfs_.cut_power(random_));
    FaultVfs vfs("lotbook-after");
    vfs.syncs_for_real = false;
    const auto store = open_sqlite({.file = after.file("book"), .vfs = "lotbook-after"});
    { const Book reopened(*store); }
    INFO("after a power cut");
    check_refused(read_book(*store));
  }

  const Fault& fault_;
  const std::size_t set_up_ = set_up_commands().size();
  std::uint64_t at_, hits_ = 0;
  bool is_lifted_ = false, has_struck_ = false;
  std::mt19937_64 random_;
  FaultVfs vfs_{"lotbook-faulty"};
  Scratch disk_;
  SmallRun run_;
  std::unique_ptr<Store> plain_;  ///< reads the same file past the failing disk
  std::unordered_set<std::string> refused_;
};

}  // namespace

TEST_CASE("a disk that fails at any operation loses nothing and is survived") {
  const std::uint64_t seed = std::random_device{}();
  for (const Fault& fault : faults) {
    std::uint64_t at = 1;
    for (bool has_struck = true; has_struck; ++at) {
      INFO(fault.name << " at operation " << at << ", seed " << seed);
      has_struck = FaultyRun(fault, at, seed + at).go();
    }
    INFO(fault.name << " was tried at " << at - 2 << " operations");
    CHECK(at > 20);
  }
}

TEST_CASE("the executor goes on when there is space again") {
  Scratch disk;
  FaultVfs vfs("lotbook-full");
  std::atomic<bool> is_full = false;
  vfs.before = [&](const DiskStep& step) { return is_full && writes(step) ? SQLITE_FULL : SQLITE_OK; };
  SystemClock clock;
  const auto store = open_sqlite({.file = disk.file("book"), .create = true, .vfs = "lotbook-full"});
  Book::create(*store, {}, clock.now());
  Book book(*store);
  Executor executor(book, clock);
  const std::vector<Sent> commands = small_workload(12);
  std::size_t next = 0;
  for (; next < set_up_commands().size(); ++next)
    REQUIRE_FALSE(posted_text(executor.call(asked_of(commands[next]))).empty());
  is_full = true;
  for (int i = 0; i < 3; ++i) {
    const Outcome outcome = executor.call(asked_of(commands[next + static_cast<std::size_t>(i)]));
    CHECK(posted_text(outcome).empty());
    // What was in the book before gets its answer, disk or no disk.
    CHECK_FALSE(posted_text(executor.call(asked_of(commands[0]))).empty());
    CHECK(read_book(*store).faults == std::vector<std::string>{});
  }
  is_full = false;
  for (const Sent& sent : commands) CHECK_FALSE(posted_text(executor.call(asked_of(sent))).empty());
  CHECK(read_book(*store).last_seq == 1 + commands.size());
}

}  // namespace lotbook
