// SPDX-License-Identifier: Apache-2.0
#include "commands/table.h"
#include "http/pages/pages.h"
#include "queries/table.h"

namespace lotbook {

namespace {

std::string kind_text(const FieldShape& field) {
  std::string text;
  switch (field.kind) {
    case FieldKind::text: text = "text"; break;
    case FieldKind::boolean: text = "true or false"; break;
    case FieldKind::integer: text = "whole number"; break;
    case FieldKind::decimal: text = "decimal, as text"; break;
    case FieldKind::date: text = "day"; break;
    case FieldKind::written_time: text = "day or time"; break;
    case FieldKind::choice:
      for (const std::string_view choice : field.choices) text.append(text.empty() ? "" : ", ").append(choice);
      text.insert(0, "one of ");
      break;
    case FieldKind::object: text = "object"; break;
  }
  return field.is_list ? "list: " + text : text;
}

void add_fields(const Shape& shape, const std::string& prefix, std::vector<std::vector<Markup>>& rows) {
  for (const FieldShape& field : shape.fields) {
    const std::string name = prefix + std::string(field.name) + (field.is_list ? "[]" : "");
    rows.push_back({markup("<code>") + escaped(name) + markup("</code>"), escaped(kind_text(field)),
                    markup(field.required ? "needed" : ""), escaped(field.sentence)});
    if (field.kind == FieldKind::object) add_fields(*field.object(), name + ".", rows);
  }
}

Markup fields(std::string_view label, const Shape& shape) {
  std::vector<std::vector<Markup>> rows;
  add_fields(shape, "", rows);
  return table(label, {{"Field"}, {"Kind"}, {"Needed"}, {"What it is"}}, rows, "No fields.");
}

Markup operation(std::string_view method, std::string_view name, std::string_view sentence, const Markup& content) {
  return markup("<details id=\"api-") + escaped(name) + markup("\"><summary><code>") + markup(method) +
         markup(" /api/v1/") + escaped(name) + markup("</code> ") + escaped(sentence) + markup("</summary>") + content +
         markup("</details>");
}

constexpr std::string_view introduction =
    "<h1>The API</h1><p>Everything that is done or asked here is one request under <code>/api/v1</code>. Programs send "
    "a "
    "token in <code>Authorization: Bearer …</code>; an administrator makes one with <code>lotbook token create</code> "
    "or "
    "<code>POST /api/v1/tokens</code>. The whole, for machines: <a href=\"/api/v1/openapi.json\">openapi.json</a> "
    "(OpenAPI 3.1).</p>"
    "<p>A <strong>command</strong> is a POST with a JSON body and a header <code>Idempotency-Key</code> of your own "
    "making. "
    "Send it again under the same key and you get the same answer; it is done once. Its outcome is one of three: "
    "<strong>200</strong>, it is in the book, durably; <strong>a problem</strong>, it is certainly not, and the "
    "problem "
    "(RFC 9457) names each wrong field; <strong>503 with the code outcome_unknown</strong>, nobody can tell yet: send "
    "it "
    "again under the same key.</p>"
    "<p>A <strong>question</strong> is a GET with its fields in the query (lists repeat their name), or a POST with "
    "the same "
    "fields as a JSON body. Each answer holds one moment of the book, named by the header <code>Lotbook-Entry</code>, "
    "and "
    "an <code>ETag</code>. <code>GET /api/v1/entries?after=N</code> is the feed: keep the number of the last entry you "
    "handled, and ask on from there.</p>"
    "<p>Quantities are text, since many parsers would make floating point of numbers.</p>";

}  // namespace

Response docs_page(const Frame& given) {
  Frame frame = given;
  frame.title = "The API", frame.here = "/docs";
  Markup commands, questions;
  for (const CommandRow& row : command_table())
    commands += operation("POST", row.name, row.sentence,
                          markup("<p>Needs the right <code>") + markup(name_of(row.right)) + markup("</code>.</p>") +
                              fields(row.name, row.shape()));
  for (const QuestionRow& row : question_table())
    questions +=
        operation("GET", row.name, row.sentence,
                  fields(row.name, row.shape()) + markup("<h3>Answer</h3>") + fields("Answer", row.answer_shape()));
  return page(frame, markup(introduction) + section("Commands", commands) + section("Questions", questions));
}

}  // namespace lotbook
