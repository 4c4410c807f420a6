// SPDX-License-Identifier: Apache-2.0
#include "http/passwords.h"

#include <array>
#include <new>
#include <sodium.h>

#include "base/check.h"
#include "http/security.h"

namespace lotbook {
namespace {

void start_sodium() {
  static const int started = sodium_init();
  check(started >= 0, "libsodium starts");
}

std::string argon2id(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();  // the only way in which it fails
  return text.data();
}

}  // namespace

/// One of the few that may run, from when it is granted to the end of the block.
class Passwords::Turn {
 public:
  explicit Turn(Passwords& passwords) : passwords_(passwords) {
    std::unique_lock lock(passwords_.mutex_);
    if (passwords_.running_ >= passwords_.limits_.running) {
      if (passwords_.waiting_ >= passwords_.limits_.waiting) return;
      ++passwords_.waiting_;
      passwords_.one_ended_.wait(lock, [&] { return passwords_.running_ < passwords_.limits_.running; });
      --passwords_.waiting_;
    }
    ++passwords_.running_;
    is_granted_ = true;
  }
  ~Turn() {
    if (!is_granted_) return;
    {
      const std::lock_guard lock(passwords_.mutex_);
      --passwords_.running_;
    }
    passwords_.one_ended_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  explicit operator bool() const { return is_granted_; }

 private:
  Passwords& passwords_;
  bool is_granted_ = false;
};

Passwords::Passwords(Limits limits) : limits_(limits) {
  start_sodium();
  check(limits_.running > 0, "at least one password can be verified at a time");
  nobodys_hash_ = argon2id(new_token());
}

std::optional<std::string> Passwords::hash(std::string_view password) {
  check(password.size() <= longest_bytes, "a password to hash was measured before");
  const Turn turn(*this);
  if (!turn) return std::nullopt;
  return argon2id(password);
}

Passwords::Verdict Passwords::verify(const std::optional<std::string>& hash, std::string_view password) {
  const Turn turn(*this);
  if (!turn) return Verdict::busy;
  // Cut, a password that is too long costs what any wrong one costs.
  const std::string_view tried = password.substr(0, longest_bytes);
  const std::string& stored = hash ? *hash : nobodys_hash_;
  const bool is_same = crypto_pwhash_str_verify(stored.c_str(), tried.data(), tried.size()) == 0;
  return is_same && hash && tried.size() == password.size() ? Verdict::right : Verdict::wrong;
}

bool Passwords::is_outdated(const std::string& hash) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

}  // namespace lotbook
