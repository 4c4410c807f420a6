// SPDX-License-Identifier: Apache-2.0
#pragma once

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
#include "store/sql/accounts.h"

// Who asks, and whether they may. All accounts and tokens are held in memory, so that an I/O thread can tell; whoever
// changes them in the book says so here. Thread-safe.

namespace lotbook {

std::string rights_text(std::uint32_t rights);  ///< "view operate"
std::uint32_t rights_of(std::string_view text);

/// Someone who has shown who they are.
struct Caller {
  Actor actor;
  std::string client;      ///< whose idempotency keys: "account ana", "token scale-3"
  std::string csrf_token;  ///< of the session; empty when a token speaks
};

class Access {
 public:
  Access(Sessions& sessions, Clock& clock, Transport transport)
      : sessions_(sessions), clock_(clock), transport_(transport) {}

  /// What the book holds of them now.
  void hold(std::vector<Account> accounts, std::vector<ApiToken> tokens);

  /// By the token in Authorization, else by the session's cookie.
  std::optional<Caller> caller(const Request& request) const;
  /// The caller if they have the right, and if a write that a cookie speaks for comes from our own pages; else why not.
  std::variant<Caller, Problem> admit(const Request& request, Right right) const;

  /// The hash of that account's password; nullopt when there is no such account.
  std::optional<std::string> password_of(std::string_view account) const;
  std::optional<std::uint32_t> rights_of_account(std::string_view account) const;
  std::vector<ApiToken> tokens() const;
  Transport transport() const { return transport_; }

 private:
  struct Known {
    std::unordered_map<std::string, Account> accounts;
    std::unordered_map<std::string, ApiToken> tokens;  ///< by hash
  };
  std::shared_ptr<const Known> known() const;

  Sessions& sessions_;
  Clock& clock_;
  const Transport transport_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Known> known_ = std::make_shared<Known>();  // shared: replaced while others read it
};

}  // namespace lotbook
