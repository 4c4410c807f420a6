// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/actor.h"
#include "http/access.h"
#include "ledger/book.h"
#include "model/refusal.h"

// The account of the administrator, and the tokens of programs, as the book keeps them. Used by the server on the
// writer's connection, and by the command line while no server runs.

namespace lotbook {

/// Makes the account "admin" with all rights and a password of its own making, once, if the book has no account; the
/// password is known to nobody afterwards.
std::optional<std::string> ensure_admin(Book& book, Clock& clock);
/// Gives "admin" a new password (and makes the account if need be).
std::string renew_admin(Book& book, Clock& clock);

struct CreateToken {
  std::string name;
  std::vector<Right> rights;
  int days = 365;
  static constexpr auto fields() {
    using C = CreateToken;
    return field_list(
        field<&C::name>("name", "Name of the program or device; its entries bear it.").required().at_most(60),
        field<&C::rights>("rights", "What it may do.").required().at_most(20),
        field<&C::days>("days", "Days after which it runs out.").between(1, 3650));
  }
};
struct CreatedToken {
  std::string name, token, expires_at;
  std::vector<Right> rights;
  static constexpr auto fields() {
    using C = CreatedToken;
    return field_list(field<&C::name>("name", "Its name."),
                      field<&C::token>("token", "The token. It is shown this once and kept nowhere: note it now."),
                      field<&C::expires_at>("expires_at", "When it runs out."),
                      field<&C::rights>("rights", "What it may do."));
  }
};
struct ListedToken {
  std::string name, made_at, expires_at;
  std::vector<Right> rights;
  static constexpr auto fields() {
    using L = ListedToken;
    return field_list(field<&L::name>("name", "Its name."), field<&L::made_at>("made_at", "When it was made."),
                      field<&L::expires_at>("expires_at", "When it runs out."),
                      field<&L::rights>("rights", "What it may do."));
  }
};
struct TokenList {
  std::vector<ListedToken> tokens;
  static constexpr auto fields() {
    return field_list(field<&TokenList::tokens>("tokens", "In order of name; what they are is kept nowhere."));
  }
};

/// `creator` may pass on only rights of their own.
Result<CreatedToken> create_token(Transaction& transaction, const CreateToken& command, const Actor& creator,
                                  Instant now);
TokenList list_tokens(const std::vector<ApiToken>& tokens);
/// Refuses when there is no token of that name.
std::optional<Refusal> revoke_token(Transaction& transaction, std::string_view name);

std::vector<Right> rights_listed(std::uint32_t rights);

}  // namespace lotbook
