// SPDX-License-Identifier: Apache-2.0
#include "cli/verb_flags.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "cli/arguments.h"
#include "cli/config_file.h"
#include "cli/print.h"

namespace lotbook {

std::optional<int> read_verb_flags(const std::string& verb, const std::string& sentence, const Shape& shape,
                                   void* options, const std::vector<std::string>& arguments) {
  CLI::App app(sentence, "lotbook " + verb);
  app.get_formatter()->column_width(34);
  GivenFlags given;
  bool words = true;
  for (const FieldShape& field : shape.fields) {
    words = words && field.required && !field.is_list;
    std::vector<std::string>& texts = given[std::string(field.name)];
    const auto keep = [&texts](const std::string& text) { texts.push_back(text.empty() ? "true" : text); };
    const std::string name = (words ? std::string(field.name) + "," : std::string()) + flag_of(field.name);
    if (field.is_list)
      app.add_option(name, texts, std::string(field.sentence))->delimiter(',')->take_all()->type_name("");
    else if (CLI::Option* option = app.add_option_function<std::string>(name, keep, std::string(field.sentence));
             field.kind == FieldKind::boolean)
      option->expected(0, 1)->type_name("");
    else
      option->type_name("");
    if (field.name == "book") app.get_option(flag_of(field.name))->envname("LOTBOOK_BOOK");
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : 2;
  }
  if (const auto config = given.find("config"); config != given.end() && !config->second.empty())
    if (const std::string wrong = add_config(config->second.front(), shape, given); !wrong.empty()) {
      std::cerr << wrong << "\n";
      return 2;
    }
  Refusals refusals = fill_from_flags(shape, options, given);
  for (const FieldShape& field : shape.fields)
    if (field.required && given.at(std::string(field.name)).empty())
      refusals.push_back({Code::missing, "/" + std::string(field.name),
                          "This is needed (" + flag_of(field.name) + "): " + std::string(field.sentence)});
  if (refusals.empty()) return std::nullopt;
  std::cerr << as_text(refusals);
  return 2;
}

}  // namespace lotbook
