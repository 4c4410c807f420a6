// SPDX-License-Identifier: Apache-2.0
// Long answers and live streams.
#include <catch2/catch.hpp>
#include <future>

#include "http/server.h"
#include "http/test_client.h"
#include "http/workers.h"

using namespace lotbook;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Response streamed(Stream stream) {
  Response response;
  response.set("Content-Type", "text/plain");
  response.stream = std::move(stream);
  return response;
}

/// Counts from 1 to `last`, then ends.
Stream counting(int last) {
  return [next = 1, last](Supply supply) mutable {
    if (next > last)
      supply.end("end");
    else
      supply.more(std::to_string(next++) + " ");
  };
}

const std::string get = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

}  // namespace

TEST_CASE("a long answer is pulled piece by piece and the connection goes on") {
  Server server({}, [](const Request&, Respond respond) { respond(streamed(counting(5))); });
  TestClient client(server.port());
  client.send(get + get);
  for (int i = 0; i < 2; ++i) {
    const Received received = client.receive();
    CHECK(received.header("Transfer-Encoding") == "chunked");
    CHECK(received.header("Content-Length").empty());
    CHECK(received.body == "1 2 3 4 5 end");
    CHECK(client.saw_last_chunk());
  }
  client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
  CHECK(client.receive_head().status == 200);
  CHECK(client.get("/").body == "1 2 3 4 5 end");
}

TEST_CASE("an HTTP/1.0 client gets the pieces bare, until the end of the connection") {
  Server server({}, [](const Request&, Respond respond) { respond(streamed(counting(3))); });
  TestClient client(server.port());
  client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(client.receive_head().header("Connection") == "close");
  CHECK(client.receive_rest() == "1 2 3 end");
}

TEST_CASE("a blocking piece maker runs on the workers; a failing one breaks the answer off") {
  Workers workers({2, 100});
  Server server({}, [&](const Request& request, Respond respond) {
    const bool fails = request.path == "/fails";
    respond(streamed(on_workers(workers, [next = 0, fails]() mutable -> std::optional<std::string> {
      if (++next <= 1000) return std::string(100, 'x');
      if (fails) throw std::runtime_error("as the test wants");
      return std::nullopt;
    })));
  });
  TestClient client(server.port());
  CHECK(client.get("/").body.size() == 100'000);
  CHECK(client.saw_last_chunk());
  CHECK(client.get("/fails").body.size() == 100'000);
  CHECK_FALSE(client.saw_last_chunk());
}

TEST_CASE("a live stream sends what happens, a heartbeat when nothing does, and ends with its client") {
  struct Watcher {
    std::promise<void>& gone;
    ~Watcher() { gone.set_value(); }
  };
  std::promise<void> gone;
  std::promise<Supply> first, second;
  ServerOptions options;
  options.heartbeat_time = milliseconds(20);
  Server server(options, [&](const Request&, Respond respond) {
    auto watcher = std::make_shared<Watcher>(gone);
    Response response = streamed([&, watcher, asked = 0](Supply supply) mutable {
      (asked++ == 0 ? first : second).set_value(std::move(supply));
    });
    response.set("Content-Type", "text/event-stream").heartbeat = ":\n\n";
    respond(std::move(response));
  });
  TestClient client(server.port());
  client.send(get);
  CHECK(client.receive_head().header("Content-Type") == "text/event-stream");
  Supply supply = first.get_future().get();
  CHECK(client.receive_chunk() == ":\n\n");
  CHECK(client.receive_chunk() == ":\n\n");
  supply.more("data: 1\n\n");
  std::string piece = client.receive_chunk();
  while (piece == ":\n\n") piece = client.receive_chunk();
  CHECK(piece == "data: 1\n\n");
  Supply late = second.get_future().get();
  client.leave();
  REQUIRE(gone.get_future().wait_for(seconds(10)) == std::future_status::ready);
  late.more("nobody hears this");
}

TEST_CASE("stopping cuts live streams and lets long answers finish") {
  std::promise<Supply> live, last;
  Server server({}, [&](const Request& request, Respond respond) {
    auto& promise = request.path == "/live" ? live : last;
    Response response = streamed([&promise](Supply supply) { promise.set_value(std::move(supply)); });
    if (request.path == "/live") response.heartbeat = ":\n\n";
    respond(std::move(response));
  });
  TestClient watching(server.port()), reading(server.port());
  watching.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  reading.send("GET /long HTTP/1.1\r\nHost: x\r\n\r\n");
  Supply unused = live.get_future().get();
  Supply supply = last.get_future().get();
  auto stopped = std::async(std::launch::async, [&] { server.stop(seconds(10)); });
  CHECK(watching.receive_head().status == 200);
  CHECK(watching.is_closed());
  supply.end("the end");
  CHECK(reading.receive().body == "the end");
  CHECK(reading.saw_last_chunk());
  reading.leave();
  REQUIRE(stopped.wait_for(seconds(10)) == std::future_status::ready);
}
