// SPDX-License-Identifier: Apache-2.0
// What a client sees of the server, by raw sockets.
#include "http/server.h"

#include <catch2/catch.hpp>
#include <future>
#include <mutex>

#include "http/test_client.h"
#include "http/workers.h"

using namespace lotbook;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

/// Answers with what it was asked.
void echo(const Request& request, Respond respond) {
  Response response = content(200, "text/plain", request.method + " " + request.target + " " + request.body);
  respond(std::move(response));
}

const std::string get = "GET /a HTTP/1.1\r\nHost: test\r\n\r\n";

}  // namespace

TEST_CASE("a connection serves one request after another") {
  Server server({}, echo);
  TestClient client(server.port());
  const Received first = client.get("/a?b=c");
  CHECK(first.status == 200);
  CHECK(first.head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(first.body == "GET /a?b=c ");
  CHECK(first.header("Connection").empty());
  CHECK(client.post("/b", "hello").body == "POST /b hello");
  CHECK(client.get("/c").body == "GET /c ");
  CHECK(server.connections() == 1);
}

TEST_CASE("every answer carries the security headers and a request id, unless it sets its own") {
  Server server({}, [](const Request& request, Respond respond) {
    Response response = json(200, "{}");
    if (request.path == "/own") response.set("cache-control", "max-age=5");
    respond(std::move(response));
  });
  TestClient client(server.port());
  const Received plain = client.get("/");
  for (const Header& header : security_headers(Transport::plain)) CHECK(plain.header(header.name) == header.value);
  CHECK(plain.header("Strict-Transport-Security").empty());
  CHECK(plain.header("X-Content-Type-Options") == "nosniff");
  CHECK_FALSE(plain.header("Date").empty());
  const Received own = client.get("/own");
  CHECK(own.header("Cache-Control") == "max-age=5");
  CHECK(own.head.find("no-store") == std::string::npos);
  CHECK(own.header("X-Request-Id") != plain.header("X-Request-Id"));
}

TEST_CASE("pipelined requests are answered in their order, though the second could be done first") {
  std::promise<Respond> first;
  Server server({}, [&](const Request& request, Respond respond) {
    if (request.path == "/slow")
      first.set_value(std::move(respond));
    else
      echo(request, std::move(respond));
  });
  TestClient client(server.port());
  client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi" + get);
  Respond slow = first.get_future().get();
  slow(content(200, "text/plain", "slow"));
  CHECK(client.receive().body == "slow");
  CHECK(client.receive().body == "POST /b hi");
  CHECK(client.receive().body == "GET /a ");
}

TEST_CASE("a refused request closes the connection and what follows it is not read") {
  std::atomic<int> handled = 0;
  Server server({}, [&](const Request& request, Respond respond) {
    ++handled;
    echo(request, std::move(respond));
  });
  TestClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + get);
  const Received refused = client.receive();
  CHECK(refused.status == 400);
  CHECK(refused.header("Connection") == "close");
  CHECK(refused.header("Content-Type") == "application/problem+json");
  CHECK(refused.body.find("\"code\":\"malformed\"") != std::string::npos);
  CHECK(client.is_closed());
  CHECK(handled == 0);
}

TEST_CASE("a body above the limit gets its 413 even while it is still being sent") {
  ServerOptions options;
  options.body_bytes = 1000;
  Server server(options, echo);
  TestClient client(server.port());
  const std::string body(8 * 1024 * 1024, 'x');
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  client.send(body);
  CHECK(client.receive().status == 413);
}

TEST_CASE("Connection: close and HTTP/1.0 end the connection") {
  Server server({}, echo);
  TestClient client(server.port());
  client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK(client.receive().header("Connection") == "close");
  CHECK(client.is_closed());
  TestClient old(server.port());
  old.send("GET /a HTTP/1.0\r\n\r\n");
  CHECK(old.receive().body == "GET /a ");
  CHECK(old.is_closed());
}

TEST_CASE("HEAD, 204 and 304 have no body") {
  Server server({}, [](const Request& request, Respond respond) {
    respond(content(request.path == "/204" ? 204 : request.path == "/304" ? 304 : 200, "text/plain", "body"));
  });
  TestClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_head().header("Content-Length") == "4");
  client.send("GET /204 HTTP/1.1\r\nHost: x\r\n\r\nGET /304 HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive_head().status == 204);
  CHECK(client.receive_head().status == 304);
  CHECK(client.get("/").body == "body");
}

TEST_CASE("a client that waits for 100 Continue gets it, or its refusal at once") {
  ServerOptions options;
  options.body_bytes = 10;
  Server server(options, echo);
  TestClient client(server.port());
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive_head().status == 100);
  client.send("hello");
  CHECK(client.receive().body == "POST /a hello");
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().status == 413);
}

TEST_CASE("a slow header or body is told 408 and closed") {
  ServerOptions options;
  options.header_time = milliseconds(40);
  options.body_time = milliseconds(40);
  Server server(options, echo);
  TestClient header(server.port());
  header.send("GET / HT");
  CHECK(header.receive().status == 408);
  CHECK(header.is_closed());
  TestClient body(server.port());
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
  CHECK(body.receive().status == 408);
  CHECK(body.is_closed());
}

TEST_CASE("an idle connection is closed without a word") {
  ServerOptions options;
  options.idle_time = milliseconds(40);
  Server server(options, echo);
  TestClient client(server.port());
  CHECK(client.is_closed());
}

TEST_CASE("a client that does not take its answer is closed") {
  ServerOptions options;
  options.write_time = milliseconds(40);
  std::promise<int> done;
  options.on_done = [&](const Request&, int status, std::int64_t) { done.set_value(status); };
  Server server(options, [](const Request&, Respond respond) {
    Response response;
    response.stream = [](Supply supply) { supply.more(std::string(30 * 1024, 'x')); };
    respond(std::move(response));
  });
  TestClient client(server.port());
  client.send(get);
  auto reported = done.get_future();
  REQUIRE(reported.wait_for(seconds(10)) == std::future_status::ready);
  CHECK(reported.get() == 200);
}

TEST_CASE("one connection too many gets 503") {
  ServerOptions options;
  options.connections = 1;
  Server server(options, echo);
  TestClient first(server.port());
  CHECK(first.get("/a").status == 200);
  TestClient second(server.port());
  const Received refused = second.get("/a");
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(second.is_closed());
  CHECK(first.get("/a").status == 200);
}

TEST_CASE("a host that is not ours is refused with 421") {
  ServerOptions options;
  options.hosts = {"lots.example", "[::1]"};
  Server server(options, echo);
  const auto status = [&](const std::string& host) {
    TestClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return client.receive().status;
  };
  CHECK(status("LOTS.example:8080") == 200);
  CHECK(status("[::1]:8080") == 200);
  CHECK(status("evil.example") == 421);
  CHECK(status("lots.example.evil.example") == 421);
}

TEST_CASE("a handler that fails, or forgets to answer, gives 500") {
  Server server({}, [](const Request& request, Respond respond) {
    if (request.path == "/throw") throw std::runtime_error("as the test wants");
    if (request.path == "/int") throw 1;
    const Respond forgotten = std::move(respond);
  });
  TestClient client(server.port());
  for (const auto* path : {"/throw", "/int", "/forget"}) {
    const Received failed = client.get(path);
    CHECK(failed.status == 500);
    CHECK(failed.body.find(failed.header("X-Request-Id")) != std::string::npos);
  }
}

TEST_CASE("a blocking handler does not stop the others, and a full queue says 503") {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::promise<void> begun;
  Workers workers({1, 1});
  const Handler blocking = on_workers(workers, [&](const Request& request) {
    if (request.path == "/fail") throw std::runtime_error("as the test wants");
    if (request.path == "/first") begun.set_value();
    released.wait();
    return content(200, "text/plain", request.path);
  });
  Server server({}, [&](const Request& request, Respond respond) {
    if (request.path == "/quick") return echo(request, std::move(respond));
    blocking(request, std::move(respond));
  });
  TestClient first(server.port()), second(server.port()), third(server.port());
  first.send("GET /first HTTP/1.1\r\nHost: x\r\n\r\n");
  begun.get_future().wait();
  CHECK(third.get("/quick").status == 200);
  second.send("GET /second HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(third.get("/quick").status == 200);
  // The second may still be on its way: whichever of the two comes later finds the queue full.
  third.send("GET /third HTTP/1.1\r\nHost: x\r\n\r\n");
  release.set_value();
  CHECK(first.receive().body == "/first");
  const int statuses = second.receive().status + third.receive().status;
  CHECK((statuses == 200 + 503 || statuses == 200 + 200));
  CHECK(third.get("/fail").status == 500);
}

TEST_CASE("an answer to a client that has left is reported and goes nowhere") {
  std::promise<Respond> asked;
  std::promise<std::pair<std::string, int>> done;
  ServerOptions options;
  options.on_done = [&](const Request& request, int status, std::int64_t microseconds) {
    if (microseconds >= 0) done.set_value({request.path, status});
  };
  Server server(options, [&](const Request&, Respond respond) { asked.set_value(std::move(respond)); });
  TestClient client(server.port());
  client.send(get);
  Respond respond = asked.get_future().get();
  client.leave();
  std::thread([&] { respond(json(201, "{}")); }).join();
  CHECK(done.get_future().get() == std::pair<std::string, int>("/a", 201));
}

TEST_CASE("stopping lets running requests finish and closes idle connections") {
  std::promise<Respond> asked;
  Server server({}, [&](const Request&, Respond respond) { asked.set_value(std::move(respond)); });
  TestClient idle(server.port());
  TestClient client(server.port());
  client.send(get);
  Respond respond = asked.get_future().get();
  auto stopped = std::async(std::launch::async, [&] { server.stop(seconds(10)); });
  CHECK(idle.is_closed());
  CHECK(stopped.wait_for(milliseconds(0)) == std::future_status::timeout);
  respond(json(200, "{}"));
  const Received received = client.receive();
  CHECK(received.status == 200);
  CHECK(received.header("Connection") == "close");
  client.leave();
  REQUIRE(stopped.wait_for(seconds(10)) == std::future_status::ready);
  CHECK_THROWS(TestClient(server.port()));
}

TEST_CASE("stopping does not wait for ever, and late answers do nothing") {
  std::promise<Respond> asked;
  Server server({}, [&](const Request&, Respond respond) { asked.set_value(std::move(respond)); });
  TestClient client(server.port());
  client.send(get);
  Respond respond = asked.get_future().get();
  server.stop(milliseconds(10));
  CHECK(client.is_closed());
  respond(json(200, "{}"));
}

TEST_CASE("several loops share the connections") {
  ServerOptions options;
  options.threads = 3;
  Server server(options, echo);
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 9; ++i) clients.push_back(std::make_unique<TestClient>(server.port()));
  for (int round = 0; round < 20; ++round)
    for (const auto& client : clients) REQUIRE(client->post("/", "x").status == 200);
  CHECK(server.connections() == 9);
}

TEST_CASE("a server that cannot listen says what to do") {
  Server server({}, echo);
  ServerOptions options;
  options.port = server.port();
  CHECK_THROWS_WITH(Server(options, echo), Catch::Contains("choose another port"));
  options.address = "localhost";
  CHECK_THROWS_WITH(Server(options, echo), Catch::Contains("is not an IP address"));
}
