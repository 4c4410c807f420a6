// SPDX-License-Identifier: Apache-2.0
#include "http/sign_in_limits.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <iterator>
#include <utility>

#include "http/security.h"

namespace lotbook {
namespace {

/// Hashed, since an account's name is whatever somebody typed, of any length.
std::string account_key(std::string_view account) { return "account " + token_hash(account); }

/// Whoever has one IPv6 address has the 2^64 that share its first half.
std::string peer_key(std::string_view peer) {
  std::array<unsigned char, 16> address;
  if (inet_pton(AF_INET6, std::string(peer).c_str(), address.data()) != 1) return "peer " + std::string(peer);
  return "peer " + std::string(reinterpret_cast<const char*>(address.data()), 8);
}

}  // namespace

std::optional<std::int64_t> SignInLimits::begin(Attempt attempt, Instant now) {
  const std::string account = account_key(attempt.account);
  const std::string peer = peer_key(attempt.peer);
  const std::lock_guard lock(mutex_);
  const std::int64_t wait =
      std::max(wait_of(account, limits_.free_for_account, now), wait_of(peer, limits_.free_for_peer, now));
  if (wait > 0) return wait;
  count_failure(account, now);
  count_failure(peer, now);
  return std::nullopt;
}

void SignInLimits::succeeded(Attempt attempt) {
  const std::string peer = peer_key(attempt.peer);
  const std::lock_guard lock(mutex_);
  forget(account_key(attempt.account));
  const auto found = by_key_.find(peer);
  if (found != by_key_.end() && --found->second->count == 0) forget(peer);
}

std::size_t SignInLimits::remembered() const {
  const std::lock_guard lock(mutex_);
  return by_time_.size();
}

std::int64_t SignInLimits::wait_of(const std::string& key, unsigned free, Instant now) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return 0;
  const Failures& failures = *found->second;
  const std::int64_t since = now.microseconds - failures.last_at.microseconds;
  if (since >= limits_.forgotten_after_microseconds) {
    forget(key);
    return 0;
  }
  if (failures.count < free) return 0;
  const unsigned doublings = std::min(failures.count - free, 30U);
  const std::int64_t whole = std::min(limits_.first_wait_microseconds << doublings, limits_.longest_wait_microseconds);
  return std::max<std::int64_t>(0, whole - since);
}

void SignInLimits::count_failure(const std::string& key, Instant now) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    ++found->second->count;
    found->second->last_at = now;
    by_time_.splice(by_time_.begin(), by_time_, found->second);
    return;
  }
  if (by_time_.size() >= limits_.remembered) forget(std::string(by_time_.back().key));
  by_time_.push_front({key, 1, now});
  by_key_.emplace(key, by_time_.begin());
}

void SignInLimits::forget(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  by_time_.erase(found->second);
  by_key_.erase(found);
}

}  // namespace lotbook
