// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "commands/actor.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/security.h"
#include "http/sessions.h"
#include "model/masters.h"
#include "store/sql/accounts.h"

// Who asks, and whether they may. Users and their roles are read from the master data at every request, so that a
// change holds from the commit on; passwords and tokens are held in memory, so that an I/O thread can tell, and whoever
// changes them in the book says so here. Thread-safe.

namespace lotbook {

std::string rights_text(std::uint32_t rights);  ///< "view operate"
std::uint32_t rights_of(std::string_view text);
std::string sites_text(const std::vector<std::string>& sites);  ///< a line feed behind each
std::vector<std::string> sites_listed(std::string_view text);

/// Someone who has shown who they are.
struct Caller {
  Actor actor;
  std::string client;      ///< whose idempotency keys: "account ana", "token scale-3"
  std::string csrf_token;  ///< of the session; empty when a token speaks
  std::string session_id;  ///< empty when a token speaks
  Instant confirmed_at{};  ///< when the password of that session was given last
  bool must_change = false;

  bool is_user() const { return !session_id.empty(); }
};

class Access {
 public:
  using MastersNow = std::function<std::shared_ptr<const Masters>()>;
  Access(Sessions& sessions, Clock& clock, Transport transport, MastersNow masters)
      : sessions_(sessions), clock_(clock), transport_(transport), masters_(std::move(masters)) {}

  /// A password given so long ago does not do for what only an administrator may.
  static constexpr std::int64_t confirmed_for = 15 * microseconds_per_minute;

  /// What the book holds of them now.
  void hold(std::vector<Account> accounts, std::vector<ApiToken> tokens);
  /// Told of everybody who wanted what they have no right to. Must be quick; set before anybody asks.
  void on_refused(std::function<void(const Caller&, const Request&, Right)> hear) { hear_refused_ = std::move(hear); }
  /// Told of every token that was used.
  void on_token_used(std::function<void(const std::string& hash)> hear) { hear_token_ = std::move(hear); }

  /// By the token in Authorization, else by the session's cookie.
  std::optional<Caller> caller(const Request& request) const;
  /// Anybody who has come in, also with a password that must be changed. A write that a cookie speaks for comes from
  /// our own pages.
  std::variant<Caller, Problem> admit(const Request& request) const;
  /// The caller if they have the right as well; else why not.
  std::variant<Caller, Problem> admit(const Request& request, Right right) const;
  /// The same for what changes who may do what: whoever came by a password gave it a short while ago.
  std::variant<Caller, Problem> admit_again(const Request& request, Right right) const;

  /// The account, if its user may come in.
  std::optional<Account> account_of(std::string_view user) const;
  std::optional<Account> account_held(std::string_view user) const;  ///< also of those who may not
  /// Changes whenever the sessions of the user are to end.
  std::string stamp_of(const User& user, const Account& account) const;
  std::vector<ApiToken> tokens() const;
  std::shared_ptr<const Masters> masters() const { return masters_(); }
  Transport transport() const { return transport_; }

 private:
  struct Known {
    std::unordered_map<std::string, Account> accounts;
    std::unordered_map<std::string, ApiToken> tokens;  ///< by hash
  };
  std::shared_ptr<const Known> known() const;
  std::optional<Caller> by_token(const std::string& shown, const Known& known, Instant now) const;
  std::optional<Caller> by_session(const std::string& cookie, const Known& known, Instant now) const;

  Sessions& sessions_;
  Clock& clock_;
  const Transport transport_;
  const MastersNow masters_;
  std::function<void(const Caller&, const Request&, Right)> hear_refused_;
  std::function<void(const std::string&)> hear_token_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Known> known_ = std::make_shared<Known>();  // shared: replaced while others read it
};

}  // namespace lotbook
