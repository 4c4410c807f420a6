// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/executor.h"
#include "http/access.h"
#include "ledger/book.h"

// Users and their passwords, as the book keeps them: who they are in the ledger, what they come in with beside it. The
// command line uses these while no server runs; the server's addresses are in door.h.

namespace lotbook {

/// A password of its own making: 79 random bits as four groups that can be read out.
std::string new_password();
/// What is stored of it. Takes a while.
std::string hashed(const std::string& password);

/// Makes the user "admin" with all rights and a password of its own making, once, if the book has no user; the password
/// is known to nobody afterwards.
std::optional<std::string> ensure_admin(Book& book, Clock& clock);
/// Gives "admin" a new password, and its rights back should it have lost them: whoever has the book itself may.
std::string renew_admin(Book& book, Clock& clock);
/// Gives a user a password that is good for nothing but choosing another; nullopt when there is no such user.
std::optional<std::string> renew_password(Book& book, Clock& clock, const std::string& user);

/// Posts a command in the name of the book's own command line.
Outcome post_at_the_book(Book& book, Clock& clock, const CommandRow& row, std::shared_ptr<const void> command);

struct ListedUser {
  std::string code, name;
  UserRole role = UserRole::viewer;
  std::vector<std::string> sites;
  bool disabled = false, has_password = false, must_change_password = false;
  std::string password_set_at;
  static constexpr auto fields() {
    using L = ListedUser;
    return field_list(field<&L::code>("code", "Name to sign in with."), field<&L::name>("name", "The person's name."),
                      field<&L::role>("role", "What the user may do."),
                      field<&L::sites>("sites", "Sites at which the user may act; none: all."),
                      field<&L::disabled>("disabled", "Cannot come in any more."),
                      field<&L::has_password>("has_password", "Has one to come in with."),
                      field<&L::must_change_password>("must_change_password", "Somebody else set the password."),
                      field<&L::password_set_at>("password_set_at", "When it was set."));
  }
};
struct UserList {
  std::vector<ListedUser> users;
  static constexpr auto fields() {
    return field_list(field<&UserList::users>("users", "In order of the name they sign in with."));
  }
};
UserList list_users(Transaction& transaction, const Masters& masters);
/// The record with the person's name as it reads, as far as it is not erased.
User with_plain_name(User user, Transaction& transaction);

std::vector<Right> rights_listed(std::uint32_t rights);

}  // namespace lotbook
