// SPDX-License-Identifier: Apache-2.0
#include "cli/print.h"

#include <algorithm>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace lotbook {

namespace {

std::string plain(const FieldShape& field, void* owner) {
  std::string json = field_json(field, owner);
  if (json == "null" || json == "[]" || json == "\"\"") return {};
  std::string text;
  if (json.starts_with('"') && json_string(json, text)) return text;
  if (field.kind == FieldKind::object) {
    // What is nested in a cell: its values in a row, without those that say nothing.
    std::string out;
    void* member = field.member(owner);
    for (std::size_t i = 0; i < field.size(member); ++i) {
      std::string one;
      for (const FieldShape& inner : field.object()->fields) {
        const std::string text_of_inner = plain(inner, field.value(member, i));
        if (text_of_inner.empty() || text_of_inner == "0" || text_of_inner == "false") continue;
        one += (one.empty() ? "" : " ") + text_of_inner;
      }
      out += (out.empty() ? "" : "; ") + one;
    }
    return out;
  }
  if (json.starts_with("[\"")) {
    // A list of words reads better without its brackets.
    std::string out;
    void* member = field.member(owner);
    for (std::size_t i = 0; i < field.size(member); ++i) {
      if (field.kind != FieldKind::text) return json;
      out += (i ? ", " : "") + *static_cast<std::string*>(field.value(member, i));
    }
    return out;
  }
  return json;
}

void pad(std::string& out, std::size_t width) { out.append(width, ' '); }

void append_table(std::string& out, const FieldShape& list, void* member) {
  const Shape& shape = *list.object();
  const std::size_t rows = list.size(member);
  std::vector<std::vector<std::string>> cells;
  std::vector<std::size_t> widths;
  for (const FieldShape& column : shape.fields) {
    std::vector<std::string> values{std::string(column.name)};
    bool any = false;
    for (std::size_t i = 0; i < rows; ++i) {
      values.push_back(plain(column, list.value(member, i)));
      any |= !values.back().empty();
    }
    if (!any) continue;
    std::size_t width = 0;
    for (const std::string& value : values) width = std::max(width, length_in_characters(value));
    cells.push_back(std::move(values)), widths.push_back(width);
  }
  out += "\n" + std::string(list.name) + "\n";
  for (std::size_t row = 0; row <= rows; ++row) {
    std::string line = " ";
    for (std::size_t column = 0; column < cells.size(); ++column) {
      line += ' ';
      line += cells[column][row];
      if (column + 1 < cells.size()) pad(line, widths[column] - length_in_characters(cells[column][row]) + 1);
    }
    out += line + "\n";
  }
}

}  // namespace

std::string as_text(const Shape& shape, const void* value) {
  void* owner = const_cast<void*>(value);  // the walk reads only; shapes have one kind of pointer
  std::size_t width = 0;
  for (const FieldShape& field : shape.fields)
    if (!(field.is_list && field.kind == FieldKind::object)) width = std::max(width, field.name.size());
  std::string out, tables;
  for (const FieldShape& field : shape.fields) {
    if (field.is_list && field.kind == FieldKind::object) {
      if (field.size(field.member(owner)) > 0) append_table(tables, field, field.member(owner));
      continue;
    }
    const std::string text = plain(field, owner);
    if (text.empty()) continue;
    out += field.name;
    pad(out, width - field.name.size() + 2);
    out += text + "\n";
  }
  if (out.empty() && !tables.empty()) tables.erase(0, 1);
  return out + tables;
}

std::string as_text(const Refusals& refusals) {
  std::string out;
  for (const Refusal& refusal : refusals) {
    out += std::string(text_of(refusal.code).name) + "  " + (refusal.field.empty() ? "" : refusal.field + ": ") +
           refusal.detail + "\n";
    for (const auto& [name, value] : refusal.facts) out += "    " + name + " " + value + "\n";
  }
  return out;
}

std::string as_json(const Refusals& refusals) {
  std::string out = "{\"refused\":[";
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const Refusal& refusal = refusals[i];
    out += i ? ",{\"code\":" : "{\"code\":";
    append_json_string(out, text_of(refusal.code).name);
    out += ",\"pointer\":", append_json_string(out, refusal.field);
    out += ",\"detail\":", append_json_string(out, refusal.detail);
    out += ",\"facts\":[";
    for (std::size_t f = 0; f < refusal.facts.size(); ++f) {
      out += f ? ",{\"name\":" : "{\"name\":";
      append_json_string(out, refusal.facts[f].first);
      out += ",\"value\":", append_json_string(out, refusal.facts[f].second);
      out += '}';
    }
    out += "]}";
  }
  return out + "]}";
}

}  // namespace lotbook
