// SPDX-License-Identifier: Apache-2.0
#include "http/access.h"

#include <algorithm>

namespace lotbook {

std::string rights_text(std::uint32_t rights) {
  std::string text;
  for (std::size_t i = 0; i < Choices<Right>::names.size(); ++i) {
    if ((rights >> i & 1U) == 0) continue;
    if (!text.empty()) text += ' ';
    text += Choices<Right>::names[i];
  }
  return text;
}

std::uint32_t rights_of(std::string_view text) {
  std::uint32_t rights = 0;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (const auto right = choice_of<Right>(text.substr(0, end))) rights |= 1U << static_cast<unsigned>(*right);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return rights;
}

void Access::hold(std::vector<Account> accounts, std::vector<ApiToken> tokens) {
  auto known = std::make_shared<Known>();
  for (Account& account : accounts) known->accounts.emplace(account.name, account);
  for (ApiToken& token : tokens) known->tokens.emplace(token.hash, token);
  const std::lock_guard lock(mutex_);
  known_ = std::move(known);
}

std::shared_ptr<const Access::Known> Access::known() const {
  const std::lock_guard lock(mutex_);
  return known_;
}

std::optional<Caller> Access::caller(const Request& request) const {
  const Instant now = clock_.now();
  const auto known = this->known();
  // A program that shows a token means that token, whatever cookies come along.
  if (request.header("Authorization") != nullptr) {
    const std::optional<std::string> shown = bearer_token(request);
    if (!shown) return std::nullopt;
    const auto token = known->tokens.find(token_hash(*shown));
    if (token == known->tokens.end() || token->second.expires_at <= now) return std::nullopt;
    return Caller{{token->second.name, rights_of(token->second.rights)}, "token " + token->second.name, {}};
  }
  const std::optional<std::string> cookie = session_token(request, transport_);
  if (!cookie) return std::nullopt;
  const std::optional<Session> session = sessions_.find(*cookie, now);
  if (!session) return std::nullopt;
  const auto account = known->accounts.find(session->account);
  if (account == known->accounts.end()) return std::nullopt;
  return Caller{{account->first, rights_of(account->second.rights)}, "account " + account->first, session->csrf_token};
}

std::variant<Caller, Problem> Access::admit(const Request& request, Right right) const {
  std::optional<Caller> caller = this->caller(request);
  if (!caller)
    return problem_of(Code::signed_out,
                      request.header("Authorization") != nullptr
                          ? "This token is not known here, was revoked, or has run out. Ask for a new one."
                          : "Sign in first, or send an API token in the header Authorization: Bearer.");
  if (!caller->csrf_token.empty() && !is_safe_method(request.method))
    if (const auto fault = csrf_fault(request, caller->csrf_token, transport_)) return problem_of(Code::csrf, *fault);
  if (!caller->actor.may(right))
    return problem_of(Code::right_needed, "This needs the right \"" + std::string(name_of(right)) +
                                              "\". Ask an administrator, or someone who has it.");
  return std::move(*caller);
}

std::optional<std::string> Access::password_of(std::string_view account) const {
  const auto known = this->known();
  const auto found = known->accounts.find(std::string(account));
  if (found == known->accounts.end()) return std::nullopt;
  return found->second.password;
}

std::optional<std::uint32_t> Access::rights_of_account(std::string_view account) const {
  const auto known = this->known();
  const auto found = known->accounts.find(std::string(account));
  if (found == known->accounts.end()) return std::nullopt;
  return rights_of(found->second.rights);
}

std::vector<ApiToken> Access::tokens() const {
  std::vector<ApiToken> tokens;
  for (const auto& [hash, token] : known()->tokens) tokens.push_back(token);
  std::sort(tokens.begin(), tokens.end(), [](const ApiToken& a, const ApiToken& b) { return a.name < b.name; });
  return tokens;
}

}  // namespace lotbook
