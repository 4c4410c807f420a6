// SPDX-License-Identifier: Apache-2.0
#include "http/tokens.h"

#include <algorithm>

#include "base/text.h"
#include "http/accounts.h"

namespace lotbook {

Result<CreatedToken> create_token(Transaction& transaction, const Masters& masters, const CreateToken& command,
                                  const TokenCreator& creator, Instant now) {
  Refusals refusals;
  const std::string looks = skeleton(command.name);
  if (looks.empty() || has_forbidden_character(command.name))
    refusals.push_back({Code::not_a_code, "/name", "Write a name of visible characters."});
  for (const ApiToken& token : all_tokens(transaction))
    if (token.name == command.name)
      refusals.push_back(
          {Code::code_taken, "/name", "There is a token of that name. Choose another name, or revoke that one first."});
  // Entries say who by name alone: a token must not be taken for a person.
  // "admin" may not be there yet.
  bool is_of_a_user = looks == skeleton("lotbook") || looks == skeleton("admin");
  masters.users.each([&](Id<User>, const User& user) { is_of_a_user |= skeleton(user.code) == looks; });
  if (is_of_a_user)
    refusals.push_back({Code::code_taken, "/name", "A user has that name, or one like it. Choose another."});
  std::uint32_t rights = 0;
  for (std::size_t i = 0; i < command.rights.size(); ++i) {
    if (!creator.actor.may(command.rights[i]))
      refusals.push_back({Code::right_needed, "/rights/" + std::to_string(i),
                          "You do not have this right yourself, so you cannot pass it on."});
    rights |= 1U << static_cast<unsigned>(command.rights[i]);
  }
  const std::vector<std::string>& own = creator.actor.sites;
  for (std::size_t i = 0; i < command.sites.size(); ++i) {
    const Place* site = masters.places.find(command.sites[i]);
    const bool may = own.empty() || std::find(own.begin(), own.end(), command.sites[i]) != own.end();
    if (!site || site->kind != PlaceKind::site || !may)
      refusals.push_back({Code::unknown_place, "/sites/" + std::to_string(i),
                          "There is no site " + command.sites[i] + " at which you may act. Give the code of a site."});
  }
  if (!refusals.empty()) return refusals;
  // The prefix lets people and scanners of leaks see what it is.
  const std::string token = "lotbook_" + new_token();
  const Instant ends{now.microseconds + command.days * microseconds_per_day};
  const std::vector<std::string>& sites = command.sites.empty() ? own : command.sites;
  add_token(transaction, {token_hash(token), command.name, rights_text(rights), sites_text(sites), creator.made_by, now,
                          ends, Instant{0}});
  return CreatedToken{command.name, token, ends.text(), rights_listed(rights), sites};
}

TokenList list_tokens(const std::vector<ApiToken>& tokens) {
  TokenList list;
  for (const ApiToken& token : tokens)
    list.tokens.push_back({token.name, token.made_by, token.made_at.text(), token.expires_at.text(),
                           token.last_used_at.microseconds > 0 ? token.last_used_at.text() : std::string(),
                           rights_listed(rights_of(token.rights)), sites_listed(token.sites)});
  return list;
}

TokenSet token_fact(const CreatedToken& token, const std::string& made_by) {
  TokenSet fact;
  fact.name = token.name, fact.made_by = made_by, fact.sites = token.sites, fact.expires_at = token.expires_at;
  for (const Right right : token.rights) fact.rights.emplace_back(name_of(right));
  return fact;
}

std::optional<Refusal> revoke_token(Transaction& transaction, std::string_view name) {
  const std::vector<ApiToken> tokens = all_tokens(transaction);
  if (std::none_of(tokens.begin(), tokens.end(), [&](const ApiToken& token) { return token.name == name; }))
    return Refusal{Code::not_found, "/name", "There is no token of that name."};
  drop_token(transaction, name);
  return std::nullopt;
}

}  // namespace lotbook
