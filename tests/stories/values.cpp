// SPDX-License-Identifier: Apache-2.0
#include "values.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace lotbook::stories {

namespace {

std::string choices_of(const Shape& shape) {
  std::string names;
  for (const FieldShape& field : shape.fields) names += (names.empty() ? "" : ", ") + std::string(field.name);
  return names;
}

const FieldShape& field_of(const Shape& shape, const std::string& name, const Spot& spot) {
  const FieldShape* field = shape.find(name);
  if (!field) throw StoryFault(spot, "there is no field \"" + name + "\" here; there are " + choices_of(shape));
  return *field;
}

/// The list that a table without a name means: the first list of things.
const FieldShape& list_of(const Shape& shape, const Table& table) {
  if (!table.name.empty()) {
    const FieldShape& named = field_of(shape, table.name, table.spot);
    if (!named.is_list) throw StoryFault(table.spot, "\"" + table.name + "\" is not a list");
    return named;
  }
  for (const FieldShape& field : shape.fields)
    if (field.is_list && field.kind == FieldKind::object) return field;
  throw StoryFault(table.spot, "nothing here is a list, so a table has no place");
}

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

/// A value as JSON, by the kind of its field.
std::string json_of(const FieldShape& field, const std::string& text) {
  if (text.starts_with('[') || text.starts_with('{')) return text;
  if (field.is_list) {
    std::string list;
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t comma = std::min(text.find(',', from), text.size());
      const std::string part = text.substr(from, comma - from);
      list += (list.empty() ? "" : ",") + (field.kind == FieldKind::integer ? part : quoted(part));
      from = comma + 1;
    }
    return "[" + list + "]";
  }
  if (field.kind == FieldKind::boolean && (text == "yes" || text == "true")) return "true";
  if (field.kind == FieldKind::boolean && (text == "no" || text == "false")) return "false";
  if (field.kind == FieldKind::integer) return text;
  return quoted(text);
}

Code code_of(JsonFaultKind kind) {
  switch (kind) {
    case JsonFaultKind::missing: return Code::missing;
    case JsonFaultKind::wrong_type: return Code::wrong_type;
    case JsonFaultKind::not_a_choice: return Code::not_a_choice;
    case JsonFaultKind::out_of_range: return Code::out_of_range;
    case JsonFaultKind::too_long: return Code::too_long;
    case JsonFaultKind::not_utf8: return Code::not_text;
    case JsonFaultKind::too_deep: return Code::too_deep;
    default: return Code::malformed;
  }
}

// --- Answers

struct Grid {
  std::vector<std::vector<std::string>> rows;
};

bool same(const FieldShape& field, const std::string& expected, const std::string& actual) {
  if (expected == "*" || expected == actual) return true;
  if (field.kind != FieldKind::decimal || field.is_list) return false;
  const std::optional<Decimal> a = Decimal::parse(expected), b = Decimal::parse(actual);
  return a && b && *a == *b;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i)
    line += " " + cells[i] + std::string(widths[i] - length_in_characters(cells[i]), ' ') + " |";
  return line;
}

/// Expected on the left, actual on the right; what has no counterpart is marked.
std::string side_by_side(const std::vector<std::string>& columns, const Grid& expected, const Grid& actual,
                         const std::vector<bool>& met, const std::vector<bool>& used) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::size_t width = length_in_characters(columns[i]);
    for (const Grid* grid : {&expected, &actual})
      for (const auto& row : grid->rows) width = std::max(width, length_in_characters(row[i]));
    widths.push_back(width);
  }
  const std::string head = line_of(columns, widths);
  const std::size_t wide = length_in_characters(head);
  const auto pad = [&](const std::string& text) { return text + std::string(wide - length_in_characters(text), ' '); };
  const std::string left = "expected", right = "actual";
  std::string out = "    " + left + std::string(wide > left.size() ? wide - left.size() : 0, ' ') + "     " + right;
  out += "\n    " + head + "     " + head + "\n";
  for (std::size_t i = 0; i < std::max(expected.rows.size(), actual.rows.size()); ++i) {
    const bool has_left = i < expected.rows.size(), has_right = i < actual.rows.size();
    out += has_left && !met[i] ? "  - " : "    ";
    out += pad(has_left ? line_of(expected.rows[i], widths) : "");
    out += has_right && !used[i] ? "  +  " : "     ";
    out += (has_right ? line_of(actual.rows[i], widths) : "") + "\n";
  }
  return out;
}

void compare_table(const Table& table, const Names& names, const FieldShape& list, void* owner) {
  void* member = list.member(owner);
  std::vector<const FieldShape*> fields;
  const bool says_none = table.columns == std::vector<std::string>{"none"} && table.rows.empty();
  if (!list.object) {
    if (!says_none) throw StoryFault(table.spot, table.name + " holds bare values: write them after its name.");
    if (list.size(member) == 0) return;
    throw StoryFault(table.spot, table.name + " differs\n    expected  none\n    actual    " + plain(list, owner));
  }
  const Shape& shape = *list.object();
  std::vector<std::string> columns = table.columns;
  if (says_none) {
    columns.clear();
    for (const FieldShape& field : shape.fields)
      if (field.kind != FieldKind::object) columns.emplace_back(field.name);
  }
  for (const std::string& column : columns) fields.push_back(&field_of(shape, column, table.spot));
  Grid expected, actual;
  for (const Row& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) cells.push_back(with_names(cell, names, row.spot));
    expected.rows.push_back(std::move(cells));
  }
  for (std::size_t i = 0; i < list.size(member); ++i) {
    std::vector<std::string> cells;
    for (const FieldShape* field : fields) cells.push_back(plain(*field, list.value(member, i)));
    actual.rows.push_back(std::move(cells));
  }
  const auto matches = [&](std::size_t left, std::size_t right) {
    for (std::size_t c = 0; c < fields.size(); ++c)
      if (!same(*fields[c], expected.rows[left][c], actual.rows[right][c])) return false;
    return true;
  };
  std::vector<bool> met(expected.rows.size()), used(actual.rows.size());
  for (std::size_t i = 0; i < expected.rows.size(); ++i) {
    if (table.extent == Extent::in_order) {
      if (i < actual.rows.size() && matches(i, i)) met[i] = used[i] = true;
      continue;
    }
    for (std::size_t j = 0; j < actual.rows.size() && !met[i]; ++j)
      if (!used[j] && matches(i, j)) met[i] = used[j] = true;
  }
  const bool all_met = std::find(met.begin(), met.end(), false) == met.end();
  const bool all_used = std::find(used.begin(), used.end(), false) == used.end();
  if (all_met && (all_used || table.extent == Extent::at_least)) return;
  throw StoryFault(table.spot,
                   std::string(list.name) + " differs\n" + side_by_side(columns, expected, actual, met, used));
}

/// Follows "customers/0/deliveries" down to what holds its last part.
struct Reached {
  const Shape* shape;
  void* owner;
  std::string name;
};
Reached reach(const Shape& shape, void* owner, const std::string& path, const Spot& spot) {
  Reached at{&shape, owner, path};
  for (std::size_t slash = at.name.find('/'); slash != std::string::npos; slash = at.name.find('/')) {
    const FieldShape& list = field_of(*at.shape, at.name.substr(0, slash), spot);
    const std::string rest = at.name.substr(slash + 1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::optional<Decimal> index = Decimal::parse(rest.substr(0, end));
    void* member = list.member(at.owner);
    std::size_t i = 0;
    while (i < list.size(member) && index && Decimal::whole(static_cast<std::int64_t>(i)) != *index) ++i;
    if (list.kind != FieldKind::object || !index || i >= list.size(member) || end == rest.size())
      throw StoryFault(spot, "the answer has nothing at " + path);
    at = {list.object(), list.value(member, i), rest.substr(end + 1)};
  }
  return at;
}

}  // namespace

std::string with_names(const std::string& text, const Names& names, const Spot& spot) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      out += text[i];
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
    const auto found = names.find(text.substr(i + 1, end - i - 1));
    if (found == names.end()) throw StoryFault(spot, "nothing was named " + text.substr(i, end - i) + " before");
    out += found->second;
    i = end - 1;
  }
  return out;
}

Refusals fill(const Step& step, const Names& names, const Shape& shape, void* value) {
  std::vector<std::pair<std::string, std::string>> members;
  const auto add = [&](const std::string& name, const std::string& json, const Spot& spot) {
    for (const auto& [known, _] : members)
      if (known == name) throw StoryFault(spot, "\"" + name + "\" is given twice");
    members.emplace_back(name, json);
  };
  for (const std::vector<Given>* list : {&step.given, &step.said})
    for (const Given& given : *list)
      add(given.name, json_of(field_of(shape, given.name, step.spot), with_names(given.value, names, step.spot)),
          step.spot);
  for (const Table& table : step.tables) {
    const FieldShape& list = list_of(shape, table);
    std::string json = "[";
    for (const Row& row : table.rows) {
      std::string object;
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const FieldShape& field = field_of(*list.object(), table.columns[i], table.spot);
        if (row.cells[i].empty()) continue;
        object += (object.empty() ? "" : ",") + quoted(field.name) + ":" +
                  json_of(field, with_names(row.cells[i], names, row.spot));
      }
      json += (json.size() > 1 ? "," : "") + ("{" + object + "}");
    }
    add(std::string(list.name), json + "]", table.spot);
  }
  std::string json = "{";
  for (const auto& [name, text] : members) json += (json.size() > 1 ? "," : "") + quoted(name) + ":" + text;
  Refusals refusals;
  for (const JsonFault& fault : read_json(json + "}", shape, value)) {
    if (fault.kind == JsonFaultKind::unknown_field || fault.kind == JsonFaultKind::malformed)
      throw StoryFault(step.spot, fault.pointer + ": " + fault.detail);
    refusals.push_back({code_of(fault.kind), fault.pointer, fault.detail});
  }
  return refusals;
}

void compare(const Step& step, const Names& names, const Shape& shape, void* answer) {
  for (const Given& said : step.said) {
    const Reached at = reach(shape, answer, said.name, step.spot);
    const FieldShape& field = field_of(*at.shape, at.name, step.spot);
    const std::string expected = with_names(said.value, names, step.spot), actual = plain(field, at.owner);
    if (!same(field, expected, actual))
      throw StoryFault(step.spot, said.name + " differs\n    expected  " + expected + "\n    actual    " + actual);
  }
  for (const Table& table : step.tables) {
    if (table.name.find('/') == std::string::npos) {
      compare_table(table, names, list_of(shape, table), answer);
      continue;
    }
    const Reached at = reach(shape, answer, table.name, table.spot);
    Table last = table;
    last.name = at.name;
    compare_table(last, names, list_of(*at.shape, last), at.owner);
  }
}

std::string plain(const FieldShape& field, void* owner) {
  const std::string json = field_json(field, owner);
  if (json == "null" || json == "[]") return {};
  std::string text;
  if (json.starts_with('"') && json_string(json, text)) return text;
  if (!json.starts_with('[') || field.kind == FieldKind::object) return json;
  void* member = field.member(owner);
  for (std::size_t i = 0; i < field.size(member); ++i) {
    if (field.kind == FieldKind::text)
      text += (i ? ", " : "") + *static_cast<std::string*>(field.value(member, i));
    else if (field.get_integer)
      text += (i ? ", " : "") + std::to_string(field.get_integer(field.value(member, i)));
    else
      return json;
  }
  return text;
}

}  // namespace lotbook::stories
