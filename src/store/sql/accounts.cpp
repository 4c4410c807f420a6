// SPDX-License-Identifier: Apache-2.0
#include "store/sql/accounts.h"

#include "store/sql/rows.h"

namespace lotbook {

namespace {

std::string text_at(const Statement& row, int column) { return std::string(row.text(column)); }

}  // namespace

std::vector<Account> all_accounts(Transaction& transaction) {
  Cursor q(transaction.connection().prepared(
      "select name, password, must_change, made_at, changed_at from account order by name"));
  std::vector<Account> accounts;
  while (q->step())
    accounts.push_back(
        {text_at(q.row(), 0), text_at(q.row(), 1), q->integer(2) != 0, Instant{q->integer(3)}, Instant{q->integer(4)}});
  return accounts;
}

void put_account(Transaction& transaction, const Account& account) {
  Once(transaction.connection(),
       "insert into account (name, password, must_change, made_at, changed_at) values ($1, $2, $3, $4, $5) "
       "on conflict (name) do update set password = excluded.password, must_change = excluded.must_change, "
       "changed_at = excluded.changed_at")
      .text(account.name)
      .text(account.password)
      .integer(account.must_change ? 1 : 0)
      .integer(account.made_at.microseconds)
      .integer(account.changed_at.microseconds)
      .run();
}

std::vector<ApiToken> all_tokens(Transaction& transaction) {
  Cursor q(transaction.connection().prepared(
      "select hash, name, rights, sites, made_by, made_at, expires_at, last_used_at from token order by name, hash"));
  std::vector<ApiToken> tokens;
  while (q->step())
    tokens.push_back({text_at(q.row(), 0), text_at(q.row(), 1), text_at(q.row(), 2), text_at(q.row(), 3),
                      text_at(q.row(), 4), Instant{q->integer(5)}, Instant{q->integer(6)}, Instant{q->integer(7)}});
  return tokens;
}

void add_token(Transaction& transaction, const ApiToken& token) {
  Once(transaction.connection(),
       "insert into token (hash, name, rights, sites, made_by, made_at, expires_at, last_used_at) "
       "values ($1, $2, $3, $4, $5, $6, $7, $8)")
      .text(token.hash)
      .text(token.name)
      .text(token.rights)
      .text(token.sites)
      .text(token.made_by)
      .integer(token.made_at.microseconds)
      .integer(token.expires_at.microseconds)
      .integer(token.last_used_at.microseconds)
      .run();
}

void drop_token(Transaction& transaction, std::string_view name) {
  Once(transaction.connection(), "delete from token where name = $1").text(name).run();
}

void note_token_used(Transaction& transaction, std::string_view hash, Instant at) {
  Once(transaction.connection(), "update token set last_used_at = $2 where hash = $1 and last_used_at < $2")
      .text(hash)
      .integer(at.microseconds)
      .run();
}

}  // namespace lotbook
