// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/sql/transaction.h"

// Who may come in: accounts of people and tokens of programs. They live beside the ledger, so that taking one away
// leaves nothing of its secrets; what they did stays in the entries. Rights are their names with blanks between.

namespace lotbook {

struct Account {
  std::string name;
  std::string password;  ///< its argon2id hash
  std::string rights;
  Instant made_at;
};
struct ApiToken {
  std::string hash;  ///< the token itself is known to its holder alone
  std::string name;
  std::string rights;
  Instant made_at, expires_at;
};

std::vector<Account> all_accounts(Transaction& transaction);
/// New, or in place of the one of that name.
void put_account(Transaction& transaction, const Account& account);
/// In order of name.
std::vector<ApiToken> all_tokens(Transaction& transaction);
void add_token(Transaction& transaction, const ApiToken& token);
void drop_token(Transaction& transaction, std::string_view name);

}  // namespace lotbook
