// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "http/door.h"
#include "http/refusal_answer.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

/// Somebody who came by a password: a token has no sessions.
std::variant<Caller, Problem> admit_user(const Door& door, const Request& request) {
  std::variant<Caller, Problem> admitted = door.access.admit(request);
  if (const auto* caller = std::get_if<Caller>(&admitted); caller && !caller->is_user())
    return problem_of(Code::right_needed, "A token has no sessions. Sign in as a user.");
  return admitted;
}

}  // namespace

Response answer_confirm_session(Door& door, const Request& request) {
  const auto admitted = admit_user(door, request);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  ConfirmSession asked;
  if (const Refusals refusals = read_refusals(request.body, shape_of<ConfirmSession>(), &asked); !refusals.empty())
    return refused(refusals);
  if (const std::optional<Problem> problem =
          door.desk.check_password(request, std::get<Caller>(admitted).actor.name, asked.password))
    return problem_response(*problem);
  door.sessions.confirm(session_token(request, door.access.transport()).value_or(""), door.clock.now());
  return Response{204, {}, {}, {}, {}};
}

Response answer_list_sessions(Door& door, const Request& request) {
  const auto admitted = admit_user(door, request);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const Caller& caller = std::get<Caller>(admitted);
  SessionList list;
  for (const Session& session : door.sessions.of_account(caller.actor.name, door.clock.now()))
    list.sessions.push_back({session.id, session.created_at.text(), session.last_used_at.text(), session.peer,
                             session.agent, session.id == caller.session_id});
  return json(200, to_json(list));
}

Response answer_end_other_sessions(Door& door, const Request& request) {
  const auto admitted = admit_user(door, request);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  const Caller& caller = std::get<Caller>(admitted);
  door.sessions.end_others(caller.actor.name, caller.session_id);
  return Response{204, {}, {}, {}, {}};
}

Response answer_end_session(Door& door, const Request& request) {
  const auto admitted = admit_user(door, request);
  if (const auto* problem = std::get_if<Problem>(&admitted)) return problem_response(*problem);
  if (!door.sessions.end_one(std::get<Caller>(admitted).actor.name, request.segments.back()))
    return refused({{Code::not_found, "/id", "You have no session of that id. List them: GET /api/v1/sessions."}});
  return Response{204, {}, {}, {}, {}};
}

}  // namespace lotbook
