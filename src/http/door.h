// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/executor.h"
#include "http/access_notes.h"
#include "http/readers.h"
#include "http/sign_in.h"

// The addresses by which users and tokens are kept, passwords set, sessions ended and entries signed. All block.

namespace lotbook {

/// What they have in common.
struct Door {
  Access& access;
  Sessions& sessions;
  SignInDesk& desk;
  AccessNotes& notes;
  Executor& executor;
  Readers& readers;
  Clock& clock;
};

/// Does the work beside the ledger and has `access` hold what is so afterwards; returns what went wrong, if anything.
std::optional<Response> change_accounts(Door& door, const std::function<void(Transaction&)>& work);

// --- tokens (token_route.cpp)
Response answer_create_token(Door& door, const Request& request);
Response answer_list_tokens(const Door& door, const Request& request);
/// DELETE /api/v1/tokens/{name}
Response answer_revoke_token(Door& door, const Request& request);

// --- users and their passwords (user_route.cpp); users themselves are set by the command set_user
Response answer_list_users(Door& door, const Request& request);
/// POST /api/v1/users/{code}/password: one that must be changed, shown once.
Response answer_renew_password(Door& door, const Request& request);
/// DELETE /api/v1/users/{code}/sessions
Response answer_end_sessions_of_user(Door& door, const Request& request);
Response answer_change_password(Door& door, const Request& request);

struct ChangePassword {
  std::string password, new_password;
  static constexpr auto fields() {
    using C = ChangePassword;
    return field_list(
        field<&C::password>("password", "The password so far.").required().at_most(256),
        field<&C::new_password>("new_password", "The new one: 12 characters or more that nobody would try first.")
            .required()
            .at_most(256));
  }
};
struct RenewedPassword {
  std::string user, password;
  static constexpr auto fields() {
    using R = RenewedPassword;
    return field_list(
        field<&R::user>("user", "Name to sign in with."),
        field<&R::password>("password", "Shown this once; good for nothing but signing in and choosing another."));
  }
};
/// Sets the user's own password and opens a new session in place of all they had; also for the page with the form.
std::variant<Sessions::Opened, Problem> change_password(Door& door, const Request& request, const Caller& caller,
                                                        const ChangePassword& asked);

// --- sessions (session_route.cpp)
Response answer_confirm_session(Door& door, const Request& request);
Response answer_list_sessions(Door& door, const Request& request);
Response answer_end_other_sessions(Door& door, const Request& request);
/// DELETE /api/v1/sessions/{id}
Response answer_end_session(Door& door, const Request& request);

struct ConfirmSession {
  std::string password;
  static constexpr auto fields() {
    return field_list(
        field<&ConfirmSession::password>("password", "The password of who is signed in.").required().at_most(256));
  }
};
struct ListedSession {
  std::string id, began_at, last_used_at, peer, agent;
  bool is_this = false;
  static constexpr auto fields() {
    using L = ListedSession;
    return field_list(field<&L::id>("id", "Names it, to end it."), field<&L::began_at>("began_at", "When it began."),
                      field<&L::last_used_at>("last_used_at", "When it was used last."),
                      field<&L::peer>("peer", "Address it was begun from."),
                      field<&L::agent>("agent", "What the program there calls itself."),
                      field<&L::is_this>("is_this", "The one that asks."));
  }
};
struct SessionList {
  std::vector<ListedSession> sessions;
  static constexpr auto fields() {
    return field_list(field<&SessionList::sessions>("sessions", "Those of the user who asks, the last used first."));
  }
};

// --- signatures (signature_route.cpp)
/// POST /api/v1/signatures
Response answer_sign(Door& door, const Request& request);

struct SignAsked {
  std::uint64_t entry = 0;
  SignatureMeaning meaning = SignatureMeaning::performed;
  std::string name, password, reason;
  static constexpr auto fields() {
    using S = SignAsked;
    return field_list(
        field<&S::entry>("entry", "Number of the entry.").required(),
        field<&S::meaning>("meaning", "What the signature says.").required(),
        field<&S::name>("name", "Name that the signer signs in with.").required().at_most(60),
        field<&S::password>("password", "The signer's password, given for this signature.").required().at_most(256),
        field<&S::reason>("reason", "In words, if there is more to say.").at_most(500));
  }
};

}  // namespace lotbook
