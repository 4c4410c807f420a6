// SPDX-License-Identifier: Apache-2.0
#include "model/refusal.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

namespace lotbook {

TEST_CASE("every refusal has one wire name, a status of refusals and a sentence", "[refusal]") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Code::internal); ++i) {
    const CodeText& text = text_of(static_cast<Code>(i));
    CAPTURE(text.name);
    CHECK(text.code == static_cast<Code>(i));
    CHECK(names.insert(text.name).second);
    CHECK(std::all_of(text.name.begin(), text.name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }));
    CHECK(code_named(text.name) == text.code);
    CHECK(std::set<int>{400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503, 507}.count(text.status) == 1);
    REQUIRE(text.title.size() > 5);
    CHECK(text.title.back() == '.');
    CHECK((text.title.front() >= 'A' && text.title.front() <= 'Z'));
  }
  CHECK_FALSE(code_named("no_such_code"));
  CHECK_FALSE(code_named(""));
}

TEST_CASE("a code and its wire name are spelled alike", "[refusal]") {
  CHECK(text_of(Code::malformed).name == "malformed");
  CHECK(text_of(Code::not_found).name == "not_found");
  CHECK(text_of(Code::lot_code_resembles).name == "lot_code_resembles");
  CHECK(text_of(Code::not_enough).name == "not_enough");
  CHECK(text_of(Code::lot_is_on_hold).name == "lot_is_on_hold");
  CHECK(text_of(Code::order_still_open).name == "order_still_open");
  CHECK(text_of(Code::already_corrected).name == "already_corrected");
  CHECK(text_of(Code::key_reused).name == "key_reused");
  CHECK(text_of(Code::internal).name == "internal");
}

TEST_CASE("statuses say who has to act", "[refusal]") {
  CHECK(text_of(Code::malformed).status == 400);
  CHECK(text_of(Code::signed_out).status == 401);
  CHECK(text_of(Code::right_needed).status == 403);
  CHECK(text_of(Code::not_found).status == 404);
  CHECK(text_of(Code::not_enough).status == 409);
  CHECK(text_of(Code::lot_is_on_hold).status == 409);
  CHECK(text_of(Code::delivery_seen).status == 409);
  CHECK(text_of(Code::already_corrected).status == 409);
  CHECK(text_of(Code::too_large).status == 413);
  CHECK(text_of(Code::key_reused).status == 422);
  CHECK(text_of(Code::too_many_attempts).status == 429);
  CHECK(text_of(Code::outcome_unknown).status == 503);
  CHECK(text_of(Code::book_is_full).status == 507);
}

TEST_CASE("a result is a value or its reasons", "[refusal]") {
  const Result<int> value = 7;
  REQUIRE(value);
  CHECK(*value == 7);
  const Result<int> refused = Refusal{Code::not_enough, "/quantity", "Only 3 are there."};
  REQUIRE_FALSE(refused);
  CHECK(refused.refusal().code == Code::not_enough);
  CHECK(refused.refusals().size() == 1);
}

}  // namespace lotbook
