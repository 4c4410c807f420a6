// SPDX-License-Identifier: Apache-2.0
#include "model/label.h"

namespace lotbook {

namespace {

constexpr std::string_view beginning = "LB:";

std::string read_code(std::string_view part) {
  std::string code;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const std::string_view escape = part.substr(i, 3);
    if (escape == "%3A")
      code += ':', i += 2;
    else if (escape == "%25")
      code += '%', i += 2;
    else
      code += part[i];
  }
  return code;
}

void append_code(std::string& text, std::string_view code) {
  text += ':';
  for (const char c : code)
    if (c == ':')
      text += "%3A";
    else if (c == '%')
      text += "%25";
    else
      text += c;
}

}  // namespace

std::optional<Label> read_label(std::string_view text) {
  if (!text.starts_with(beginning)) return std::nullopt;
  text.remove_prefix(beginning.size());
  Label label;
  for (bool is_kind = true;; is_kind = false) {
    const std::size_t end = text.find(':');
    const std::string code = read_code(text.substr(0, end));
    if (is_kind)
      label.kind = code;
    else
      label.codes.push_back(code);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  if (label.codes.empty()) return std::nullopt;
  return label;
}

std::string label_text(const Label& label) {
  std::string text = "LB";
  append_code(text, label.kind);
  for (const std::string& code : label.codes) append_code(text, code);
  return text;
}

}  // namespace lotbook
