// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "http/access.h"
#include "http/passwords.h"
#include "http/sign_in_limits.h"
#include "model/entry.h"

// People come in with name and password, and leave.

namespace lotbook {

struct SignIn {
  std::string name, password;
  static constexpr auto fields() {
    return field_list(field<&SignIn::name>("name", "Name of the user.").required().at_most(60),
                      field<&SignIn::password>("password", "Their password.").required().at_most(256));
  }
};
struct SessionAnswer {
  std::string name, csrf_token;
  std::vector<Right> rights;
  std::vector<std::string> sites;
  bool must_change_password = false;
  static constexpr auto fields() {
    using S = SessionAnswer;
    return field_list(
        field<&S::name>("name", "User or token that is asking."),
        field<&S::csrf_token>("csrf_token", "To send in X-CSRF-Token with every write; empty for a token."),
        field<&S::rights>("rights", "What it may do."),
        field<&S::sites>("sites", "Sites at which it may act; none: all."),
        field<&S::must_change_password>("must_change_password",
                                        "Somebody else set the password: it is good for nothing but choosing another "
                                        "(POST /api/v1/password)."));
  }
};

class SignInDesk {
 public:
  using Note = std::function<void(AccessEvent what, const std::string& name)>;
  SignInDesk(Access& access, Sessions& sessions, Clock& clock, Note note)
      : access_(access), sessions_(sessions), clock_(clock), note_(std::move(note)) {}

  /// Blocks while the password is checked.
  std::variant<Sessions::Opened, Problem> sign_in(const Request& request, const SignIn& asked);
  /// Whether that is the user's password, now that it is needed again; else why not. Guessing here is slowed down just
  /// as guessing at the door. Blocks.
  std::optional<Problem> check_password(const Request& request, const std::string& name, const std::string& password);
  /// A new session for somebody whose password was checked, in place of the one the request came with.
  Sessions::Opened open_session(const Request& request, const std::string& name);
  /// What is stored of a password; nullopt when too many people wait.
  std::optional<std::string> hash(const std::string& password) { return passwords_.hash(password); }
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
  const Note note_;
  SignInLimits limits_{{}};
  Passwords passwords_{{}};
};

/// Who has come in, with the cookie.
Response signed_in_answer(const Access& access, const Sessions::Opened& opened);

}  // namespace lotbook
