// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "commands/access_entries.h"
#include "http/access.h"
#include "model/masters.h"

// Tokens of programs and devices. The token itself is shown once; the book keeps its hash, beside the ledger, and an
// entry that it is there.

namespace lotbook {

struct CreateToken {
  std::string name;
  std::vector<Right> rights;
  std::vector<std::string> sites;
  int days = 365;
  static constexpr auto fields() {
    using C = CreateToken;
    return field_list(
        field<&C::name>("name", "Name of the program or device; its entries bear it.").required().at_most(60),
        field<&C::rights>("rights", "What it may do.").required().at_most(20),
        field<&C::sites>("sites", "Sites at which it may act; left out: all.").at_most(1000),
        field<&C::days>("days", "Days after which it runs out.").between(1, 3650));
  }
};
struct CreatedToken {
  std::string name, token, expires_at;
  std::vector<Right> rights;
  std::vector<std::string> sites;
  static constexpr auto fields() {
    using C = CreatedToken;
    return field_list(field<&C::name>("name", "Its name."),
                      field<&C::token>("token", "The token. It is shown this once and kept nowhere: note it now."),
                      field<&C::expires_at>("expires_at", "When it runs out."),
                      field<&C::rights>("rights", "What it may do."),
                      field<&C::sites>("sites", "Sites at which it may act; none: all."));
  }
};
struct ListedToken {
  std::string name, made_by, made_at, expires_at, last_used_at;
  std::vector<Right> rights;
  std::vector<std::string> sites;
  static constexpr auto fields() {
    using L = ListedToken;
    return field_list(
        field<&L::name>("name", "Its name."),
        field<&L::made_by>("made_by", "User whose token it is, and who must be able to come in; empty: the book's."),
        field<&L::made_at>("made_at", "When it was made."), field<&L::expires_at>("expires_at", "When it runs out."),
        field<&L::last_used_at>("last_used_at", "When it was used last; empty: never."),
        field<&L::rights>("rights", "What it may do, as far as its user may."),
        field<&L::sites>("sites", "Sites at which it may act; none: all."));
  }
};
struct TokenList {
  std::vector<ListedToken> tokens;
  static constexpr auto fields() {
    return field_list(field<&TokenList::tokens>("tokens", "In order of name; what they are is kept nowhere."));
  }
};

/// `creator` may pass on only rights and sites of their own. `made_by` is the user whose token it is.
struct TokenCreator {
  const Actor& actor;
  std::string made_by;
};
Result<CreatedToken> create_token(Transaction& transaction, const Masters& masters, const CreateToken& command,
                                  const TokenCreator& creator, Instant now);
TokenList list_tokens(const std::vector<ApiToken>& tokens);
/// What the ledger says of a token.
TokenSet token_fact(const CreatedToken& token, const std::string& made_by);
/// Refuses when there is no token of that name.
std::optional<Refusal> revoke_token(Transaction& transaction, std::string_view name);

}  // namespace lotbook
