// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "http/accounts.h"
#include "http/door.h"
#include "http/password_rules.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

Problem too_many_wait() { return problem_of(Code::busy, "Many people sign in right now. Try again in a moment."); }

/// Words that anybody would try first for this user.
std::vector<std::string> names_of(Door& door, const std::string& user) {
  const auto masters = door.access.masters();
  std::vector<std::string> names{user, masters->book.name};
  if (const User* record = masters->users.find(user)) {
    Readers::Reading reading(door.readers);
    names.push_back(with_plain_name(*record, reading.transaction()).name);
  }
  // "Ana Kowalska" is tried by its parts, too.
  for (std::size_t i = 1, count = names.size(); i < count; ++i) {
    std::string part;
    for (const char c : names[i] + " ") {
      if (c != ' ') {
        part += c;
        continue;
      }
      if (part.size() >= 3) names.push_back(part);
      part.clear();
    }
  }
  return names;
}

}  // namespace

Response answer_list_users(Door& door, const Request& request) {
  const auto admitted = door.access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  try {
    Readers::Reading reading(door.readers);
    return json(200, to_json(list_users(reading.transaction(), reading.view().masters())));
  } catch (const StoreFailure& failure) {
    return store_failed(failure);
  }
}

Response answer_renew_password(Door& door, const Request& request) {
  const auto admitted = door.access.admit_again(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const std::string user = request.segments.at(request.segments.size() - 2);
  if (!door.access.masters()->users.find(user))
    return refused({{Code::unknown_user, "/code", "There is no user " + user + ". Set them up first: set_user."}});
  const std::string password = new_password();
  const std::optional<std::string> hash = door.desk.hash(password);
  if (!hash) return problem_response(too_many_wait());
  const Instant now = door.clock.now();
  if (const std::optional<Response> failed = change_accounts(door, [&](Transaction& transaction) {
        put_account(transaction, {user, *hash, true, now, now});
      }))
    return *failed;
  door.sessions.end_all(user);
  door.notes.note(AccessEvent::password_set, user, "by " + std::get<Caller>(admitted).actor.name);
  return json(201, to_json(RenewedPassword{user, password}));
}

Response answer_end_sessions_of_user(Door& door, const Request& request) {
  const auto admitted = door.access.admit(request, Right::admin);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const std::string user = request.segments.at(request.segments.size() - 2);
  if (!door.access.masters()->users.find(user))
    return refused({{Code::unknown_user, "/code", "There is no user " + user + "."}});
  door.sessions.end_all(user);
  return Response{204, {}, {}, {}, {}};
}

std::variant<Sessions::Opened, Problem> change_password(Door& door, const Request& request, const Caller& caller,
                                                        const ChangePassword& asked) {
  const std::string& user = caller.actor.name;
  if (!caller.is_user())
    return problem_of(Code::right_needed, "A token has no password. Make a new token, and revoke this one.");
  if (std::optional<Problem> problem = door.desk.check_password(request, user, asked.password))
    return std::move(*problem);
  const std::optional<std::string> form = password_form(asked.new_password);
  std::optional<std::string> weakness = form ? password_weakness(*form, names_of(door, user)) : "That is no text.";
  if (!weakness && form == password_form(asked.password)) weakness = "That is the password so far. Choose another.";
  if (weakness) return problem_of(Refusals{{Code::weak_password, "/new_password", *weakness}});
  const std::optional<std::string> hash = door.desk.hash(*form);
  if (!hash) return too_many_wait();
  const Instant now = door.clock.now();
  if (change_accounts(door, [&](Transaction& transaction) {
        put_account(transaction, {user, *hash, false, now, now});
      }))
    return problem_of(Code::unavailable, "The book cannot be reached now. Try again in a moment.");
  door.sessions.end_all(user);
  door.notes.note(AccessEvent::password_set, user, "by " + user);
  return door.desk.open_session(request, user);
}

Response answer_change_password(Door& door, const Request& request) {
  const auto admitted = door.access.admit(request);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  ChangePassword asked;
  if (const Refusals refusals = read_refusals(request.body, shape_of<ChangePassword>(), &asked); !refusals.empty())
    return refused(refusals);
  const auto changed = change_password(door, request, std::get<Caller>(admitted), asked);
  if (const auto* problem = std::get_if<Problem>(&changed)) return problem_response(*problem);
  return signed_in_answer(door.access, std::get<Sessions::Opened>(changed));
}

}  // namespace lotbook
