// SPDX-License-Identifier: Apache-2.0
#include "http/sessions.h"

#include <algorithm>
#include <utility>

#include "http/security.h"

namespace lotbook {

Sessions::Opened Sessions::open(Beginning beginning, Instant now) {
  constexpr std::size_t id_characters = 16;
  Opened opened{new_token(),
                Session{std::move(beginning.account), new_token(), now, now, new_token().substr(0, id_characters),
                        std::move(beginning.stamp), now, std::move(beginning.peer), std::move(beginning.agent)}};
  const std::string hash = token_hash(opened.token);
  const std::lock_guard lock(mutex_);
  make_room(opened.session.account, now);
  by_use_.push_front({hash, opened.session});
  by_token_hash_.emplace(hash, by_use_.begin());
  ++count_of_account_[opened.session.account];
  return opened;
}

std::optional<Session> Sessions::find(std::string_view token, Instant now) {
  const std::string hash = token_hash(token);
  const std::lock_guard lock(mutex_);
  const auto found = by_token_hash_.find(hash);
  if (found == by_token_hash_.end()) return std::nullopt;
  const Place place = found->second;
  if (has_ended(place->session, now)) {
    remove(place);
    return std::nullopt;
  }
  place->session.last_used_at = std::max(place->session.last_used_at, now);
  by_use_.splice(by_use_.begin(), by_use_, place);
  return place->session;
}

void Sessions::end(std::string_view token) {
  const std::string hash = token_hash(token);
  const std::lock_guard lock(mutex_);
  if (const auto found = by_token_hash_.find(hash); found != by_token_hash_.end()) remove(found->second);
}

void Sessions::confirm(std::string_view token, Instant now) {
  const std::string hash = token_hash(token);
  const std::lock_guard lock(mutex_);
  if (const auto found = by_token_hash_.find(hash); found != by_token_hash_.end())
    found->second->session.confirmed_at = now;
}

std::vector<Session> Sessions::of_account(std::string_view account, Instant now) const {
  const std::lock_guard lock(mutex_);
  std::vector<Session> sessions;
  for (const Kept& kept : by_use_)
    if (kept.session.account == account && !has_ended(kept.session, now)) sessions.push_back(kept.session);
  return sessions;
}

bool Sessions::end_one(std::string_view account, std::string_view id) {
  return end_if([&](const Session& session) { return session.account == account && session.id == id; }) > 0;
}

std::size_t Sessions::end_others(std::string_view account, std::string_view id) {
  return end_if([&](const Session& session) { return session.account == account && session.id != id; });
}

std::size_t Sessions::end_all(std::string_view account) {
  return end_if([&](const Session& session) { return session.account == account; });
}

std::size_t Sessions::end_if(const std::function<bool(const Session&)>& is_it) {
  const std::lock_guard lock(mutex_);
  std::size_t ended = 0;
  for (Place place = by_use_.begin(); place != by_use_.end();) {
    const Place one = place++;
    if (!is_it(one->session)) continue;
    remove(one);
    ++ended;
  }
  return ended;
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return by_use_.size();
}

bool Sessions::has_ended(const Session& session, Instant now) const {
  return now.microseconds - session.last_used_at.microseconds >= limits_.idle_microseconds ||
         now.microseconds - session.created_at.microseconds >= limits_.longest_microseconds;
}

void Sessions::make_room(std::string_view account, Instant now) {
  while (!by_use_.empty() && has_ended(by_use_.back().session, now)) remove(std::prev(by_use_.end()));
  const auto of_account = count_of_account_.find(std::string(account));
  if (of_account != count_of_account_.end() && of_account->second >= limits_.sessions_of_an_account) {
    const auto oldest = std::find_if(by_use_.rbegin(), by_use_.rend(),
                                     [&](const Kept& kept) { return kept.session.account == account; });
    if (oldest != by_use_.rend()) remove(std::prev(oldest.base()));
  }
  if (by_use_.size() >= limits_.sessions) remove(std::prev(by_use_.end()));
}

void Sessions::remove(Place place) {
  const auto of_account = count_of_account_.find(place->session.account);
  if (--of_account->second == 0) count_of_account_.erase(of_account);
  by_token_hash_.erase(place->token_hash);
  by_use_.erase(place);
}

}  // namespace lotbook
