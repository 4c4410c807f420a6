// SPDX-License-Identifier: Apache-2.0
#include "ledger/wanted_sums.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/test_seed.h"

using namespace lotbook;

TEST_CASE("what orders want is the plain sum of those before, in whatever order they come and go") {
  const TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  WantedSum sum;
  std::map<std::uint32_t, std::int64_t> plain;
  const auto add = [&](std::uint32_t order, std::int64_t much) {
    sum.add(order, much);
    if ((plain[order] += much) == 0) plain.erase(order);
  };
  const auto looks_alike = [&](std::uint32_t order) {
    std::int64_t before = 0;
    for (const auto& [number, much] : plain)
      if (number < order) before += much;
    REQUIRE(sum.before(order) == Decimal::from_millionths(before));
  };
  for (std::uint32_t order = 1; order <= 1000; ++order) add(order, 1 + below(1'000'000));
  for (int step = 0; step < 5000; ++step) {
    const std::uint32_t order = below(3000);
    const auto known = plain.find(order);
    add(order, known != plain.end() && below(2) == 0 ? -known->second : 1 + below(1'000'000));
    looks_alike(below(3100));
  }
  while (!plain.empty()) {
    const auto last = std::prev(plain.end());
    add(last->first, -last->second);
    looks_alike(below(3100));
  }
}

TEST_CASE("orders may ask for more than any sum can hold") {
  WantedSum sum;
  for (std::uint32_t order = 1; order <= 5; ++order) sum.add(order, INT64_MAX);
  CHECK(sum.before(1).is_zero());
  CHECK(sum.before(6) == Decimal::whole(1'000'000'000'000));
  for (std::uint32_t order = 2; order <= 5; ++order) sum.add(order, -WantedSum::Wide{INT64_MAX});
  sum.add(1, 1 - WantedSum::Wide{INT64_MAX});
  CHECK(sum.before(6) == Decimal::from_millionths(1));
}
