// SPDX-License-Identifier: Apache-2.0
#include "http/sign_in.h"

#include "base/json.h"
#include "http/accounts.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

std::variant<Sessions::Opened, Problem> SignInDesk::sign_in(const Request& request, const SignIn& asked) {
  if (const auto fault = foreign_origin_fault(request, access_.transport())) return problem_of(Code::csrf, *fault);
  const SignInLimits::Attempt attempt{asked.name, request.peer};
  if (const auto wait = limits_.begin(attempt, clock_.now()))
    return problem_of(Code::too_many_attempts,
                      "Wait " + std::to_string(*wait / microseconds_per_second + 1) + " seconds before you try again.");
  switch (passwords_.verify(access_.password_of(asked.name), asked.password)) {
    case Passwords::Verdict::busy:
      return problem_of(Code::busy, "Many people sign in right now. Try again in a moment.");
    case Passwords::Verdict::wrong:
      return problem_of(Code::wrong_password, "Check both; the administrator can set a new password.");
    case Passwords::Verdict::right: break;
  }
  limits_.succeeded(attempt);
  sign_out(request);  // a session begun before is not carried over
  return sessions_.open(asked.name, clock_.now());
}

void SignInDesk::sign_out(const Request& request) {
  if (const auto token = session_token(request, access_.transport())) sessions_.end(*token);
}

Response SignInDesk::answer_sign_in(const Request& request) {
  SignIn asked;
  if (const Refusals refusals = read_refusals(request.body, shape_of<SignIn>(), &asked); !refusals.empty())
    return refused(refusals);
  const auto outcome = sign_in(request, asked);
  if (const auto* problem = std::get_if<Problem>(&outcome)) return problem_response(*problem);
  const auto& opened = std::get<Sessions::Opened>(outcome);
  const SessionAnswer answer{asked.name, opened.session.csrf_token,
                             rights_listed(access_.rights_of_account(asked.name).value_or(0))};
  return json(200, to_json(answer)).set("Set-Cookie", session_cookie(opened.token, access_.transport()));
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
  return json(200, to_json(SessionAnswer{caller->actor.name, caller->csrf_token, rights_listed(caller->actor.rights)}));
}

}  // namespace lotbook
