// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

// Slows down guessing of passwords: after some failures of one account, or from one address, each further one doubles
// the wait before the next attempt. It asks nothing about accounts, so an account that does not exist is slowed down
// just the same. Thread-safe, and bounded in memory whatever names are tried.

namespace lotbook {

class SignInLimits {
 public:
  struct Limits {
    unsigned free_for_account = 5;  ///< failures before the first wait
    unsigned free_for_peer = 20;    ///< more: a whole plant may come from one address
    std::int64_t first_wait_microseconds = microseconds_per_second;
    std::int64_t longest_wait_microseconds = 15 * microseconds_per_minute;
    std::int64_t forgotten_after_microseconds = 60 * microseconds_per_minute;  ///< since the last failure
    std::size_t remembered = 20'000;
  };
  explicit SignInLimits(Limits limits) : limits_(limits) {}

  struct Attempt {
    std::string_view account;
    std::string_view peer;
  };
  /// Nullopt: go on and verify. Otherwise the microseconds to wait, and this attempt was none. An attempt counts as
  /// failed from here on, until `succeeded` says otherwise: so many at once gain nothing.
  std::optional<std::int64_t> begin(Attempt attempt, Instant now);
  /// Clears the account; the address gets back only this attempt, or one known password would free it for guessing.
  void succeeded(Attempt attempt);
  std::size_t remembered() const;

 private:
  struct Failures {
    std::string key;
    unsigned count = 0;
    Instant last_at;
  };
  using Place = std::list<Failures>::iterator;

  std::int64_t wait_of(const std::string& key, unsigned free, Instant now);
  void count_failure(const std::string& key, Instant now);
  void forget(const std::string& key);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::list<Failures> by_time_;  // the most recent failure first
  std::unordered_map<std::string, Place> by_key_;
};

}  // namespace lotbook
