// SPDX-License-Identifier: Apache-2.0
#include "model/label.h"

#include <catch2/catch.hpp>

using namespace lotbook;

TEST_CASE("a label of ours says what it is and which") {
  const std::optional<Label> label = read_label("LB:lot:FLOUR:88A1");
  REQUIRE(label);
  CHECK(label->kind == "lot");
  CHECK(label->codes == std::vector<std::string>{"FLOUR", "88A1"});
}

TEST_CASE("codes with colons and percent signs come back as they were") {
  const Label label{"lot", {"A:B", "50%3A", ""}};
  CHECK(label_text(label) == "LB:lot:A%3AB:50%253A:");
  const std::optional<Label> again = read_label(label_text(label));
  REQUIRE(again);
  CHECK(again->codes == label.codes);
}

TEST_CASE("what does not begin like a label, or ends behind its kind, is none") {
  for (const char* text : {"", "LB", "LB:", "LB:lot", "lb:lot:A:B", "88A1", " LB:lot:A:B"}) CHECK(!read_label(text));
}
