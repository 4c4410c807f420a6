// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"

// Who is signed in. Kept in memory only: a restart signs everybody out. Thread-safe. Only the hash of a token is kept,
// so that a copy of the memory signs nobody in.

namespace lotbook {

struct Session {
  std::string account;
  std::string csrf_token;
  Instant created_at;
  Instant last_used_at;
  std::string id = {};        ///< names it to its owner; opens nothing
  std::string stamp = {};     ///< what its account was when it began: it ends when that changes
  Instant confirmed_at = {};  ///< when the password was given last
  std::string peer = {}, agent = {};
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
  Opened open(std::string_view account, Instant now) { return open({std::string(account), {}, {}, {}}, now); }
  struct Beginning {
    std::string account, stamp, peer, agent;
  };
  Opened open(Beginning beginning, Instant now);
  /// The session of that token if it has not ended, now used again.
  std::optional<Session> find(std::string_view token, Instant now);
  void end(std::string_view token);
  /// The password was given again.
  void confirm(std::string_view token, Instant now);
  /// Those of an account that have not ended, the most recently used first.
  std::vector<Session> of_account(std::string_view account, Instant now) const;
  /// False when the account has none of that id.
  bool end_one(std::string_view account, std::string_view id);
  /// All of the account but that one.
  std::size_t end_others(std::string_view account, std::string_view id);
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
  std::size_t end_if(const std::function<bool(const Session&)>& is_it);
  void make_room(std::string_view account, Instant now);
  void remove(Place place);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::list<Kept> by_use_;  // the most recently used first
  std::unordered_map<std::string, Place> by_token_hash_;
  std::unordered_map<std::string, std::size_t> count_of_account_;
};

}  // namespace lotbook
