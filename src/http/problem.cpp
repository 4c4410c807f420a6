// SPDX-License-Identifier: Apache-2.0
#include "http/problem.h"

#include "base/json.h"

namespace lotbook {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  if (out.back() != '{') out += ',';
  append_json_string(out, name);
  out += ':';
  append_json_string(out, value);
}

void append_error(std::string& out, const ProblemError& error) {
  out += '{';
  append_member(out, "pointer", error.pointer);
  append_member(out, "code", error.code);
  append_member(out, "detail", error.detail);
  if (!error.facts.empty()) {
    // A list: several facts may have one name, such as all lots that fit.
    out += ",\"facts\":[";
    for (const auto& [name, value] : error.facts) {
      out += out.back() == '[' ? "{" : ",{";
      append_member(out, "name", name), append_member(out, "value", value);
      out += '}';
    }
    out += ']';
  }
  out += '}';
}

}  // namespace

std::string problem_json(const Problem& problem) {
  std::string out = "{";
  append_member(out, "type", "urn:lotbook:problem:" + problem.code);
  append_member(out, "title", problem.title);
  out += ",\"status\":" + std::to_string(problem.status);
  append_member(out, "code", problem.code);
  append_member(out, "detail", problem.detail);
  out += ",\"errors\":[";
  for (const ProblemError& error : problem.errors) {
    if (out.back() != '[') out += ',';
    append_error(out, error);
  }
  out += "]}";
  return out;
}

Problem problem_of(Code code, std::string detail) {
  const CodeText& text = text_of(code);
  return {text.status, std::string(text.name), std::string(text.title), std::move(detail)};
}

Response problem_response(const Problem& problem) {
  Response response = content(problem.status, "application/problem+json", problem_json(problem));
  if (problem.status == 401) response.set("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace lotbook
