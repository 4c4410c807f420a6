// SPDX-License-Identifier: Apache-2.0
#include "http/openapi.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "commands/table.h"
#include "http/accounts.h"
#include "http/door.h"
#include "http/problem.h"
#include "http/rights.h"
#include "http/status_routes.h"
#include "http/tokens.h"
#include "queries/table.h"

namespace lotbook {

namespace {

namespace json = boost::json;

constexpr std::string_view introduction =
    "Lotbook keeps the book of every lot: where it came from, where it is, where it went.\n\n"
    "Commands are POSTed and answered once they are durable. Each needs an Idempotency-Key: the same key with the same "
    "body gives the same answer for ever and is done once; with another body it is refused (422, key_reused). A "
    "command "
    "has one of three outcomes: 200, it is in the book; a problem other than outcome_unknown, it is certainly not; 503 "
    "with the code outcome_unknown, nobody can tell yet: send it again under the same key.\n\n"
    "Questions are asked by GET, or by POST with the same fields as a JSON body. Each is answered from one moment of "
    "the "
    "book; the header Lotbook-Entry says which. Quantities are text, exact to the last decimal. Refusals are problems "
    "(RFC 9457) with a stable code, and name every field that is wrong.";

json::value parsed(const std::string& text) { return json::parse(text); }
json::value schema_of(const Shape& shape) { return parsed(json_schema(shape)); }
json::object reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}
json::object json_content(json::value schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}
json::object answer(std::string_view description, json::value schema) {
  return {{"description", description}, {"content", json_content(std::move(schema))}};
}
json::object body(json::value schema) { return {{"required", true}, {"content", json_content(std::move(schema))}}; }

json::object problem_schema() {
  std::string codes;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Code::internal); ++i) {
    codes += codes.empty() ? "" : ",";
    append_json_string(codes, text_of(static_cast<Code>(i)).name);
  }
  const json::value code = parsed("{\"type\":\"string\",\"enum\":[" + codes + "]}");
  const json::value text = json::object{{"type", "string"}};
  const json::object fact{{"type", "object"},
                          {"properties", json::object{{"name", text}, {"value", text}}},
                          {"required", json::array{"name", "value"}}};
  const json::value facts = json::object{{"type", "array"}, {"items", fact}};
  const json::object of_field{
      {"pointer", json::object{{"type", "string"},
                               {"description", "JSON pointer (RFC 6901) into what was sent; empty: the whole."}}},
      {"code", code},
      {"detail", text},
      {"facts", facts}};
  json::object properties{
      {"type", text}, {"title", text}, {"status", json::object{{"type", "integer"}}}, {"code", code}, {"detail", text}};
  properties["errors"] = json::object{{"type", "array"},
                                      {"items", json::object{{"type", "object"},
                                                             {"properties", of_field},
                                                             {"required", json::array{"pointer", "code", "detail"}}}}};
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", json::array{"type", "title", "status", "code", "detail", "errors"}}};
}

/// One operation with what all have in common.
json::object operation(std::string_view id, std::string_view tag, std::string_view summary, json::object responses) {
  responses["default"] = reference("responses", "Refused");
  return {{"operationId", id}, {"tags", json::array{tag}}, {"summary", summary}, {"responses", std::move(responses)}};
}

constexpr std::string_view again = " In a session, the password was given in the last 15 minutes (session/confirm).";

std::string right_needed(Right right) { return "Needs the right \"" + std::string(name_of(right)) + "\"."; }

void add_commands(json::object& paths, json::object& schemas) {
  for (const CommandRow& row : command_table()) {
    const std::string name(row.name);
    schemas[name] = schema_of(row.shape());
    json::object posted = answer("Done and durable.", reference("schemas", "posted"));
    posted["headers"] = json::object{{"Lotbook-Entry", reference("headers", "Lotbook-Entry")}};
    json::object op = operation(name, "commands", row.sentence, {{"200", std::move(posted)}});
    op["description"] =
        row.right == Right::admin ? right_needed(row.right) + std::string(again) : right_needed(row.right);
    op["parameters"] = json::array{reference("parameters", "Idempotency-Key")};
    op["requestBody"] = body(reference("schemas", name));
    paths["/api/v1/" + name] = json::object{{"post", std::move(op)}};
  }
}

json::array query_parameters(const Shape& shape, const json::value& schema) {
  json::array parameters;
  for (const FieldShape& field : shape.fields) {
    if (field.kind == FieldKind::object) continue;  // does not go into a URL: ask by POST
    json::object of_field = schema.at("properties").at(field.name).as_object();
    of_field.erase("description");
    parameters.push_back(json::object{{"name", field.name},
                                      {"in", "query"},
                                      {"required", field.required},
                                      {"description", field.sentence},
                                      {"schema", std::move(of_field)}});
  }
  return parameters;
}

void add_questions(json::object& paths, json::object& schemas) {
  for (const QuestionRow& row : question_table()) {
    const std::string name(row.name);
    const json::value asked = schema_of(row.shape());
    schemas[name] = asked;
    schemas[name + "_answer"] = schema_of(row.answer_shape());
    json::object found = answer("The answer.", reference("schemas", name + "_answer"));
    found["headers"] =
        json::object{{"Lotbook-Entry", reference("headers", "Lotbook-Entry")}, {"ETag", reference("headers", "ETag")}};
    json::object get = operation(name, "questions", row.sentence, {{"200", found}});
    get["responses"].as_object()["304"] = json::object{{"description", "The answer is still that of If-None-Match."}};
    if (json::array parameters = query_parameters(row.shape(), asked); !parameters.empty())
      get["parameters"] = std::move(parameters);
    json::object post = operation("post_" + name, "questions", row.sentence, {{"200", std::move(found)}});
    post["description"] = "The same with its fields in a body, for what does not fit into a URL. Changes nothing.";
    post["requestBody"] = body(reference("schemas", name));
    paths["/api/v1/" + name] = json::object{{"get", std::move(get)}, {"post", std::move(post)}};
  }
}

json::object path_parameter(std::string_view name) {
  return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", json::object{{"type", "string"}}}};
}

/// One address of those by which users come in and are kept: what it takes and gives are schemas, by name.
struct DoorOperation {
  std::string_view path, method, id, summary, needs;
  std::string_view takes = {}, gives = {};
  std::string_view given = {};  ///< what a good answer is
  std::string_view status = "200";
};

void add_operation(json::object& paths, const DoorOperation& of) {
  json::object good =
      of.gives.empty() ? json::object{{"description", of.given}} : answer(of.given, reference("schemas", of.gives));
  json::object op = operation(of.id, "access", of.summary, {{of.status, std::move(good)}});
  if (!of.needs.empty()) op["description"] = of.needs;
  if (!of.takes.empty()) op["requestBody"] = body(reference("schemas", of.takes));
  if (of.id == "sign_in") op["security"] = json::array{};
  const auto brace = of.path.find('{');
  if (brace != std::string_view::npos)
    op["parameters"] = json::array{path_parameter(of.path.substr(brace + 1, of.path.find('}') - brace - 1))};
  const std::string path = "/api/v1/" + std::string(of.path);
  if (!paths.contains(path)) paths[path] = json::object{};
  paths[path].as_object()[of.method] = std::move(op);
}

void add_accounts(json::object& paths, json::object& schemas) {
  schemas["sign_in"] = schema_of(shape_of<SignIn>());
  schemas["session"] = schema_of(shape_of<SessionAnswer>());
  schemas["create_token"] = schema_of(shape_of<CreateToken>());
  schemas["created_token"] = schema_of(shape_of<CreatedToken>());
  schemas["token_list"] = schema_of(shape_of<TokenList>());
  schemas["user_list"] = schema_of(shape_of<UserList>());
  schemas["renewed_password"] = schema_of(shape_of<RenewedPassword>());
  schemas["change_password"] = schema_of(shape_of<ChangePassword>());
  schemas["confirm_session"] = schema_of(shape_of<ConfirmSession>());
  schemas["session_list"] = schema_of(shape_of<SessionList>());
  schemas["sign"] = schema_of(shape_of<SignAsked>());
  schemas["rights"] = schema_of(shape_of<RightsAnswer>());
  const std::string admin = right_needed(Right::admin);
  const std::string confirmed = admin + std::string(again);
  const std::string named = confirmed + " No key is needed: a name is given once.";
  const std::string sign = right_needed(Right::sign) + " Only users sign, with their password given once more.";
  const std::string view = right_needed(Right::view);
  for (const DoorOperation& of :
       {DoorOperation{"sign-in", "post", "sign_in", "Signs a person in; sets the session cookie.", "", "sign_in",
                      "session", "Signed in."},
        DoorOperation{"sign-out", "post", "sign_out", "Ends the session of the cookie.", "", "", "", "Signed out.",
                      "204"},
        DoorOperation{"session", "get", "session", "Who is asking, and what they may do.", "", "", "session",
                      "They are known."},
        DoorOperation{"session/confirm", "post", "confirm_session", "Gives the password once more, for what needs it.",
                      "", "confirm_session", "", "It is right.", "204"},
        DoorOperation{"sessions", "get", "list_sessions", "The sessions of who asks.", "", "", "session_list",
                      "Those that have not ended."},
        DoorOperation{"sessions", "delete", "end_other_sessions", "Ends all sessions of who asks but this one.", "", "",
                      "", "They have ended.", "204"},
        DoorOperation{"sessions/{id}", "delete", "end_session", "Ends a session of who asks.", "", "", "",
                      "It has ended.", "204"},
        DoorOperation{"password", "post", "change_password", "Changes the password of who asks.", "", "change_password",
                      "session", "Changed; all sessions ended, this is a new one."},
        DoorOperation{"users", "get", "list_users", "All users; POST set_user sets one up.", admin, "", "user_list",
                      "The users."},
        DoorOperation{"users/{code}/password", "post", "renew_password",
                      "Gives a user a password to come in with once and choose another.", confirmed, "",
                      "renewed_password", "Set; shown this once.", "201"},
        DoorOperation{"users/{code}/sessions", "delete", "end_sessions_of_user", "Ends all sessions of a user.", admin,
                      "", "", "They have ended.", "204"},
        DoorOperation{"tokens", "get", "list_tokens", "All tokens, without what they are.", admin, "", "token_list",
                      "The tokens."},
        DoorOperation{"tokens", "post", "create_token", "Makes a token for a program or device.", named, "create_token",
                      "created_token", "Made; shown this once.", "201"},
        DoorOperation{"tokens/{name}", "delete", "revoke_token", "Ends a token at once.", admin, "", "",
                      "It is no longer good.", "204"},
        DoorOperation{"signatures", "post", "sign", "Signs an entry, bound to its hash.", sign, "sign", "posted",
                      "Signed, as an entry of its own."},
        DoorOperation{"rights", "get", "rights", "What roles may do, and what each address needs.", view, "", "rights",
                      "The tables."}})
    add_operation(paths, of);
}

void add_server(json::object& paths, json::object& schemas) {
  schemas["ready"] = schema_of(shape_of<ReadyAnswer>());
  schemas["alive"] = schema_of(shape_of<AliveAnswer>());
  const auto open = [](json::object op) {
    op["security"] = json::array{};
    return json::object{{"get", std::move(op)}};
  };
  const json::value text = json::object{{"type", "string"}};
  paths["/api/v1/openapi.json"] = open(operation("openapi", "server", "This document.",
                                                 {{"200", answer("OpenAPI 3.1.", json::object{{"type", "object"}})}}));
  paths["/healthz"] = open(operation("healthz", "server", "Whether the process lives.",
                                     {{"200", answer("It does.", reference("schemas", "alive"))}}));
  paths["/readyz"] = open(operation("readyz", "server", "Whether the book can be read and written.",
                                    {{"200", answer("It can.", reference("schemas", "ready"))},
                                     {"503", answer("It cannot now.", reference("schemas", "ready"))}}));
  paths["/metrics"] = open(
      operation("metrics", "server", "Counts and times, in the text format of Prometheus.",
                {{"200", json::object{{"description", "The counts."},
                                      {"content", json::object{{"text/plain", json::object{{"schema", text}}}}}}}}));
}

json::object components(json::object schemas) {
  schemas["posted"] = schema_of(shape_of<Posted>());
  schemas["problem"] = problem_schema();
  const json::value number = json::object{{"type", "integer"}, {"minimum", 0}};
  const json::value text = json::object{{"type", "string"}};
  json::object key{{"name", "Idempotency-Key"},
                   {"in", "header"},
                   {"required", true},
                   {"description", "1 to 200 visible ASCII characters; new for each command, the same to repeat it."},
                   {"schema", json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", 200}}}};
  json::object refused{{"description", "Refused or failed; `code` says why."},
                       {"content", json::object{{"application/problem+json",
                                                 json::object{{"schema", reference("schemas", "problem")}}}}}};
  return {{"schemas", std::move(schemas)},
          {"parameters", json::object{{"Idempotency-Key", std::move(key)}}},
          {"headers",
           json::object{
               {"Lotbook-Entry", json::object{{"description", "Entry that the answer reflects."}, {"schema", number}}},
               {"ETag", json::object{{"description", "Names the answer, for If-None-Match."}, {"schema", text}}}}},
          {"responses", json::object{{"Refused", std::move(refused)}}},
          {"securitySchemes",
           json::object{{"token", json::object{{"type", "http"}, {"scheme", "bearer"}}},
                        {"session", json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "lotbook_session"}}}}}};
}

void append_indented(std::string& out, const json::value& value, std::size_t depth) {
  const auto line = [&](std::size_t deep) { out.append("\n").append(2 * deep, ' '); };
  bool first = true;
  if (const json::object* object = value.if_object(); object && !object->empty()) {
    out += '{';
    for (const auto& [name, member] : *object) {
      if (!first) out += ',';
      line(depth + 1), append_json_string(out, name), out += ": ";
      append_indented(out, member, depth + 1);
      first = false;
    }
    line(depth), out += '}';
  } else if (const json::array* array = value.if_array(); array && !array->empty() && array->front().is_structured()) {
    out += '[';
    for (const json::value& element : *array) {
      if (!first) out += ',';
      line(depth + 1), append_indented(out, element, depth + 1);
      first = false;
    }
    line(depth), out += ']';
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string openapi_document() {
  json::object paths, schemas;
  add_commands(paths, schemas);
  add_questions(paths, schemas);
  add_accounts(paths, schemas);
  add_server(paths, schemas);
  const json::object document{
      {"openapi", "3.1.0"},
      {"info", json::object{{"title", "Lotbook"},
                            {"version", LOTBOOK_VERSION},
                            {"description", introduction},
                            {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"security", json::array{json::object{{"token", json::array{}}}, json::object{{"session", json::array{}}}}},
      {"paths", std::move(paths)},
      {"components", components(std::move(schemas))}};
  std::string out;
  append_indented(out, document, 0);
  return out + "\n";
}

}  // namespace lotbook
