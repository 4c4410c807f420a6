// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

// Passwords as argon2id hashes (libsodium's interactive limits). Each takes 64 MiB and some 50 ms while it runs, so
// only a few run at once and only a few more may wait: a flood of sign-ins then costs bounded memory and threads.

namespace lotbook {

class Passwords {
 public:
  struct Limits {
    unsigned running = 2;
    unsigned waiting = 2;
  };
  explicit Passwords(Limits limits);

  static constexpr std::size_t longest_bytes = 1024;

  /// The hash to store, with its salt and limits in it. Nullopt when too many are waiting already.
  std::optional<std::string> hash(std::string_view password);

  enum class Verdict { right, wrong, busy };
  /// `hash` is nullopt for an account that does not exist: that takes as long, and is wrong.
  Verdict verify(const std::optional<std::string>& hash, std::string_view password);
  /// True when the hash was made with other limits than today's: hash again, now that the password is known.
  static bool is_outdated(const std::string& hash);

 private:
  class Turn;

  const Limits limits_;
  std::string nobodys_hash_;
  std::mutex mutex_;
  std::condition_variable one_ended_;
  unsigned running_ = 0;
  unsigned waiting_ = 0;
};

}  // namespace lotbook
