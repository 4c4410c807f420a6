// SPDX-License-Identifier: Apache-2.0
#include "story.h"

#include <algorithm>
#include <fstream>
#include <optional>

namespace lotbook::stories {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

std::vector<std::string> cells_of(const std::string& line, const Spot& spot) {
  if (line.size() < 2 || line.back() != '|') throw StoryFault(spot, "a row of a table begins and ends with |");
  std::vector<std::string> cells;
  for (std::size_t from = 1; from < line.size();) {
    const std::size_t to = line.find('|', from);
    cells.push_back(trimmed(std::string_view(line).substr(from, to - from)));
    from = to + 1;
  }
  return cells;
}

std::string unquoted(const std::string& word) {
  if (word.size() >= 2 && word.front() == '"' && word.back() == '"') return word.substr(1, word.size() - 2);
  return word;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '/';
  });
}

/// "name=value", or nothing.
std::optional<Given> given_of(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || !is_name(word.substr(0, equals))) return std::nullopt;
  return Given{word.substr(0, equals), unquoted(word.substr(equals + 1))};
}

void add_row(Step& step, const std::string& line, const Spot& spot) {
  std::vector<std::string> cells = cells_of(line, spot);
  if (step.tables.empty()) step.tables.push_back({spot, {}, Extent::complete, {}, {}});
  Table& table = step.tables.back();
  if (table.columns.empty()) {
    table.columns = std::move(cells);
    return;
  }
  if (cells.size() != table.columns.size())
    throw StoryFault(spot, "this row has " + std::to_string(cells.size()) + " cells, the table has " +
                               std::to_string(table.columns.size()) + " columns");
  table.rows.push_back({spot, std::move(cells)});
}

/// "name: value", "name:" with a table below, "name, at least:" or "name: none".
bool add_said(Step& step, const std::string& line, const Spot& spot) {
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos) return false;
  std::string name = line.substr(0, colon);
  const std::string value = trimmed(std::string_view(line).substr(colon + 1));
  Extent extent = Extent::complete;
  if (const std::size_t comma = name.find(", "); comma != std::string::npos) {
    const std::string how = name.substr(comma + 2);
    if (how != "at least" && how != "in order") throw StoryFault(spot, "say \"at least\" or \"in order\", not " + how);
    extent = how == "at least" ? Extent::at_least : Extent::in_order;
    name.resize(comma);
  }
  if (!is_name(name)) return false;
  if (value.empty())
    step.tables.push_back({spot, name, extent, {}, {}});
  else if (value == "none")
    step.tables.push_back({spot, name, Extent::complete, {"none"}, {}});
  else
    step.said.push_back({name, unquoted(value)});
  return true;
}

void add_below(Step& step, const std::string& line, const Spot& spot) {
  if (line.starts_with("->")) {
    step.promises.push_back({spot, words_of(std::string_view(line).substr(2), spot)});
    return;
  }
  if (line.starts_with('|')) return add_row(step, line, spot);
  const std::vector<std::string> words = words_of(line, spot);
  if (!given_of(words.front()) && add_said(step, line, spot)) return;
  for (const std::string& word : words) {
    const std::optional<Given> given = given_of(word);
    if (!given)
      throw StoryFault(spot, "\"" + word + "\" is neither field=value, nor field: value, nor a table, nor a promise");
    step.given.push_back(*given);
  }
}

Step step_of(const std::string& line, const Spot& spot) {
  Step step;
  step.spot = spot;
  std::vector<std::string> words = words_of(line, spot);
  step.verb = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (std::optional<Given> given = given_of(words[i]))
      step.given.push_back(std::move(*given));
    else
      step.words.push_back(unquoted(words[i]));
  }
  return step;
}

}  // namespace

std::vector<std::string> words_of(std::string_view line, const Spot& spot) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  int depth = 0;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ']' || c == '}')) --depth;
    if ((c == ' ' || c == '\t') && !quoted && depth == 0) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (quoted || depth != 0) throw StoryFault(spot, "a quotation mark or bracket is not closed");
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Story read_story(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw StoryFault({file, 0}, "cannot be read");
  Story story;
  story.file = file;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const Spot spot{file, number};
    const std::string text = trimmed(line);
    if (text.empty()) continue;
    if (text.starts_with('#')) {
      const std::string remark = trimmed(std::string_view(text).substr(1));
      if (remark.starts_with("proves:"))
        story.proves = trimmed(std::string_view(remark).substr(7));
      else if (story.title.empty())
        story.title = remark;
    } else if (line.front() != ' ' && line.front() != '\t') {
      story.steps.push_back(step_of(text, spot));
    } else if (story.steps.empty()) {
      throw StoryFault(spot, "this belongs to no step");
    } else {
      add_below(story.steps.back(), text, spot);
    }
  }
  if (story.title.empty()) throw StoryFault({file, 1}, "a story begins with # and its title");
  return story;
}

}  // namespace lotbook::stories
