// SPDX-License-Identifier: Apache-2.0
#include "http/problem.h"

#include <catch2/catch.hpp>

#include "http/etag.h"

using namespace lotbook;

TEST_CASE("a problem names every wrong field") {
  const Problem problem{422,
                        "lot_needed",
                        "A lot is needed.",
                        "Line 1 names no \"lot\".",
                        {{"/lines/0/lot", "lot_needed", "Say which lot.", {}},
                         {"/lines/1/quantity", "out_of_range", "Too\nmuch.", {{"most", "5.0"}, {"most", "6.0"}}}}};
  CHECK(
      problem_json(problem) ==
      R"({"type":"urn:lotbook:problem:lot_needed","title":"A lot is needed.","status":422,"code":"lot_needed",)"
      R"("detail":"Line 1 names no \"lot\".","errors":[)"
      R"({"pointer":"/lines/0/lot","code":"lot_needed","detail":"Say which lot."},)"
      R"({"pointer":"/lines/1/quantity","code":"out_of_range","detail":"Too\nmuch.","facts":[{"name":"most","value":"5.0"},{"name":"most","value":"6.0"}]}]})");
  const Response response = problem_response({404, "not_found", "There is no such thing.", ""});
  CHECK(response.status == 404);
  CHECK(*response.header("Content-Type") == "application/problem+json");
  CHECK(response.body.ends_with(R"("errors":[]})"));
}

TEST_CASE("a client that has these bytes already is told so") {
  const auto answer = [](const char* method, std::vector<Header> headers) {
    Request request;
    request.method = method;
    request.headers = std::move(headers);
    return with_etag(request, json(200, "{}"));
  };
  const std::string tag = etag_of("{}");
  CHECK(tag.size() == 34);
  CHECK(answer("GET", {}).status == 200);
  CHECK(*answer("GET", {}).header("ETag") == tag);
  const Response known = answer("GET", {{"If-None-Match", "\"a,b\", W/" + tag}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(*known.header("ETag") == tag);
  CHECK(answer("HEAD", {{"If-None-Match", "*"}}).status == 304);
  CHECK(answer("GET", {{"If-None-Match", "\"other\""}}).status == 200);
  CHECK(answer("GET", {{"If-None-Match", tag.substr(0, 10)}}).status == 200);
  CHECK(answer("POST", {{"If-None-Match", tag}}).status == 200);
}
