// SPDX-License-Identifier: Apache-2.0
// What the ledger learns of who came in, and that nobody can fill it with that.
#include "http/access_notes.h"

#include <catch2/catch.hpp>

using namespace lotbook;

namespace {

const Instant start{1'700'000'000 * microseconds_per_second};
Instant after_seconds(std::int64_t seconds) { return Instant{start.microseconds + seconds * microseconds_per_second}; }

}  // namespace

TEST_CASE("what happened once is noted at once, what happens again is counted and waits") {
  NoteQueue queue({});
  queue.add(AccessEvent::sign_in_failed, "ana", "");
  const auto first = queue.take(start);
  REQUIRE(first.size() == 1);
  CHECK(first.front() == AccessNoted{AccessEvent::sign_in_failed, "ana", "", 1});
  for (int i = 0; i < 500; ++i) queue.add(AccessEvent::sign_in_failed, "ana", "");
  CHECK(queue.take(after_seconds(60)).empty());
  const auto later = queue.take(after_seconds(15 * 60));
  REQUIRE(later.size() == 1);
  CHECK(later.front().times == 500);
  CHECK(queue.is_empty());
}

TEST_CASE("all together there are only so many entries, and nothing is lost") {
  NoteQueue queue({});
  std::size_t entries = 0;
  std::uint64_t times = 0;
  for (std::int64_t second = 0; second < 3600; ++second) {
    for (int i = 0; i < 20; ++i) queue.add(AccessEvent::signed_in, "user" + std::to_string(i), "");
    const auto facts = queue.take(after_seconds(second));
    entries += !facts.empty();
    for (const AccessNoted& fact : facts) times += fact.times;
  }
  for (const AccessNoted& fact : queue.take_all()) times += fact.times;
  CHECK(entries <= 30 + 360);
  CHECK(times == 3600 * 20);
}

TEST_CASE("any number of names takes bounded memory") {
  NoteQueue queue({});
  for (int i = 0; i < 100'000; ++i) queue.add(AccessEvent::right_refused, "name" + std::to_string(i), "");
  const auto facts = queue.take_all();
  CHECK(facts.size() <= 1'001);
  std::uint64_t times = 0;
  for (const AccessNoted& fact : facts) times += fact.times;
  CHECK(times == 100'000);
}

TEST_CASE("what waits when the server stops is written") {
  SystemClock clock;
  std::vector<AccessNoted> written;
  std::unordered_map<std::string, Instant> used;
  {
    AccessNotes notes(clock);
    const AccessNoteWriter writer(
        notes, {[&](std::vector<AccessNoted> facts) { written.insert(written.end(), facts.begin(), facts.end()); },
                [&](const auto& uses) { used = uses; }});
    notes.note(AccessEvent::exported, "ana", "book");
    notes.token_used("hash");
    CHECK(notes.last_use("hash").microseconds > 0);
  }
  REQUIRE(written.size() == 1);
  CHECK(written.front().what == AccessEvent::exported);
  CHECK(used.contains("hash"));
}
