// SPDX-License-Identifier: Apache-2.0
#include "http/accounts.h"

#include <algorithm>

#include "base/check.h"
#include "http/passwords.h"
#include "model/sealed.h"

namespace lotbook {

namespace {

constexpr std::string_view admin = "admin";

void put_password(Book& book, Clock& clock, const std::string& user, const std::string& hash, bool must_change) {
  const Instant now = clock.now();
  book.beside([&](Transaction& transaction) { put_account(transaction, {user, hash, must_change, now, now}); });
}

}  // namespace

std::string new_password() {
  // No letter in it looks like another or like a digit.
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

std::string hashed(const std::string& password) {
  Passwords passwords({1, 1});
  std::optional<std::string> hash = passwords.hash(password);
  check(hash.has_value(), "nobody else hashes a password here");
  return *std::move(hash);
}

Outcome post_at_the_book(Book& book, Clock& clock, const CommandRow& row, std::shared_ptr<const void> command) {
  return execute_one(book, clock, {&row, std::move(command), Actor::with_all_rights("cli"), {}, {}, {}});
}

std::optional<std::string> ensure_admin(Book& book, Clock& clock) {
  if (book.masters()->users.size() > 0) return std::nullopt;
  return renew_admin(book, clock);
}

std::string renew_admin(Book& book, Clock& clock) {
  User user;
  book.beside([&](Transaction& transaction) {
    if (const User* known = book.masters()->users.find(admin)) user = with_plain_name(*known, transaction);
  });
  user.code = admin, user.role = UserRole::admin, user.sites.clear(), user.disabled = false;
  const Outcome outcome = post_at_the_book(book, clock, *find_command("set_user"), std::make_shared<User>(user));
  if (const auto* refusals = std::get_if<Refusals>(&outcome); refusals && refusals->front().code != Code::already_so)
    throw StoreFailure(StoreFailure::Kind::unavailable, refusals->front().detail);
  const std::string password = new_password();
  put_password(book, clock, user.code, hashed(password), false);
  return password;
}

std::optional<std::string> renew_password(Book& book, Clock& clock, const std::string& user) {
  if (!book.masters()->users.find(user)) return std::nullopt;
  const std::string password = new_password();
  put_password(book, clock, user, hashed(password), true);
  return password;
}

User with_plain_name(User user, Transaction& transaction) {
  if (const std::optional<Hash> hash = sealed_hash(user.name)) {
    const std::optional<PrivateRow> row = transaction.private_value(*hash);
    user.name = row ? row->value : std::string();
  }
  return user;
}

UserList list_users(Transaction& transaction, const Masters& masters) {
  const std::vector<Account> accounts = all_accounts(transaction);
  UserList list;
  masters.users.each([&](Id<User>, const User& record) {
    const User user = with_plain_name(record, transaction);
    ListedUser& listed = list.users.emplace_back();
    listed.code = user.code, listed.name = user.name, listed.role = user.role, listed.sites = user.sites;
    listed.disabled = user.disabled;
    const auto account =
        std::find_if(accounts.begin(), accounts.end(), [&](const Account& one) { return one.name == user.code; });
    if (account == accounts.end()) return;
    listed.has_password = true, listed.must_change_password = account->must_change;
    listed.password_set_at = account->changed_at.text();
  });
  return list;
}

std::vector<Right> rights_listed(std::uint32_t rights) {
  std::vector<Right> listed;
  for (std::size_t i = 0; i < Choices<Right>::names.size(); ++i)
    if ((rights >> i & 1U) != 0) listed.push_back(static_cast<Right>(i));
  return listed;
}

}  // namespace lotbook
