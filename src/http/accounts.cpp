// SPDX-License-Identifier: Apache-2.0
#include "http/accounts.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "http/passwords.h"
#include "http/security.h"

namespace lotbook {

namespace {

constexpr std::string_view admin = "admin";

/// 79 random bits as four groups that can be read out: no letter in it looks like another or like a digit.
std::string new_password() {
  constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
  constexpr unsigned fair = 256 / letters.size() * letters.size();
  std::string password;
  while (password.size() < 19)
    for (const std::uint8_t byte : random_bytes(32)) {
      if (byte >= fair || password.size() == 19) continue;
      if (password.size() % 5 == 4) password += '-';
      password += letters[byte % letters.size()];
    }
  return password;
}

void put_admin(Transaction& transaction, const std::string& hash, Instant now) {
  put_account(transaction, {std::string(admin), hash, rights_text(Actor::with_all_rights("").rights), now});
}

std::string hashed(const std::string& password) {
  Passwords passwords({1, 1});
  std::optional<std::string> hash = passwords.hash(password);
  check(hash.has_value(), "nobody else hashes a password here");
  return *std::move(hash);
}

}  // namespace

std::optional<std::string> ensure_admin(Book& book, Clock& clock) {
  bool has_accounts = false;
  book.beside([&](Transaction& transaction) { has_accounts = !all_accounts(transaction).empty(); });
  if (has_accounts) return std::nullopt;
  return renew_admin(book, clock);
}

std::string renew_admin(Book& book, Clock& clock) {
  const std::string password = new_password();
  const std::string hash = hashed(password);
  book.beside([&](Transaction& transaction) { put_admin(transaction, hash, clock.now()); });
  return password;
}

Result<CreatedToken> create_token(Transaction& transaction, const CreateToken& command, const Actor& creator,
                                  Instant now) {
  Refusals refusals;
  if (command.name.empty() || has_forbidden_character(command.name))
    refusals.push_back({Code::not_a_code, "/name", "Write a name of visible characters."});
  for (const ApiToken& token : all_tokens(transaction))
    if (token.name == command.name)
      refusals.push_back(
          {Code::code_taken, "/name", "There is a token of that name. Choose another name, or revoke that one first."});
  std::uint32_t rights = 0;
  for (std::size_t i = 0; i < command.rights.size(); ++i) {
    if (!creator.may(command.rights[i]))
      refusals.push_back({Code::right_needed, "/rights/" + std::to_string(i),
                          "You do not have this right yourself, so you cannot pass it on."});
    rights |= 1U << static_cast<unsigned>(command.rights[i]);
  }
  if (!refusals.empty()) return refusals;
  // The prefix lets people and scanners of leaks see what it is.
  const std::string token = "lotbook_" + new_token();
  const Instant ends{now.microseconds + command.days * microseconds_per_day};
  add_token(transaction, {token_hash(token), command.name, rights_text(rights), now, ends});
  return CreatedToken{command.name, token, ends.text(), rights_listed(rights)};
}

TokenList list_tokens(const std::vector<ApiToken>& tokens) {
  TokenList list;
  for (const ApiToken& token : tokens)
    list.tokens.push_back(
        {token.name, token.made_at.text(), token.expires_at.text(), rights_listed(rights_of(token.rights))});
  return list;
}

std::optional<Refusal> revoke_token(Transaction& transaction, std::string_view name) {
  const std::vector<ApiToken> tokens = all_tokens(transaction);
  if (std::none_of(tokens.begin(), tokens.end(), [&](const ApiToken& token) { return token.name == name; }))
    return Refusal{Code::not_found, "/name", "There is no token of that name."};
  drop_token(transaction, name);
  return std::nullopt;
}

std::vector<Right> rights_listed(std::uint32_t rights) {
  std::vector<Right> listed;
  for (std::size_t i = 0; i < Choices<Right>::names.size(); ++i)
    if ((rights >> i & 1U) != 0) listed.push_back(static_cast<Right>(i));
  return listed;
}

}  // namespace lotbook
