// SPDX-License-Identifier: Apache-2.0
#include "commands/users.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/roles.h"
#include "store/sql/accounts.h"

namespace lotbook {

namespace {

/// Entries bear these where no user asked.
constexpr std::array<std::string_view, 2> reserved{"lotbook", "cli"};

bool is_admin(const User& user) { return user.role == UserRole::admin && !user.disabled; }

void judge_name(Look& look, const User& user, Id<User> known) {
  const std::string looks = skeleton(user.code);
  if (length_in_characters(user.code) < 1 || has_forbidden_character(user.code) || looks.empty())
    return look.refuse(Code::not_a_code, "/code",
                       "A name to sign in with has 1 to 60 visible characters, without control, invisible or direction "
                       "characters.");
  bool is_free =
      std::none_of(reserved.begin(), reserved.end(), [&](std::string_view name) { return skeleton(name) == looks; });
  look.masters().users.each(
      [&](Id<User> id, const User& other) { is_free = is_free && (id == known || skeleton(other.code) != looks); });
  // Entries say who by name alone: a token must not be taken for a person.
  for (const ApiToken& token : all_tokens(look.view().behind())) is_free = is_free && skeleton(token.name) != looks;
  if (!is_free)
    look.refuse(Code::code_taken, "/code",
                "\"" + user.code + "\" is, or looks like, the name of another user or token. Choose another.");
}

}  // namespace

void judge_user(Look& look, const User& user, Id<User> known) {
  judge_name(look, user, known);
  for (std::size_t i = 0; i < user.sites.size(); ++i) {
    const Place* site = look.masters().places.find(user.sites[i]);
    if (!site || site->kind != PlaceKind::site)
      look.refuse(Code::unknown_place, "/sites/" + std::to_string(i),
                  "There is no site " + user.sites[i] + ". Give the code of a site.");
  }
  if (user.role == UserRole::admin && !user.sites.empty())
    look.refuse(Code::not_a_choice, "/sites",
                "An administrator is one for the whole book. Leave the sites out, or choose another role.");
  bool is_another_admin = is_admin(user);
  look.masters().users.each(
      [&](Id<User> id, const User& other) { is_another_admin |= id != known && is_admin(other); });
  const User* before = look.masters().users.find(known);
  if (before && is_admin(*before) && !is_another_admin)
    look.refuse(Code::not_a_choice, user.disabled ? "/disabled" : "/role",
                "No administrator would be left. Make another user one first.");
}

bool is_second_person(const Look& look, const std::string& name) {
  if (name.empty() || name == look.moment().actor.name) return false;
  if (look.masters().users.size() < 2) return true;
  const User* user = look.masters().users.find(name);
  return user && !user->disabled && Actor{user->code, rights_of(user->role)}.may(Right::operate);
}

}  // namespace lotbook
