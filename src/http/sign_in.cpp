// SPDX-License-Identifier: Apache-2.0
#include "http/sign_in.h"

#include "base/json.h"
#include "base/text.h"
#include "http/accounts.h"
#include "http/password_rules.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

constexpr std::int64_t first_password_lasts = 7 * microseconds_per_day;

}  // namespace

std::optional<Problem> SignInDesk::check_password(const Request& request, const std::string& name,
                                                  const std::string& password) {
  const std::optional<Account> held = access_.account_held(name), account = access_.account_of(name);
  // What was typed for a name may be a password: only names that the book knows are noted.
  const std::string known = held ? name : std::string();
  const SignInLimits::Attempt attempt{name, request.peer};
  if (const auto wait = limits_.begin(attempt, clock_.now())) {
    note_(AccessEvent::sign_ins_slowed, known);
    return problem_of(Code::too_many_attempts,
                      "Wait " + std::to_string(*wait / microseconds_per_second + 1) + " seconds before you try again.");
  }
  const std::optional<std::string> form = password_form(password);
  // A password that somebody else set, and sent on some way, is not good for ever.
  const bool is_too_old = account && account->must_change &&
                          clock_.now().microseconds - account->changed_at.microseconds > first_password_lasts;
  const std::optional<std::string> stored =
      account && form && !is_too_old ? std::optional(account->password) : std::nullopt;
  switch (passwords_.verify(stored, form ? *form : std::string())) {
    case Passwords::Verdict::busy:
      return problem_of(Code::busy, "Many people sign in right now. Try again in a moment.");
    case Passwords::Verdict::wrong:
      note_(AccessEvent::sign_in_failed, known);
      return problem_of(Code::wrong_password, "Check both; the administrator can set a new password.");
    case Passwords::Verdict::right: break;
  }
  limits_.succeeded(attempt);
  return std::nullopt;
}

Sessions::Opened SignInDesk::open_session(const Request& request, const std::string& name) {
  constexpr std::size_t agent_kept = 120;
  sign_out(request);  // a session begun before is not carried over
  const std::optional<Account> account = access_.account_of(name);
  const auto masters = access_.masters();
  const User* user = masters->users.find(name);
  const std::string* agent = request.header("User-Agent");
  // Without either, the stamp fits nobody: the session ends with its first use.
  return sessions_.open({name, user && account ? access_.stamp_of(*user, *account) : std::string(), request.peer,
                         agent && is_utf8(*agent) ? agent->substr(0, agent_kept) : std::string()},
                        clock_.now());
}

std::variant<Sessions::Opened, Problem> SignInDesk::sign_in(const Request& request, const SignIn& asked) {
  if (const auto fault = foreign_origin_fault(request, access_.transport())) return problem_of(Code::csrf, *fault);
  if (std::optional<Problem> problem = check_password(request, asked.name, asked.password)) return std::move(*problem);
  note_(AccessEvent::signed_in, asked.name);
  return open_session(request, asked.name);
}

void SignInDesk::sign_out(const Request& request) {
  if (const auto token = session_token(request, access_.transport())) sessions_.end(*token);
}

namespace {

SessionAnswer answer_of(const Caller& caller) {
  return {caller.actor.name, caller.csrf_token, rights_listed(caller.actor.rights), caller.actor.sites,
          caller.must_change};
}

}  // namespace

Response SignInDesk::answer_sign_in(const Request& request) {
  SignIn asked;
  if (const Refusals refusals = read_refusals(request.body, shape_of<SignIn>(), &asked); !refusals.empty())
    return refused(refusals);
  const auto outcome = sign_in(request, asked);
  if (const auto* problem = std::get_if<Problem>(&outcome)) return problem_response(*problem);
  return signed_in_answer(access_, std::get<Sessions::Opened>(outcome));
}

Response SignInDesk::answer_sign_out(const Request& request) {
  const std::optional<Caller> caller = access_.caller(request);
  if (caller && !caller->csrf_token.empty())
    if (const auto fault = csrf_fault(request, caller->csrf_token, access_.transport()))
      return problem_response(problem_of(Code::csrf, *fault));
  sign_out(request);
  return Response{204, {}, {}, {}, {}}.set("Set-Cookie", cleared_session_cookie(access_.transport()));
}

Response SignInDesk::answer_session(const Request& request) const {
  const std::optional<Caller> caller = access_.caller(request);
  if (!caller) return problem_response(problem_of(Code::signed_out, "Sign in first."));
  return json(200, to_json(answer_of(*caller)));
}

Response signed_in_answer(const Access& access, const Sessions::Opened& opened) {
  const std::string cookie = session_cookie(opened.token, access.transport());
  // Asked as its first use would be: what the cookie opens is what is said.
  Request first;
  first.method = "GET";
  first.headers.push_back({"Cookie", cookie.substr(0, cookie.find(';'))});
  const std::optional<Caller> caller = access.caller(first);
  if (!caller)
    return problem_response(problem_of(Code::signed_out, "Your account was changed just now. Sign in again."));
  return json(200, to_json(answer_of(*caller))).set("Set-Cookie", cookie);
}

}  // namespace lotbook
