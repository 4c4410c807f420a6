// SPDX-License-Identifier: Apache-2.0
#include "store/sql/accounts.h"

namespace lotbook {

namespace {

void run_once(Statement& statement) {
  statement.step();
  statement.reset();
}

}  // namespace

std::vector<Account> all_accounts(Transaction& transaction) {
  Statement& q = transaction.connection().prepared("select name, password, rights, made_at from account order by name");
  std::vector<Account> accounts;
  while (q.step())
    accounts.push_back({std::string(q.text(0)), std::string(q.text(1)), std::string(q.text(2)), Instant{q.integer(3)}});
  q.reset();
  return accounts;
}

void put_account(Transaction& transaction, const Account& account) {
  Statement& q = transaction.connection().prepared(
      "insert into account (name, password, rights, made_at) values ($1, $2, $3, $4) "
      "on conflict (name) do update set password = excluded.password, rights = excluded.rights");
  q.bind(1, account.name), q.bind(2, account.password), q.bind(3, account.rights);
  q.bind(4, account.made_at.microseconds);
  run_once(q);
}

std::vector<ApiToken> all_tokens(Transaction& transaction) {
  Statement& q = transaction.connection().prepared(
      "select hash, name, rights, made_at, expires_at from token order by name, hash");
  std::vector<ApiToken> tokens;
  while (q.step())
    tokens.push_back({std::string(q.text(0)), std::string(q.text(1)), std::string(q.text(2)), Instant{q.integer(3)},
                      Instant{q.integer(4)}});
  q.reset();
  return tokens;
}

void add_token(Transaction& transaction, const ApiToken& token) {
  Statement& q = transaction.connection().prepared(
      "insert into token (hash, name, rights, made_at, expires_at) values ($1, $2, $3, $4, $5)");
  q.bind(1, token.hash), q.bind(2, token.name), q.bind(3, token.rights);
  q.bind(4, token.made_at.microseconds), q.bind(5, token.expires_at.microseconds);
  run_once(q);
}

void drop_token(Transaction& transaction, std::string_view name) {
  Statement& q = transaction.connection().prepared("delete from token where name = $1");
  q.bind(1, name);
  run_once(q);
}

}  // namespace lotbook
