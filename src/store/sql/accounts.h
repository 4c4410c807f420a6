// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/transaction.h"

// Who may come in: accounts of people and tokens of programs. They live beside the ledger, so that taking one away
// leaves nothing of its secrets; what they did stays in the entries. Rights are their names with blanks between.

namespace lotbook {

/// The password of a user. Who that is, and what they may do, is in the ledger.
struct Account {
  std::string name;
  std::string password;      ///< its argon2id hash
  bool must_change = false;  ///< made by somebody else: good for nothing but choosing another
  Instant made_at, changed_at;
};
struct ApiToken {
  std::string hash;  ///< the token itself is known to its holder alone
  std::string name;
  std::string rights;
  std::string sites;    ///< codes, with a line feed behind each; empty: all
  std::string made_by;  ///< user whose token it is: it speaks as long as they may come in; empty: made at the book
  Instant made_at, expires_at;
  Instant last_used_at{0};
};

std::vector<Account> all_accounts(Transaction& transaction);
/// New, or in place of the one of that name.
void put_account(Transaction& transaction, const Account& account);
/// In order of name.
std::vector<ApiToken> all_tokens(Transaction& transaction);
void add_token(Transaction& transaction, const ApiToken& token);
void drop_token(Transaction& transaction, std::string_view name);
/// Later than what is there; nothing for a token that is not there any more.
void note_token_used(Transaction& transaction, std::string_view hash, Instant at);

}  // namespace lotbook
