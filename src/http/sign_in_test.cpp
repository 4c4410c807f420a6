// SPDX-License-Identifier: Apache-2.0
// Passwords, sessions and the limits on guessing: what a sign-in is made of.
#include <catch2/catch.hpp>
#include <latch>
#include <thread>

#include "http/passwords.h"
#include "http/sessions.h"
#include "http/sign_in_limits.h"

using namespace lotbook;
using Verdict = Passwords::Verdict;

namespace {

constexpr std::int64_t hour = 60 * microseconds_per_minute;
const Instant start{1'700'000'000 * microseconds_per_second};
Instant after(std::int64_t microseconds) { return Instant{start.microseconds + microseconds}; }

}  // namespace

TEST_CASE("a password is right, wrong, or of nobody") {
  Passwords passwords({});
  const auto hash = passwords.hash("correct horse");
  REQUIRE(hash);
  CHECK(hash->starts_with("$argon2id$"));
  CHECK_FALSE(Passwords::is_outdated(*hash));
  CHECK(passwords.verify(hash, "correct horse") == Verdict::right);
  CHECK(passwords.verify(hash, "correct horsf") == Verdict::wrong);
  CHECK(passwords.verify(std::nullopt, "correct horse") == Verdict::wrong);
  CHECK(passwords.verify(std::string("not a hash"), "x") == Verdict::wrong);
}

TEST_CASE("a password longer than the limit is wrong even where its beginning is right") {
  Passwords passwords({});
  const std::string longest(Passwords::longest_bytes, 'x');
  const auto hash = passwords.hash(longest);
  REQUIRE(hash);
  CHECK(passwords.verify(hash, longest + "x") == Verdict::wrong);
}

TEST_CASE("a flood of sign-ins is told to come again and runs few at once") {
  Passwords passwords({1, 1});
  std::atomic<int> busy = 0;
  std::vector<std::thread> threads;
  std::latch together(12);
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      together.arrive_and_wait();
      busy += passwords.verify(std::nullopt, "x") == Verdict::busy;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(busy >= 1);
  CHECK(busy <= 10);
}

TEST_CASE("a session is found by its token until it is idle or old") {
  Sessions sessions({});
  const auto opened = sessions.open("ann", start);
  CHECK(opened.token != opened.session.csrf_token);
  CHECK_FALSE(sessions.find("another", start));
  for (int day = 0; day < 13; ++day) {
    const auto session = sessions.find(opened.token, after(day * 12 * hour + 1 - (day > 0 ? 2 * day : 0)));
    REQUIRE(session);
    CHECK(session->account == "ann");
    CHECK(session->csrf_token == opened.session.csrf_token);
  }
  CHECK_FALSE(sessions.find(opened.token, after(7 * 24 * hour)));
  CHECK(sessions.count() == 0);

  const auto idle = sessions.open("ann", start);
  CHECK(sessions.find(idle.token, after(12 * hour - 1)));
  CHECK_FALSE(sessions.find(idle.token, after(24 * hour - 1)));
}

TEST_CASE("one session ends, or all of an account") {
  Sessions sessions({});
  const auto first = sessions.open("ann", start);
  const auto second = sessions.open("ann", start);
  const auto other = sessions.open("bob", start);
  sessions.end(first.token);
  sessions.end("never was");
  CHECK_FALSE(sessions.find(first.token, start));
  CHECK(sessions.find(second.token, start));
  CHECK(sessions.end_all("ann") == 1);
  CHECK_FALSE(sessions.find(second.token, start));
  CHECK(sessions.find(other.token, start));
}

TEST_CASE("too many sessions end the one used least recently, first of the same account") {
  Sessions sessions({12 * hour, 7 * microseconds_per_day, 3, 2});
  const auto ann1 = sessions.open("ann", start);
  const auto ann2 = sessions.open("ann", start);
  CHECK(sessions.find(ann1.token, start));
  const auto ann3 = sessions.open("ann", start);
  CHECK_FALSE(sessions.find(ann2.token, start));
  const auto bob = sessions.open("bob", start);
  const auto cid = sessions.open("cid", start);
  CHECK(sessions.count() == 3);
  CHECK_FALSE(sessions.find(ann1.token, start));
  CHECK(sessions.find(ann3.token, start));
  CHECK(sessions.find(bob.token, start));
  CHECK(sessions.find(cid.token, start));
}

TEST_CASE("after five failures of an account the wait doubles") {
  SignInLimits limits({});
  Instant now = start;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, now));
  CHECK(limits.begin({"ann", "10.0.0.2"}, now) == 1'000'000);
  CHECK_FALSE(limits.begin({"bob", "10.0.0.1"}, now));
  for (const std::int64_t wait : {1, 2, 4, 8, 16}) {
    now.microseconds += wait * microseconds_per_second - 1;
    CHECK(limits.begin({"ann", "10.0.0.1"}, now) == 1);
    now.microseconds += 1;
    CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, now));
  }
  limits.succeeded({"ann", "10.0.0.1"});
  CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, now));
}

TEST_CASE("the wait has an end, and failures are forgotten") {
  SignInLimits limits({});
  Instant now = start;
  for (int i = 0; i < 40; ++i) {
    if (const auto wait = limits.begin({"ann", "10.0.0.1"}, now)) {
      CHECK(*wait <= 15 * microseconds_per_minute);
      now.microseconds += *wait;
      CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, now));
    }
  }
  now.microseconds += 60 * microseconds_per_minute;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, now));
}

TEST_CASE("one address that tries many accounts is slowed down, and a success does not free it") {
  SignInLimits limits({});
  for (int i = 0; i < 20; ++i) {
    CHECK_FALSE(limits.begin({"account" + std::to_string(i), "10.0.0.1"}, start));
  }
  CHECK(limits.begin({"ann", "10.0.0.1"}, start));
  CHECK_FALSE(limits.begin({"ann", "10.0.0.2"}, start));
  limits.succeeded({"ann", "10.0.0.1"});
  CHECK_FALSE(limits.begin({"ann", "10.0.0.1"}, start));
  CHECK(limits.begin({"ann", "10.0.0.1"}, start));
}

TEST_CASE("addresses of one IPv6 network count as one") {
  SignInLimits limits({});
  for (int i = 0; i < 20; ++i)
    CHECK_FALSE(limits.begin({"account" + std::to_string(i), "2001:db8:1:2::" + std::to_string(i + 1)}, start));
  CHECK(limits.begin({"ann", "2001:db8:1:2:ffff::1"}, start));
  CHECK_FALSE(limits.begin({"ann", "2001:db8:1:3::1"}, start));
}

TEST_CASE("what is remembered of sign-ins is bounded") {
  SignInLimits::Limits small;
  small.remembered = 10;
  SignInLimits limits(small);
  for (int i = 0; i < 1000; ++i) {
    const std::string name = std::to_string(i);
    limits.begin({name, name}, start);
    REQUIRE(limits.remembered() <= 10);
  }
}
