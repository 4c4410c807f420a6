// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <deque>

#include "base/text.h"

namespace lotbook {

namespace {

constexpr std::size_t deepest = 64;

/// A JSON text as read: strings and numbers keep their text. Members keep their order, duplicates are marked.
struct Node {
  enum class Type { null, boolean, integer, number, string, array, object } type = Type::null;
  std::string text;  // string, or the digits of a number
  bool truth = false;
  std::int64_t whole = 0;
  std::vector<std::pair<std::string, std::size_t>> members;  // index into the nodes; array elements have empty names
  bool has_duplicate = false;
  std::string duplicate;
};

/// Builds nodes from the parser's events. Returning false stops the parse with an error.
struct Builder {
  constexpr static std::size_t max_object_size = 100'000;
  constexpr static std::size_t max_array_size = 1'000'000;
  constexpr static std::size_t max_key_size = 1'000;
  constexpr static std::size_t max_string_size = 1 << 20;
  using error_code = boost::json::error_code;
  using string_view = boost::json::string_view;

  std::deque<Node> nodes;
  std::vector<std::size_t> open;
  std::string key, text;

  Node& add(Node::Type type) {
    if (!open.empty()) {
      Node& parent = nodes[open.back()];
      if (parent.type == Node::Type::object)
        for (const auto& [name, index] : parent.members)
          if (name == key && !parent.has_duplicate) parent.has_duplicate = true, parent.duplicate = key;
      parent.members.emplace_back(parent.type == Node::Type::object ? key : std::string(), nodes.size());
    }
    Node& node = nodes.emplace_back();
    node.type = type;
    return node;
  }
  bool begin(Node::Type type) {
    add(type);
    open.push_back(nodes.size() - 1);
    return true;
  }
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return begin(Node::Type::object); }
  bool on_object_end(std::size_t, error_code&) { return open.pop_back(), true; }
  bool on_array_begin(error_code&) { return begin(Node::Type::array); }
  bool on_array_end(std::size_t, error_code&) { return open.pop_back(), true; }
  bool on_key_part(string_view part, std::size_t, error_code&) { return text.append(part.data(), part.size()), true; }
  bool on_key(string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    key = std::move(text);
    text.clear();
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) {
    return text.append(part.data(), part.size()), true;
  }
  bool on_string(string_view part, std::size_t, error_code&) {
    text.append(part.data(), part.size());
    add(Node::Type::string).text = std::move(text);
    text.clear();
    return true;
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t value, string_view, error_code&) { return add(Node::Type::integer).whole = value, true; }
  bool on_uint64(std::uint64_t, string_view, error_code&) { return add(Node::Type::number), true; }
  bool on_double(double, string_view, error_code&) { return add(Node::Type::number), true; }  // never used as a value
  bool on_bool(bool value, error_code&) { return add(Node::Type::boolean).truth = value, true; }
  bool on_null(error_code&) { return add(Node::Type::null), true; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }
};

std::string escaped_pointer(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::string expectation(const FieldShape& field) {
  switch (field.kind) {
    case FieldKind::text: return "a text";
    case FieldKind::boolean: return "true or false";
    case FieldKind::integer: return "a whole number";
    case FieldKind::decimal: return "a quantity as text, for example \"12.5\"";
    case FieldKind::date: return "a day as \"2026-11-30\"";
    case FieldKind::written_time:
      return "a time as \"2026-03-02T09:15+01:00\", with an offset or Z, or a day as \"2026-03-02\"";
    case FieldKind::object: return "an object";
    case FieldKind::choice: break;
  }
  std::string out = "one of ";
  for (std::size_t i = 0; i < field.choices.size(); ++i) out += (i ? ", " : "") + std::string(field.choices[i]);
  return out;
}

class ShapeReader {
 public:
  ShapeReader(const std::deque<Node>& nodes, std::vector<JsonFault>& faults) : nodes_(nodes), faults_(faults) {}

  void object(const Node& node, const Shape& shape, void* owner, const std::string& pointer) {
    if (node.has_duplicate)
      note(JsonFaultKind::duplicate, pointer + "/" + escaped_pointer(node.duplicate),
           "This member is given twice. Give it once.");
    std::vector<bool> given(shape.fields.size());
    for (const auto& [name, index] : node.members) {
      const FieldShape* field = shape.find(name);
      if (!field) {
        note(JsonFaultKind::unknown_field, pointer + "/" + escaped_pointer(name),
             "There is no such field here. Check its spelling.");
        continue;
      }
      given[static_cast<std::size_t>(field - shape.fields.data())] = nodes_[index].type != Node::Type::null;
      if (nodes_[index].type != Node::Type::null) member(nodes_[index], *field, owner, pointer + "/" + name);
    }
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
      const FieldShape& field = shape.fields[i];
      if (field.required && (!given[i] || is_blank(field, owner))) missing(field, pointer);
    }
  }

 private:
  void note(JsonFaultKind kind, std::string pointer, std::string detail) {
    faults_.push_back({kind, std::move(pointer), std::move(detail)});
  }
  void missing(const FieldShape& field, const std::string& pointer) {
    const std::string full = pointer + "/" + std::string(field.name);
    for (const JsonFault& fault : faults_)
      if (fault.pointer == full) return;  // it was given, but not readable
    note(JsonFaultKind::missing, full, "This is needed: " + std::string(field.sentence));
  }
  static bool is_blank(const FieldShape& field, void* owner) {
    void* place = field.member(owner);
    if (field.is_list) return field.size(place) == 0;
    return field.kind == FieldKind::text && !field.is_optional && static_cast<std::string*>(place)->empty();
  }
  void member(const Node& node, const FieldShape& field, void* owner, const std::string& pointer) {
    void* place = field.member(owner);
    field.clear(place);
    if (!field.is_list) return value(node, field, field.append(place), pointer);
    if (node.type != Node::Type::array) return note(JsonFaultKind::wrong_type, pointer, "Write a list here.");
    if (static_cast<std::int64_t>(node.members.size()) > field.maximum)
      return note(JsonFaultKind::out_of_range, pointer,
                  "At most " + std::to_string(field.maximum) + " elements are allowed here.");
    std::size_t i = 0;
    for (const auto& [name, index] : node.members)
      value(nodes_[index], field, field.append(place), pointer + "/" + std::to_string(i++));
  }
  void wrong(const FieldShape& field, const std::string& pointer) {
    note(JsonFaultKind::wrong_type, pointer, "Write " + expectation(field) + " here.");
  }

  void value(const Node& node, const FieldShape& field, void* into, const std::string& pointer) {
    switch (field.kind) {
      case FieldKind::object:
        if (node.type != Node::Type::object) return wrong(field, pointer);
        return object(node, *field.object(), into, pointer);
      case FieldKind::boolean:
        if (node.type != Node::Type::boolean) return wrong(field, pointer);
        *static_cast<bool*>(into) = node.truth;
        return;
      case FieldKind::integer:
        if (node.type != Node::Type::integer) return wrong(field, pointer);
        return integer(node.whole, field, into, pointer);
      case FieldKind::choice:
      case FieldKind::text:
      case FieldKind::decimal:
      case FieldKind::date:
      case FieldKind::written_time:
        if (node.type != Node::Type::string) return wrong(field, pointer);
        return from_text(node.text, field, into, pointer);
    }
  }
  void integer(std::int64_t number, const FieldShape& field, void* into, const std::string& pointer) {
    if (number < field.minimum || number > field.maximum)
      return note(
          JsonFaultKind::out_of_range, pointer,
          "Write a number from " + std::to_string(field.minimum) + " to " + std::to_string(field.maximum) + ".");
    field.set_integer(into, number);
    if (field.get_integer(into) != number) note(JsonFaultKind::out_of_range, pointer, "This number is too large.");
  }
  void from_text(const std::string& raw, const FieldShape& field, void* into, const std::string& pointer) {
    if (field.kind == FieldKind::text) {
      std::optional<std::string> text = trimmed_nfc(raw);
      if (!text) return note(JsonFaultKind::not_utf8, pointer, "This text is not UTF-8.");
      if (!field.is_list && static_cast<std::int64_t>(length_in_characters(*text)) > field.maximum)
        return note(JsonFaultKind::too_long, pointer,
                    "At most " + std::to_string(field.maximum) + " characters are allowed here.");
      *static_cast<std::string*>(into) = std::move(*text);
      return;
    }
    if (raw.empty() && field.kind == FieldKind::date) return;
    if (const std::optional<std::string> expected = read_text(raw, field, into))
      note(field.kind == FieldKind::choice ? JsonFaultKind::not_a_choice : JsonFaultKind::wrong_type, pointer,
           "Write " + *expected + " here.");
  }

  const std::deque<Node>& nodes_;
  std::vector<JsonFault>& faults_;
};

std::optional<JsonFault> parse(std::string_view text, Builder& builder_out,
                               boost::json::basic_parser<Builder>& parser) {
  boost::json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  builder_out = std::move(parser.handler());
  if (error == boost::json::error::too_deep)
    return JsonFault{JsonFaultKind::too_deep, "", "This is nested too deeply."};
  if (error)
    return JsonFault{JsonFaultKind::malformed, "",
                     "This is not JSON (at byte " + std::to_string(read) + ": " + error.message() + ")."};
  for (std::size_t i = read; i < text.size(); ++i)
    if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t')
      return JsonFault{JsonFaultKind::malformed, "",
                       "There is something after the end of the JSON text (at byte " + std::to_string(i) + ")."};
  if (builder_out.nodes.empty()) return JsonFault{JsonFaultKind::malformed, "", "This is not JSON: it is empty."};
  return std::nullopt;
}

std::optional<JsonFault> parse(std::string_view text, Builder& builder) {
  if (!is_utf8(text)) return JsonFault{JsonFaultKind::not_utf8, "", "This text is not UTF-8."};
  boost::json::parse_options options;
  options.max_depth = deepest;
  boost::json::basic_parser<Builder> parser(options);
  return parse(text, builder, parser);
}

void write_value(std::string& out, const FieldShape& field, void* value) {
  switch (field.kind) {
    case FieldKind::text: return append_json_string(out, *static_cast<std::string*>(value));
    case FieldKind::boolean: out += *static_cast<bool*>(value) ? "true" : "false"; return;
    case FieldKind::integer: out += std::to_string(field.get_integer(value)); return;
    case FieldKind::choice:
      return append_json_string(out, field.choices[static_cast<std::size_t>(field.get_integer(value))]);
    case FieldKind::decimal: out += '"', out += static_cast<Decimal*>(value)->text(), out += '"'; return;
    case FieldKind::date:
      if (const Date date = *static_cast<Date*>(value))
        out += '"', out += date.text(), out += '"';
      else
        out += "null";
      return;
    case FieldKind::written_time: out += '"', out += static_cast<WrittenTime*>(value)->text(), out += '"'; return;
    case FieldKind::object: return write_json(out, *field.object(), value);
  }
}

void write_member(std::string& out, const FieldShape& field, void* owner) {
  void* place = field.member(owner);
  const std::size_t size = field.size(place);
  if (field.is_list) out += '[';
  if (field.is_optional && size == 0) out += "null";
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    write_value(out, field, field.value(place, i));
  }
  if (field.is_list) out += ']';
}

void append_schema(std::string& out, const Shape& shape);

void append_value_schema(std::string& out, const FieldShape& field) {
  switch (field.kind) {
    case FieldKind::text:
      out += "\"type\":\"string\"";
      if (!field.is_list) out += ",\"maxLength\":" + std::to_string(field.maximum);
      return;
    case FieldKind::boolean: out += "\"type\":\"boolean\""; return;
    case FieldKind::integer:
      out += "\"type\":\"integer\"";
      if (!field.is_list && field.minimum != INT64_MIN) out += ",\"minimum\":" + std::to_string(field.minimum);
      if (!field.is_list && field.maximum != INT64_MAX) out += ",\"maximum\":" + std::to_string(field.maximum);
      return;
    case FieldKind::choice:
      out += "\"type\":\"string\",\"enum\":[";
      for (std::size_t i = 0; i < field.choices.size(); ++i)
        out += (i ? "," : ""), append_json_string(out, field.choices[i]);
      out += ']';
      return;
    case FieldKind::decimal: out += R"("type":"string","pattern":"^-?[0-9]{1,13}(\\.[0-9]{1,6})?$")"; return;
    case FieldKind::date: out += "\"type\":\"string\",\"format\":\"date\""; return;
    case FieldKind::written_time:
      out += R"("type":"string","examples":["2026-03-02T09:15+01:00","2026-03-02"])";
      return;
    case FieldKind::object: append_schema(out, *field.object()); return;
  }
}

/// The members of a schema object, without its braces.
void append_schema(std::string& out, const Shape& shape) {
  out += "\"type\":\"object\",\"properties\":{";
  std::string required;
  bool first = true;
  for (const FieldShape& field : shape.fields) {
    if (!first) out += ',';
    first = false;
    append_json_string(out, field.name);
    out += ":{\"description\":";
    append_json_string(out, field.sentence);
    out += ',';
    if (field.is_list) {
      out += "\"type\":\"array\",\"maxItems\":" + std::to_string(field.maximum) + ",\"items\":{";
      append_value_schema(out, field);
      out += '}';
    } else {
      append_value_schema(out, field);
    }
    if (!field.example.empty()) out += ",\"examples\":[", append_json_string(out, field.example), out += ']';
    out += '}';
    if (field.required) required += required.empty() ? "" : ",", append_json_string(required, field.name);
  }
  out += "}";
  if (!required.empty()) out += ",\"required\":[" + required + "]";
  out += ",\"additionalProperties\":false";
}

}  // namespace

std::vector<JsonFault> read_json(std::string_view text, const Shape& shape, void* value) {
  std::vector<JsonFault> faults;
  Builder builder;
  if (const std::optional<JsonFault> fault = parse(text, builder)) return {*fault};
  const Node& root = builder.nodes.front();
  if (root.type != Node::Type::object) return {{JsonFaultKind::wrong_type, "", "Write an object here."}};
  ShapeReader(builder.nodes, faults).object(root, shape, value, "");
  return faults;
}

std::optional<std::string> read_text(std::string_view text, const FieldShape& field, void* value) {
  const auto done = [&](bool good) { return good ? std::nullopt : std::optional(expectation(field)); };
  switch (field.kind) {
    case FieldKind::text: {
      std::optional<std::string> read = trimmed_nfc(text);
      if (!read) return "text in UTF-8";
      if (!field.is_list && static_cast<std::int64_t>(length_in_characters(*read)) > field.maximum)
        return "at most " + std::to_string(field.maximum) + " characters";
      *static_cast<std::string*>(value) = std::move(*read);
      return std::nullopt;
    }
    case FieldKind::boolean:
      *static_cast<bool*>(value) = text == "true";
      return done(text == "true" || text == "false");
    case FieldKind::integer: {
      std::int64_t number = 0;
      const bool negative = text.starts_with('-');
      const std::string_view plain = negative ? text.substr(1) : text;
      if (plain.empty() || plain.size() > 18) return expectation(field);
      for (const char c : plain) {
        if (c < '0' || c > '9') return expectation(field);
        number = number * 10 + (c - '0');
      }
      if (negative) number = -number;
      if (number < field.minimum || number > field.maximum)
        return "a number from " + std::to_string(field.minimum) + " to " + std::to_string(field.maximum);
      field.set_integer(value, number);
      return std::nullopt;
    }
    case FieldKind::choice:
      for (std::size_t i = 0; i < field.choices.size(); ++i)
        if (field.choices[i] == text) return field.set_integer(value, static_cast<std::int64_t>(i)), std::nullopt;
      return expectation(field);
    case FieldKind::decimal:
      if (const std::optional<Decimal> decimal = Decimal::parse(text))
        return *static_cast<Decimal*>(value) = *decimal, std::nullopt;
      return expectation(field);
    case FieldKind::date:
      if (const std::optional<Date> date = Date::parse_last_of_month(text))
        return *static_cast<Date*>(value) = *date, std::nullopt;
      return expectation(field);
    case FieldKind::written_time:
      if (const std::optional<WrittenTime> time = WrittenTime::parse(text))
        return *static_cast<WrittenTime*>(value) = *time, std::nullopt;
      return expectation(field);
    case FieldKind::object: {
      const std::vector<JsonFault> faults = read_json(text, *field.object(), value);
      if (faults.empty()) return std::nullopt;
      return faults.front().pointer.empty()
                 ? "a JSON object"
                 : "a JSON object (" + faults.front().pointer + ": " + faults.front().detail + ")";
    }
  }
  return "a value";
}

void write_json(std::string& out, const Shape& shape, const void* value) {
  out += '{';
  bool first = true;
  for (const FieldShape& field : shape.fields) {
    out += first ? "\"" : ",\"";
    first = false;
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

bool read_field_json(std::string_view text, const FieldShape& field, void* owner) {
  Shape one;
  one.fields.push_back(field);
  one.fields.back().required = false;
  one.fields.back().minimum = INT64_MIN, one.fields.back().maximum = INT64_MAX;
  field.clear(field.member(owner));
  std::string wrapped = "{\"" + std::string(field.name) + "\":" + std::string(text) + "}";
  return read_json(wrapped, one, owner).empty();
}

bool json_string(std::string_view text, std::string& value) {
  Builder builder;
  if (parse(text, builder) || builder.nodes.front().type != Node::Type::string) return false;
  value = builder.nodes.front().text;
  return true;
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          out += "\\u00", out += digits[c >> 4 & 15], out += digits[c & 15];
        else
          out += c;
    }
  }
  out += '"';
}

std::string json_schema(const Shape& shape) {
  std::string out = "{";
  append_schema(out, shape);
  return out + "}";
}

}  // namespace lotbook
