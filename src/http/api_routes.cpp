// SPDX-License-Identifier: Apache-2.0
#include "http/api_routes.h"

#include "http/command_route.h"
#include "http/etag.h"
#include "http/openapi.h"
#include "http/question_route.h"

namespace lotbook {

namespace {

const std::string base = "/api/v1/";

}  // namespace

void add_command_routes(Routes& routes, Door& door) {
  for (const CommandRow& row : command_table())
    routes.add("POST", base + std::string(row.name), Need::of(row.right),
               [&](const Request&, Respond respond) { handle_command(row, door, std::move(respond)); });
}

void add_question_routes(Routes& routes, Door& door, Workers& workers) {
  for (const QuestionRow& row : question_table()) {
    const Handler handler = on_workers(workers, [&](const Request& request) {
      return answer_question(row, door.access, door.readers, door.clock, request);
    });
    routes.add("GET", base + std::string(row.name), Need::of(Right::view), handler);
    routes.add("POST", base + std::string(row.name), Need::of(Right::view), handler);
  }
}

void add_account_routes(Routes& routes, Door& door, Workers& workers) {
  using DoorAnswer = Response (*)(Door&, const Request&);
  const auto add = [&](const char* method, const char* name, Need need, DoorAnswer answer) {
    routes.add(method, base + name, need,
               on_workers(workers, [&door, answer](const Request& request) { return answer(door, request); }));
  };
  const Need admin = Need::of(Right::admin);
  add("POST", "sign-in", Need::nothing(), [](Door& d, const Request& r) { return d.desk.answer_sign_in(r); });
  add("POST", "sign-out", Need::nothing(), [](Door& d, const Request& r) { return d.desk.answer_sign_out(r); });
  add("GET", "session", Need::sign_in(), [](Door& d, const Request& r) { return d.desk.answer_session(r); });
  add("POST", "session/confirm", Need::sign_in(), answer_confirm_session);
  add("GET", "sessions", Need::sign_in(), answer_list_sessions);
  add("DELETE", "sessions", Need::sign_in(), answer_end_other_sessions);
  add("DELETE", "sessions/{id}", Need::sign_in(), answer_end_session);
  add("POST", "password", Need::sign_in(), answer_change_password);
  add("GET", "users", admin, answer_list_users);
  add("POST", "users/{code}/password", admin, answer_renew_password);
  add("DELETE", "users/{code}/sessions", admin, answer_end_sessions_of_user);
  add("GET", "tokens", admin, [](Door& d, const Request& r) { return answer_list_tokens(d, r); });
  add("POST", "tokens", admin, answer_create_token);
  add("DELETE", "tokens/{name}", admin, answer_revoke_token);
  add("POST", "signatures", Need::of(Right::sign), answer_sign);
}

void add_openapi_route(Routes& routes) {
  routes.add("GET", base + "openapi.json", Need::nothing(),
             [document = openapi_document()](const Request& request, Respond respond) {
               respond(with_etag(request, json(200, document)));
             });
}

}  // namespace lotbook
