// SPDX-License-Identifier: Apache-2.0
#include "http/api_routes.h"

#include "http/command_route.h"
#include "http/etag.h"
#include "http/openapi.h"
#include "http/question_route.h"
#include "http/token_route.h"

namespace lotbook {

namespace {

const std::string base = "/api/v1/";

}  // namespace

void add_command_routes(Routes& routes, const Access& access, Executor& executor) {
  for (const CommandRow& row : command_table())
    routes.add("POST", base + std::string(row.name),
               [&](const Request&, Respond respond) { handle_command(row, access, executor, std::move(respond)); });
}

void add_question_routes(Routes& routes, const Access& access, Readers& readers, Clock& clock, Workers& workers) {
  for (const QuestionRow& row : question_table()) {
    const Handler handler = on_workers(
        workers, [&](const Request& request) { return answer_question(row, access, readers, clock, request); });
    routes.add("GET", base + std::string(row.name), handler);
    routes.add("POST", base + std::string(row.name), handler);
  }
}

void add_account_routes(Routes& routes, Access& access, SignInDesk& desk, Executor& executor, Clock& clock,
                        Workers& workers) {
  const auto add = [&](const char* method, const char* name, BlockingHandler handler) {
    routes.add(method, base + name, on_workers(workers, std::move(handler)));
  };
  add("POST", "sign-in", [&](const Request& request) { return desk.answer_sign_in(request); });
  add("POST", "sign-out", [&](const Request& request) { return desk.answer_sign_out(request); });
  add("GET", "session", [&](const Request& request) { return desk.answer_session(request); });
  add("GET", "tokens", [&](const Request& request) { return answer_list_tokens(access, request); });
  add("POST", "tokens", [&](const Request& request) { return answer_create_token(access, executor, clock, request); });
  add("DELETE", "tokens/{name}",
      [&](const Request& request) { return answer_revoke_token(access, executor, request); });
}

void add_openapi_route(Routes& routes) {
  routes.add("GET", base + "openapi.json", [document = openapi_document()](const Request& request, Respond respond) {
    respond(with_etag(request, json(200, document)));
  });
}

}  // namespace lotbook
