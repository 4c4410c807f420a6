// SPDX-License-Identifier: Apache-2.0
#include "http/routes.h"

#include <catch2/catch.hpp>
#include <memory>

#include "http/question_route.h"
#include "http/server.h"
#include "http/test_client.h"

using namespace lotbook;

namespace {

Handler says(const char* what) {
  return [what](const Request& request, Respond respond) {
    respond(content(200, "text/plain", what + (request.segments.empty() ? "" : ":" + request.segments.back())));
  };
}

struct Asked {
  std::string text;
  std::int64_t number = 0;
  std::vector<std::int64_t> numbers;
  std::vector<std::string> texts;
  static constexpr auto fields() {
    return field_list(field<&Asked::text>("text", "Some text.").required().at_most(5),
                      field<&Asked::number>("number", "A number.").between(0, 9),
                      field<&Asked::numbers>("numbers", "Numbers."),
                      field<&Asked::texts>("texts", "Texts.").at_most(2));
  }
};

Refusals fill(std::string_view target, Asked& asked) {
  Request request;
  REQUIRE_FALSE(read_target(target, request));
  return fill_from_query(shape_of<Asked>(), &asked, request);
}

}  // namespace

TEST_CASE("an address leads to the handler of its method") {
  Routes routes;
  routes.add("GET", "/", Need::nothing(), says("home"));
  routes.add("GET", "/things", Need::nothing(), says("list"));
  routes.add("POST", "/things", Need::nothing(), says("make"));
  routes.add("DELETE", "/things/{name}", Need::nothing(), says("drop"));
  Server server({}, [&](const Request& request, Respond respond) { routes.handle(request, std::move(respond)); });
  TestClient client(server.port());
  CHECK(client.get("/").body == "home");
  CHECK(client.get("/things?a=b").body == "list:things");
  CHECK(client.post("/things", "").body == "make:things");
  CHECK(client.get("/nothing").status == 404);
  CHECK(client.get("/things/").status == 404);
  CHECK(client.get("/things/a/b").status == 404);
  const Received refused = client.get("/things/a%2Fb");
  CHECK(refused.status == 405);
  CHECK(refused.header("Allow") == "DELETE");
  client.send("PUT /things HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  CHECK(client.receive().header("Allow") == "GET, HEAD, POST");
  client.send("DELETE /things/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive().body == "drop:a/b");
}

TEST_CASE("a question's parameters fill its fields") {
  Asked asked;
  CHECK(fill("/?text=+ab+&number=3&numbers=1&numbers=2&texts=", asked).empty());
  CHECK(asked.text == "ab");
  CHECK(asked.number == 3);
  CHECK(asked.numbers == std::vector<std::int64_t>{1, 2});
  CHECK(asked.texts.empty());
}

TEST_CASE("every wrong parameter is named") {
  Asked asked;
  const Refusals refusals = fill("/?number=11&number=1&numbers=1&numbers=x&other=1&texts=a&texts=b&texts=c", asked);
  std::vector<std::pair<std::string, Code>> found;
  for (const Refusal& refusal : refusals) found.emplace_back(refusal.field, refusal.code);
  CHECK(found == std::vector<std::pair<std::string, Code>>{{"/number", Code::wrong_type},
                                                           {"/number", Code::malformed},
                                                           {"/numbers/1", Code::wrong_type},
                                                           {"/other", Code::unknown_field},
                                                           {"/texts", Code::out_of_range},
                                                           {"/text", Code::missing}});
}
