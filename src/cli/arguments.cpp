// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include <algorithm>

#include "base/json.h"
#include "model/read_refusals.h"

namespace lotbook {

namespace {

/// "item=FLOUR,quantity=5" as pairs; a comma or quotation mark in a value stands within double quotes.
std::vector<std::pair<std::string, std::string>> pairs_of(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string name, value;
  bool in_value = false, in_quotes = false;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == ',' && !in_quotes)) {
      pairs.emplace_back(std::move(name), std::move(value));
      name.clear(), value.clear(), in_value = false;
    } else if (text[i] == '"' && in_value) {
      in_quotes = !in_quotes;
    } else if (text[i] == '=' && !in_value) {
      in_value = true;
    } else {
      (in_value ? value : name) += text[i];
    }
  }
  return pairs;
}

std::string underscored(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

void fill_value(const FieldShape& field, void* into, const std::string& text, const std::string& pointer,
                Refusals& refusals);

void fill_object(const Shape& shape, void* object, const std::string& text, const std::string& pointer,
                 Refusals& refusals) {
  if (text.starts_with('{')) {
    for (Refusal& refusal : read_refusals(text, shape, object)) {
      refusal.field.insert(0, pointer);
      refusals.push_back(std::move(refusal));
    }
    return;
  }
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : pairs_of(text)) {
    const FieldShape* field = shape.find(underscored(name));
    if (!field) {
      refusals.push_back({Code::unknown_field, pointer + "/" + name,
                          "There is no such field here. Write field=value pairs with commas between."});
      continue;
    }
    const bool is_again = std::find(seen.begin(), seen.end(), field->name) != seen.end();
    if (is_again && !field->is_list) {
      refusals.push_back({Code::malformed, pointer + "/" + name, "This is given more than once. Give it once."});
      continue;
    }
    seen.push_back(field->name);
    void* member = field->member(object);
    // A list is written by naming its field again: serials=D-1,serials=D-2.
    if (!is_again) field->clear(member);
    fill_value(*field, field->append(member), value, pointer + "/" + name, refusals);
  }
  for (const FieldShape& field : shape.fields)
    if (field.required && std::find(seen.begin(), seen.end(), field.name) == seen.end())
      refusals.push_back(
          {Code::missing, pointer + "/" + std::string(field.name), "This is needed: " + std::string(field.sentence)});
}

void fill_value(const FieldShape& field, void* into, const std::string& text, const std::string& pointer,
                Refusals& refusals) {
  if (field.kind == FieldKind::object) return fill_object(*field.object(), into, text, pointer, refusals);
  if (const std::optional<std::string> expected = read_text(text, field, into))
    refusals.push_back({Code::wrong_type, pointer, "Write " + *expected + " here."});
}

}  // namespace

std::string flag_of(std::string_view field_name) {
  std::string flag = "--" + std::string(field_name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

Refusals fill_from_flags(const Shape& shape, void* value, const GivenFlags& given) {
  Refusals refusals;
  for (const FieldShape& field : shape.fields) {
    const auto texts = given.find(std::string(field.name));
    const std::string pointer = "/" + std::string(field.name);
    if (texts == given.end() || texts->second.empty()) continue;
    void* member = field.member(value);
    field.clear(member);
    if (!field.is_list && texts->second.size() > 1)
      refusals.push_back({Code::malformed, pointer, "This is given more than once. Give it once."});
    for (std::size_t i = 0; i < texts->second.size(); ++i)
      fill_value(field, field.append(member), texts->second[i],
                 field.is_list ? pointer + "/" + std::to_string(i) : pointer, refusals);
  }
  return refusals;
}

Refusals fill_from_json(const Shape& shape, void* value, std::string_view json) {
  return read_refusals(json, shape, value);
}

}  // namespace lotbook
