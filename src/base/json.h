// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"

// JSON in and out by field list. Reading reports every fault it finds, each with its JSON pointer; quantities are
// strings (a JSON number is refused for a decimal, since parsers elsewhere turn numbers into floating point); unknown
// members, duplicate members, depth above 64 and ill-formed UTF-8 are refused. Text is trimmed and brought to NFC on
// the way in.

namespace lotbook {

constexpr std::int64_t longest_listed_text = 200;  ///< characters; the `maximum` of a list counts its elements

enum class JsonFaultKind {
  malformed,
  duplicate,
  unknown_field,
  missing,
  wrong_type,
  not_a_choice,
  out_of_range,
  too_long,
  not_utf8,
  too_deep
};

struct JsonFault {
  JsonFaultKind kind;
  std::string pointer;  ///< RFC 6901, e.g. "/lines/0/quantity"
  std::string detail;   ///< one sentence for a person: what was expected here
};

/// Fills `value` (of the struct that `shape` describes) from `text`. Returns all faults; empty means it was read.
std::vector<JsonFault> read_json(std::string_view text, const Shape& shape, void* value);
template <class T>
std::vector<JsonFault> read_json(std::string_view text, T& value) {
  return read_json(text, shape_of<T>(), &value);
}

/// Reads what `write_json` wrote earlier, into a fresh struct. It was judged when it came in and limits may have
/// changed since (or a value been sealed), so only the form counts: no limits, nothing is asked for, no text is
/// changed. False when it is not of that form.
bool read_written_json(std::string_view text, const Shape& shape, void* value);
template <class T>
bool read_written_json(std::string_view text, T& value) {
  return read_written_json(text, shape_of<T>(), &value);
}

/// Reads one innermost value from plain text as flags and CSV give it ("12.5", "2026-11-30", "true"); nullopt, or what
/// was expected.
std::optional<std::string> read_text(std::string_view text, const FieldShape& field, void* value);

/// Compact JSON, members in the order of the list. Unset optionals, dates and written times are null.
void write_json(std::string& out, const Shape& shape, const void* value);
template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(out, shape_of<T>(), &value);
  return out;
}
/// One field's value alone, as in a change record: "\"KGM\"", "3", "[…]".
std::string field_json(const FieldShape& field, const void* owner);
/// The reverse of field_json, under the same loose terms as `read_written_json`.
bool read_field_json(std::string_view text, const FieldShape& field, void* owner);

/// Reads a JSON text that is one string; false when it is something else.
bool json_string(std::string_view text, std::string& value);
void append_json_string(std::string& out, std::string_view text);

/// JSON Schema (2020-12) of the struct, as OpenAPI 3.1 wants it; nested structs inline.
std::string json_schema(const Shape& shape);

}  // namespace lotbook
