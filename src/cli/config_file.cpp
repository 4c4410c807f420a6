// SPDX-License-Identifier: Apache-2.0
#include "cli/config_file.h"

#include <sstream>
#include <toml++/toml.h>

namespace lotbook {

namespace {

/// The value as a flag would be given; false when flags know nothing of the kind.
bool add_text(const toml::node& node, std::vector<std::string>& texts) {
  if (const auto* text = node.as_string()) return texts.push_back(text->get()), true;
  if (const auto* number = node.as_integer()) return texts.push_back(std::to_string(number->get())), true;
  if (const auto* yes = node.as_boolean()) return texts.push_back(yes->get() ? "true" : "false"), true;
  return false;
}

std::string at(const std::string& file, const toml::source_region& where) {
  return file + ":" + std::to_string(where.begin.line) + ": ";
}

}  // namespace

std::string add_config(const std::string& file, const Shape& shape, GivenFlags& given) {
  toml::table table;
  try {
    table = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    return at(file, error.source()) + std::string(error.description());
  }
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const FieldShape* field = shape.find(name);
    if (!field || name == "config") return at(file, node.source()) + "there is no setting \"" + name + "\".";
    std::vector<std::string> texts;
    const toml::array* list = node.as_array();
    bool is_plain = list ? field->is_list : add_text(node, texts);
    if (list)
      for (const toml::node& element : *list) is_plain = is_plain && add_text(element, texts);
    if (!is_plain)
      return at(file, node.source()) + "\"" + name + "\" must be a text, a whole number, true or false" +
             (field->is_list ? ", or a list of these." : ".");
    if (given[name].empty()) given[name] = std::move(texts);
  }
  return {};
}

}  // namespace lotbook
