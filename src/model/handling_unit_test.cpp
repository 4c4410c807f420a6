// SPDX-License-Identifier: Apache-2.0
#include "model/handling_unit.h"

#include <catch2/catch.hpp>

using namespace lotbook;

// proves: R24
TEST_CASE("An SSCC has 18 digits and the right check digit") {
  // Example of the GS1 General Specifications, 7.9.1.
  CHECK(gs1_check_digit("37610425002123456") == '9');
  CHECK(is_sscc("376104250021234569"));
  CHECK_FALSE(is_sscc("376104250021234568"));
  CHECK_FALSE(is_sscc("37610425002123456"));
  CHECK_FALSE(is_sscc("37610425002123456x"));
  for (const std::uint64_t reference : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{123456}}) {
    const std::string made = make_sscc("4012345", reference);
    CHECK(is_sscc(made));
    CHECK(made.substr(1, 7) == "4012345");
  }
  CHECK(make_sscc("4012345", 1) != make_sscc("4012345", 2));
}
