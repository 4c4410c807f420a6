// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/access.h"
#include "http/passwords.h"
#include "http/sign_in_limits.h"

// People come in with name and password, and leave.

namespace lotbook {

struct SignIn {
  std::string name, password;
  static constexpr auto fields() {
    return field_list(field<&SignIn::name>("name", "Name of the account.").required().at_most(60),
                      field<&SignIn::password>("password", "Its password.").required().at_most(256));
  }
};
struct SessionAnswer {
  std::string name, csrf_token;
  std::vector<Right> rights;
  static constexpr auto fields() {
    using S = SessionAnswer;
    return field_list(
        field<&S::name>("name", "Account or token that is asking."),
        field<&S::csrf_token>("csrf_token", "To send in X-CSRF-Token with every write; empty for a token."),
        field<&S::rights>("rights", "What it may do."));
  }
};

class SignInDesk {
 public:
  SignInDesk(Access& access, Sessions& sessions, Clock& clock) : access_(access), sessions_(sessions), clock_(clock) {}

  /// Blocks while the password is checked.
  std::variant<Sessions::Opened, Problem> sign_in(const Request& request, const SignIn& asked);
  /// Ends the session of the request's cookie, if it has one.
  void sign_out(const Request& request);

  // The same as routes: POST sign-in, POST sign-out, GET session.
  Response answer_sign_in(const Request& request);
  Response answer_sign_out(const Request& request);
  Response answer_session(const Request& request) const;

 private:
  Access& access_;
  Sessions& sessions_;
  Clock& clock_;
  SignInLimits limits_{{}};
  Passwords passwords_{{}};
};

}  // namespace lotbook
