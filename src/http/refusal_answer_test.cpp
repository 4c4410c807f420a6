// SPDX-License-Identifier: Apache-2.0
#include "http/refusal_answer.h"

#include <catch2/catch.hpp>

using namespace lotbook;

TEST_CASE("a command has one of three outcomes, and each is told apart by its status") {
  Posted posted;
  posted.entry = 7, posted.kind = "receive";
  const Response done = outcome_answer(posted);
  CHECK(done.status == 200);
  CHECK(*done.header("Lotbook-Entry") == "7");
  CHECK(*done.header("ETag") == "\"entry-7\"");
  CHECK(done.body.find("\"entry\":7") != std::string::npos);

  const Response refused = outcome_answer(Refusals{{Code::lot_is_on_hold, "/lines/0/lot", "There is a hold."}});
  CHECK(refused.status == 409);
  CHECK(refused.header("Lotbook-Entry") == nullptr);

  const Response doubt = outcome_answer(Unknown{"Send the same command again under the same key."});
  CHECK(doubt.status == 503);
  CHECK(doubt.body.find("\"code\":\"outcome_unknown\"") != std::string::npos);
  CHECK(doubt.body.find("under the same key") != std::string::npos);
  CHECK(*doubt.header("Retry-After") == "1");
}

TEST_CASE("a problem names every refusal, and is of the first one's kind") {
  const Problem one = problem_of(Refusals{{Code::missing, "/item", "This is needed."}});
  CHECK(one.detail == "This is needed.");
  const Problem two = problem_of(Refusals{{Code::unknown_item, "/lines/0/item", "No such item.", {{"item", "X"}}},
                                          {Code::too_old, "", "Too old."}});
  CHECK(two.status == 422);
  CHECK(two.code == "unknown_item");
  REQUIRE(two.errors.size() == 2);
  CHECK(two.errors[0].pointer == "/lines/0/item");
  CHECK(two.errors[0].facts.size() == 1);
  CHECK(two.errors[1].code == "too_old");
}
