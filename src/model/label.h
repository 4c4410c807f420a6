// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the book's own labels say: "LB:" and a kind, then the codes, with colons between: "LB:lot:FLOUR:88A1",
// "LB:unit:LAPTOP:LT-1", "LB:place:ST1", "LB:item:FLOUR", "LB:order:PO-17", "LB:sales:SO-9", "LB:purchase:P-4",
// "LB:do:receive". A colon or percent sign inside a code is written %3A or %25. Such a label names one thing and can be
// read without the book; GS1 labels will be told apart by what they begin with, as these are.

namespace lotbook {

struct Label {
  std::string kind;
  std::vector<std::string> codes;
};
/// Nullopt for a text that is no label of ours.
std::optional<Label> read_label(std::string_view text);
std::string label_text(const Label& label);

}  // namespace lotbook
