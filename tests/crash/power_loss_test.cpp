// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "small_run.h"

// The power fails at every operation of a small workload, several times each with another part of what was not synced.

namespace lotbook {

namespace {

constexpr int cuts_per_operation = 3;

std::string integrity(Store& store) {
  const std::unique_ptr<Connection> reader = store.open_reader();
  Statement& check = reader->prepared("pragma integrity_check");
  check.step();
  return std::string(check.text(0));
}

/// Opens what the disk holds and sends everything again.
void check_after_power_cut(const Scratch& after, const SmallRun& before, bool was_created) {
  FaultVfs vfs("lotbook-after");  // the disk that came back is not lost again: no need to wait for it
  vfs.syncs_for_real = false;
  SmallRun again(after.file("book"), "lotbook-after");
  const auto store = open_sqlite({.file = after.file("book"), .create = true});
  if (!was_created) again.create();
  again.open();
  CHECK(integrity(*store) == "ok");
  const BookState found = read_book(*store);
  CHECK(found.faults == std::vector<std::string>{});
  for (const auto& [key, answer] : before.answers) {
    INFO("acknowledged, but lost: " << key);
    CHECK(found.commands.contains(key));
  }
  for (const auto& [key, command] : found.commands) {
    INFO("invented: " << key);
    CHECK(before.sent.contains(key));
  }
  for (int time = 0; time < 2; ++time) {
    const std::vector<Outcome> outcomes = again.send(0, again.commands.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const std::string& key = again.commands[i].key;
      INFO(key << " sent again: " << outcome_text(outcomes[i]));
      CHECK_FALSE(posted_text(outcomes[i]).empty());
      const auto known = before.answers.find(key);
      if (known != before.answers.end()) CHECK(posted_text(outcomes[i]) == known->second);
    }
  }
  const BookState last = read_book(*store);
  CHECK(last.faults == std::vector<std::string>{});
  CHECK(last.last_seq == 1 + again.commands.size());
}

}  // namespace

TEST_CASE("nothing acknowledged is lost when the power fails at any operation") {
  const std::uint64_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  Scratch disk, after;
  FaultVfs vfs("lotbook-power");
  vfs.remembers = true, vfs.syncs_for_real = false;
  SmallRun run(disk.file("book"), "lotbook-power");
  bool was_created = false;
  int cuts = 0;
  const auto cut = [&](const std::string& when) {
    for (int i = 0; i < cuts_per_operation; ++i, ++cuts) {
      INFO("power cut " << i << " " << when);
      after.restore(vfs.cut_power(random));
      check_after_power_cut(after, run, was_created);
    }
  };
  vfs.before = [&](const DiskStep& step) {
    if (step.changes_disk()) cut("before operation " + std::to_string(step.number) + " on " + step.file);
    return 0;
  };

  run.create();
  was_created = true;
  run.open();
  for (std::size_t first = 0; first < run.commands.size(); first += SmallRun::batch_at(first)) {
    const std::vector<Outcome> outcomes = run.send(first, SmallRun::batch_at(first));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      INFO(outcome_text(outcomes[i]));
      REQUIRE_FALSE(posted_text(outcomes[i]).empty());
      run.answers[run.commands[first + i].key] = posted_text(outcomes[i]);
    }
  }
  cut("at the end");
  run.close();
  cut("after closing");
  CHECK(cuts > 300);
}

}  // namespace lotbook
