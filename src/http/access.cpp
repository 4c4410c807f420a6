// SPDX-License-Identifier: Apache-2.0
#include "http/access.h"

#include <algorithm>

#include "commands/roles.h"

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

std::string sites_text(const std::vector<std::string>& sites) {
  std::string text;
  for (const std::string& site : sites) text.append(site) += '\n';
  return text;
}

std::vector<std::string> sites_listed(std::string_view text) {
  std::vector<std::string> sites;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    sites.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return sites;
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

std::string Access::stamp_of(const User& user, const Account& account) const {
  return std::to_string(account.changed_at.microseconds) + (user.disabled ? " out " : " in ") +
         std::string(name_of(user.role)) + ' ' + sites_text(user.sites);
}

std::optional<Caller> Access::by_token(const std::string& shown, const Known& known, Instant now) const {
  const std::string hash = token_hash(shown);
  const auto found = known.tokens.find(hash);
  if (found == known.tokens.end() || found->second.expires_at <= now) return std::nullopt;
  const ApiToken& token = found->second;
  Actor actor{token.name, rights_of(token.rights), sites_listed(token.sites)};
  if (!token.made_by.empty()) {
    // A token never may more than whoever made it may now.
    const auto masters = masters_();
    const User* maker = masters->users.find(token.made_by);
    if (!maker || maker->disabled) return std::nullopt;
    actor.rights &= rights_of(maker->role);
    if (actor.sites.empty())
      actor.sites = maker->sites;
    else if (!maker->sites.empty())
      std::erase_if(actor.sites, [&](const std::string& site) {
        return std::find(maker->sites.begin(), maker->sites.end(), site) == maker->sites.end();
      });
    if (actor.sites.empty() && !maker->sites.empty()) return std::nullopt;  // no site would mean every site
  }
  if (hear_token_) hear_token_(hash);
  return Caller{std::move(actor), "token " + token.name, {}, {}, {}, false};
}

std::optional<Caller> Access::by_session(const std::string& cookie, const Known& known, Instant now) const {
  const std::optional<Session> session = sessions_.find(cookie, now);
  if (!session) return std::nullopt;
  const auto masters = masters_();
  const User* user = masters->users.find(session->account);
  const auto account = known.accounts.find(session->account);
  if (!user || user->disabled || account == known.accounts.end() ||
      stamp_of(*user, account->second) != session->stamp) {
    sessions_.end(cookie);
    return std::nullopt;
  }
  return Caller{{user->code, rights_of(user->role), user->sites},
                "account " + user->code,
                session->csrf_token,
                session->id,
                session->confirmed_at,
                account->second.must_change};
}

std::optional<Caller> Access::caller(const Request& request) const {
  const Instant now = clock_.now();
  const auto known = this->known();
  // A program that shows a token means that token, whatever cookies come along.
  if (request.header("Authorization") != nullptr) {
    const std::optional<std::string> shown = bearer_token(request);
    return shown ? by_token(*shown, *known, now) : std::nullopt;
  }
  const std::optional<std::string> cookie = session_token(request, transport_);
  return cookie ? by_session(*cookie, *known, now) : std::nullopt;
}

std::variant<Caller, Problem> Access::admit(const Request& request) const {
  std::optional<Caller> caller = this->caller(request);
  if (!caller)
    return problem_of(Code::signed_out,
                      request.header("Authorization") != nullptr
                          ? "This token is not known here, was revoked, or has run out. Ask for a new one."
                          : "Sign in first, or send an API token in the header Authorization: Bearer.");
  if (!caller->csrf_token.empty() && !is_safe_method(request.method))
    if (const auto fault = csrf_fault(request, caller->csrf_token, transport_)) return problem_of(Code::csrf, *fault);
  return std::move(*caller);
}

std::variant<Caller, Problem> Access::admit(const Request& request, Right right) const {
  std::variant<Caller, Problem> admitted = admit(request);
  const auto* caller = std::get_if<Caller>(&admitted);
  if (!caller) return admitted;
  if (caller->must_change)
    return problem_of(Code::password_must_change,
                      "Your password was set by somebody else. Choose one of your own: POST /api/v1/password.");
  if (!caller->actor.may(right)) {
    if (hear_refused_) hear_refused_(*caller, request, right);
    return problem_of(Code::right_needed, "This needs the right \"" + std::string(name_of(right)) +
                                              "\". Ask an administrator, or someone who has it.");
  }
  return admitted;
}

std::variant<Caller, Problem> Access::admit_again(const Request& request, Right right) const {
  std::variant<Caller, Problem> admitted = admit(request, right);
  const auto* caller = std::get_if<Caller>(&admitted);
  if (caller && caller->is_user() && clock_.now().microseconds - caller->confirmed_at.microseconds > confirmed_for)
    return problem_of(Code::sign_in_again,
                      "You gave your password some time ago. Give it again: POST /api/v1/session/confirm.");
  return admitted;
}

std::optional<Account> Access::account_held(std::string_view user) const {
  const auto known = this->known();
  const auto found = known->accounts.find(std::string(user));
  if (found == known->accounts.end()) return std::nullopt;
  return found->second;
}

std::optional<Account> Access::account_of(std::string_view user) const {
  const auto masters = masters_();
  const User* record = masters->users.find(user);
  if (!record || record->disabled) return std::nullopt;
  return account_held(user);
}

std::vector<ApiToken> Access::tokens() const {
  std::vector<ApiToken> tokens;
  for (const auto& [hash, token] : known()->tokens) tokens.push_back(token);
  std::sort(tokens.begin(), tokens.end(), [](const ApiToken& a, const ApiToken& b) { return a.name < b.name; });
  return tokens;
}

}  // namespace lotbook
