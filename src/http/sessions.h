// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

// Who is signed in. Kept in memory only: a restart signs everybody out. Thread-safe. Only the hash of a token is kept,
// so that a copy of the memory signs nobody in.

namespace lotbook {

struct Session {
  std::string account;
  std::string csrf_token;
  Instant created_at;
  Instant last_used_at;
};

class Sessions {
 public:
  struct Limits {
    std::int64_t idle_microseconds = 12 * 60 * microseconds_per_minute;
    std::int64_t longest_microseconds = 7 * microseconds_per_day;
    std::size_t sessions = 10'000;
    std::size_t sessions_of_an_account = 20;
  };
  explicit Sessions(Limits limits) : limits_(limits) {}

  struct Opened {
    std::string token;  ///< for the cookie; known to nobody else
    Session session;
  };
  /// When there are too many, the one of this account (or of all) that was used least recently ends.
  Opened open(std::string_view account, Instant now);
  /// The session of that token if it has not ended, now used again.
  std::optional<Session> find(std::string_view token, Instant now);
  void end(std::string_view token);
  /// After a change of password or of rights. Returns how many were ended.
  std::size_t end_all(std::string_view account);
  std::size_t count() const;

 private:
  struct Kept {
    std::string token_hash;
    Session session;
  };
  using Place = std::list<Kept>::iterator;

  bool has_ended(const Session& session, Instant now) const;
  void make_room(std::string_view account, Instant now);
  void remove(Place place);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::list<Kept> by_use_;  // the most recently used first
  std::unordered_map<std::string, Place> by_token_hash_;
  std::unordered_map<std::string, std::size_t> count_of_account_;
};

}  // namespace lotbook
