// SPDX-License-Identifier: Apache-2.0
#include "http/openapi.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "commands/table.h"
#include "http/accounts.h"
#include "http/problem.h"
#include "http/sign_in.h"
#include "http/status_routes.h"
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

std::string right_needed(Right right) { return "Needs the right \"" + std::string(name_of(right)) + "\"."; }

void add_commands(json::object& paths, json::object& schemas) {
  for (const CommandRow& row : command_table()) {
    const std::string name(row.name);
    schemas[name] = schema_of(row.shape());
    json::object posted = answer("Done and durable.", reference("schemas", "posted"));
    posted["headers"] = json::object{{"Lotbook-Entry", reference("headers", "Lotbook-Entry")}};
    json::object op = operation(name, "commands", row.sentence, {{"200", std::move(posted)}});
    op["description"] = right_needed(row.right);
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

void add_accounts(json::object& paths, json::object& schemas) {
  schemas["sign_in"] = schema_of(shape_of<SignIn>());
  schemas["session"] = schema_of(shape_of<SessionAnswer>());
  schemas["create_token"] = schema_of(shape_of<CreateToken>());
  schemas["created_token"] = schema_of(shape_of<CreatedToken>());
  schemas["token_list"] = schema_of(shape_of<TokenList>());
  json::object sign_in = operation("sign_in", "access", "Signs a person in; sets the session cookie.",
                                   {{"200", answer("Signed in.", reference("schemas", "session"))}});
  sign_in["requestBody"] = body(reference("schemas", "sign_in"));
  sign_in["security"] = json::array{};
  paths["/api/v1/sign-in"] = json::object{{"post", std::move(sign_in)}};
  paths["/api/v1/sign-out"] =
      json::object{{"post", operation("sign_out", "access", "Ends the session of the cookie.",
                                      {{"204", json::object{{"description", "Signed out."}}}})}};
  paths["/api/v1/session"] =
      json::object{{"get", operation("session", "access", "Who is asking, and what they may do.",
                                     {{"200", answer("They are known.", reference("schemas", "session"))}})}};
  json::object list = operation("list_tokens", "access", "All tokens, without what they are.",
                                {{"200", answer("The tokens.", reference("schemas", "token_list"))}});
  list["description"] = right_needed(Right::admin);
  json::object create = operation("create_token", "access", "Makes a token for a program or device.",
                                  {{"201", answer("Made; shown this once.", reference("schemas", "created_token"))}});
  create["description"] = right_needed(Right::admin) + " No key is needed: a name is given once.";
  create["requestBody"] = body(reference("schemas", "create_token"));
  paths["/api/v1/tokens"] = json::object{{"get", std::move(list)}, {"post", std::move(create)}};
  json::object revoke = operation("revoke_token", "access", "Ends a token at once.",
                                  {{"204", json::object{{"description", "It is no longer good."}}}});
  revoke["description"] = right_needed(Right::admin);
  revoke["parameters"] = json::array{
      json::object{{"name", "name"}, {"in", "path"}, {"required", true}, {"schema", json::object{{"type", "string"}}}}};
  paths["/api/v1/tokens/{name}"] = json::object{{"delete", std::move(revoke)}};
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
