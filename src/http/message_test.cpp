// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <catch2/catch.hpp>

#include "base/check.h"

using namespace lotbook;

namespace {

using Segments = std::vector<std::string>;

Segments segments_of(std::string_view target) {
  Request request;
  REQUIRE_FALSE(read_target(target, request));
  return request.segments;
}

bool is_refused(std::string_view target) {
  Request request;
  return read_target(target, request).has_value();
}

}  // namespace

TEST_CASE("a path is cut at its slashes before it is decoded") {
  CHECK(segments_of("/").empty());
  CHECK(segments_of("/api/v1/lots") == Segments{"api", "v1", "lots"});
  CHECK(segments_of("/lots/") == Segments{"lots", ""});
  CHECK(segments_of("//lots") == Segments{"", "lots"});
  CHECK(segments_of("/lots/FLOUR%2F550/A%20b+c") == Segments{"lots", "FLOUR/550", "A b+c"});
  CHECK(segments_of("/lots/M%C3%BChle?x=/y") == Segments{"lots", "Mühle"});
}

TEST_CASE("query parameters are decoded, keep their order, and may lack a value") {
  Request request;
  REQUIRE_FALSE(read_target("/lots?item=A%26B&text=two+words&open&&x=1=2", request));
  CHECK(request.path == "/lots");
  CHECK(request.query.size() == 4);
  CHECK(*request.parameter("item") == "A&B");
  CHECK(*request.parameter("text") == "two words");
  CHECK(request.parameter("open")->empty());
  CHECK(*request.parameter("x") == "1=2");
  CHECK(request.parameter("other") == nullptr);
}

TEST_CASE("a target that could mislead is refused") {
  for (const auto* target : {"",
                             "lots",
                             "*",
                             "http://other.example/lots",
                             "other.example:443",
                             "/a b",
                             "/a\\b",
                             "/a#b",
                             "/a%",
                             "/a%2",
                             "/a%zz",
                             "/a%00",
                             "/a%0a",
                             "/a%7f",
                             "/a/../b",
                             "/a/%2e%2E/b",
                             "/a/.",
                             "/a?b=%0d",
                             "/a\x80",
                             "/a%80",
                             "/a?b=%C3"}) {
    CAPTURE(target);
    CHECK(is_refused(target));
  }
}

TEST_CASE("header names are compared without regard to case") {
  Request request;
  request.headers = {{"Content-Type", "a"}, {"content-type", "b"}};
  REQUIRE(request.header("CONTENT-TYPE") != nullptr);
  CHECK(*request.header("CONTENT-TYPE") == "a");
  CHECK(request.header("Content") == nullptr);
}

TEST_CASE("a header of an answer cannot split it") {
  Response response;
  response.set("Location", "/a").set("location", "/b");
  CHECK(response.headers.size() == 1);
  CHECK(*response.header("Location") == "/b");
  CHECK_THROWS_AS(response.set("Location", "/a\r\nSet-Cookie: x=y"), BrokenLaw);
  CHECK_THROWS_AS(response.add("X\n", "y"), BrokenLaw);
}
