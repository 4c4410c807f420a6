// SPDX-License-Identifier: Apache-2.0
#include "base/flat_map.h"

#include <catch2/catch.hpp>
#include <string>
#include <unordered_map>

#include "base/test_seed.h"

using namespace lotbook;

TEST_CASE("an empty flat map finds nothing and can be cleared") {
  FlatMap<std::uint32_t, int> map;
  CHECK(map.find(1) == nullptr);
  map[1] = 5;
  CHECK(*map.find(1) == 5);
  map.clear();
  CHECK(map.size() == 0);
  CHECK(map.find(1) == nullptr);
  CHECK(map.insert(1).second);
  CHECK_FALSE(map.insert(1).second);
  CHECK(*map.find(1) == 0);
}

TEST_CASE("a flat map holds what a standard map holds") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  for (const std::uint64_t spread : {100ull, 100'000ull, 0xffff'ffff'ffffull}) {
    CAPTURE(spread);
    FlatMap<std::uint64_t, std::string> map;
    std::unordered_map<std::uint64_t, std::string> reference;
    for (int i = 0; i < 20'000; ++i) {
      // Single keys, and pairs packed into one key as balances use them.
      const std::uint64_t key =
          random() % 2 ? 1 + random() % spread : (1 + random() % 1'000) << 32 | (random() % 1'000);
      if (random() % 3 == 0) {
        const auto known = reference.find(key);
        const std::string* found = map.find(key);
        REQUIRE((found != nullptr) == (known != reference.end()));
        if (found) REQUIRE(*found == known->second);
      } else {
        map[key] = reference[key] = std::to_string(random());
      }
    }
    REQUIRE(map.size() == reference.size());
    std::size_t visited = 0;
    map.each([&](std::uint64_t key, const std::string& value) {
      ++visited;
      REQUIRE(reference.at(key) == value);
    });
    REQUIRE(visited == reference.size());
  }
}
