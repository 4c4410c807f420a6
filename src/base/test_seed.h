// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace lotbook {

/// Where a random test starts: LOTBOOK_SEED of the environment, else anew each time. Put `text()` into an INFO, so that
/// a failure says how to see it again.
class TestSeed {
 public:
  TestSeed() {
    if (const char* given = std::getenv("LOTBOOK_SEED"))
      value_ = std::strtoull(given, nullptr, 10);
    else
      value_ = (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
  }
  std::string text() const { return "run again with LOTBOOK_SEED=" + std::to_string(value_); }
  std::mt19937_64 generator() const { return std::mt19937_64(value_); }

 private:
  std::uint64_t value_;
};

}  // namespace lotbook
