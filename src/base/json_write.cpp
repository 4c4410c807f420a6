// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/json.h"

namespace lotbook {

namespace {

void append_integer(std::string& out, std::int64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void append_plain(std::string& out, std::string_view text) { out += '"', out += text, out += '"'; }

void write_value(std::string& out, const FieldShape& field, void* value) {
  switch (field.kind) {
    case FieldKind::text: return append_json_string(out, *static_cast<std::string*>(value));
    case FieldKind::boolean: out += *static_cast<bool*>(value) ? "true" : "false"; return;
    case FieldKind::integer: return append_integer(out, field.get_integer(value));
    case FieldKind::choice: return append_plain(out, field.choices[static_cast<std::size_t>(field.get_integer(value))]);
    case FieldKind::decimal: return append_plain(out, static_cast<Decimal*>(value)->text());
    case FieldKind::date:
      if (const Date date = *static_cast<Date*>(value)) return append_plain(out, date.text());
      out += "null";
      return;
    case FieldKind::written_time:
      if (const WrittenTime& time = *static_cast<WrittenTime*>(value); time != WrittenTime{})
        return append_plain(out, time.text());
      out += "null";
      return;
    case FieldKind::object: return write_json(out, *field.object(), value);
  }
}

void write_member(std::string& out, const FieldShape& field, void* owner) {
  void* member = field.member(owner);
  if (!field.is_list && !field.is_optional) return write_value(out, field, member);
  const std::size_t size = field.size(member);
  if (field.is_list) out += '[';
  if (field.is_optional && size == 0) out += "null";
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    write_value(out, field, field.value(member, i));
  }
  if (field.is_list) out += ']';
}

void append_schema(std::string& out, const Shape& shape, bool may_be_null);

void append_type(std::string& out, std::string_view type, bool may_be_null) {
  out += may_be_null ? "\"type\":[\"" : "\"type\":\"";
  out += type;
  out += may_be_null ? "\",\"null\"]" : "\"";
}

void append_limit(std::string& out, std::string_view name, std::int64_t limit) {
  out += ",\"", out += name, out += "\":";
  append_integer(out, limit);
}

/// What one value may be, without braces.
void append_value_schema(std::string& out, const FieldShape& field) {
  // Written as null while unset, so a reader must be told.
  const bool may_be_null =
      !field.is_list && (field.is_optional ||
                         (!field.required && (field.kind == FieldKind::date || field.kind == FieldKind::written_time)));
  switch (field.kind) {
    case FieldKind::text:
      append_type(out, "string", may_be_null);
      if (field.required && !field.is_list) append_limit(out, "minLength", 1);
      append_limit(out, "maxLength", field.is_list ? longest_listed_text : field.maximum);
      return;
    case FieldKind::boolean: return append_type(out, "boolean", may_be_null);
    case FieldKind::integer:
      append_type(out, "integer", may_be_null);
      if (!field.is_list && field.minimum != INT64_MIN) append_limit(out, "minimum", field.minimum);
      if (!field.is_list && field.maximum != INT64_MAX) append_limit(out, "maximum", field.maximum);
      return;
    case FieldKind::choice:
      append_type(out, "string", may_be_null);
      out += ",\"enum\":[";
      for (std::size_t i = 0; i < field.choices.size(); ++i) {
        if (i > 0) out += ',';
        append_json_string(out, field.choices[i]);
      }
      out += may_be_null ? ",null]" : "]";
      return;
    case FieldKind::decimal:
      append_type(out, "string", may_be_null);
      out += R"(,"pattern":"^-?[0-9]{1,13}(\\.[0-9]{1,6})?$")";
      return;
    case FieldKind::date:
      append_type(out, "string", may_be_null);
      out += ",\"format\":\"date\"";
      return;
    case FieldKind::written_time:
      append_type(out, "string", may_be_null);
      if (field.example.empty()) out += R"(,"examples":["2026-03-02T09:15+01:00","2026-03-02"])";
      return;
    case FieldKind::object: return append_schema(out, *field.object(), may_be_null);
  }
}

void append_example(std::string& out, const FieldShape& field) {
  const bool is_bare =
      field.kind == FieldKind::integer || field.kind == FieldKind::boolean || field.kind == FieldKind::object;
  out += field.is_list ? ",\"examples\":[[" : ",\"examples\":[";
  if (is_bare)
    out += field.example;
  else
    append_json_string(out, field.example);
  out += field.is_list ? "]]" : "]";
}

void append_schema(std::string& out, const Shape& shape, bool may_be_null) {
  append_type(out, "object", may_be_null);
  out += ",\"properties\":{";
  std::string required;
  for (const FieldShape& field : shape.fields) {
    if (&field != &shape.fields.front()) out += ',';
    append_json_string(out, field.name);
    out += ":{\"description\":";
    append_json_string(out, field.sentence);
    out += ',';
    if (field.is_list) {
      out += "\"type\":\"array\"";
      if (field.required) append_limit(out, "minItems", 1);
      append_limit(out, "maxItems", field.maximum);
      out += ",\"items\":{";
      append_value_schema(out, field);
      out += '}';
    } else {
      append_value_schema(out, field);
    }
    if (!field.example.empty()) append_example(out, field);
    out += '}';
    if (!field.required) continue;
    if (!required.empty()) required += ',';
    append_json_string(required, field.name);
  }
  out += '}';
  if (!required.empty()) out += ",\"required\":[" + required + "]";
  out += ",\"additionalProperties\":false";
}

}  // namespace

void write_json(std::string& out, const Shape& shape, const void* value) {
  out += '{';
  for (const FieldShape& field : shape.fields) {
    out += &field == &shape.fields.front() ? "\"" : ",\"";
    out += field.name;
    out += "\":";
    write_member(out, field, const_cast<void*>(value));  // the walk reads only; shapes have one kind of pointer
  }
  out += '}';
}

std::string field_json(const FieldShape& field, const void* owner) {
  std::string out;
  write_member(out, field, const_cast<void*>(owner));
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // from here nothing needs a change
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += "\\u00", out += digits[c >> 4], out += digits[c & 15];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

std::string json_schema(const Shape& shape) {
  std::string out = "{";
  append_schema(out, shape, false);
  return out + "}";
}

}  // namespace lotbook
