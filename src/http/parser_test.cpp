// SPDX-License-Identifier: Apache-2.0
#include "http/parser.h"

#include <catch2/catch.hpp>
#include <random>

#include "http/server.h"

using namespace lotbook;
using namespace std::string_literals;
using Step = RequestParser::Step;

namespace {

struct Outcome {
  Request request;
  int refused = 0;  // status, or 0
  bool is_done = false;
  std::size_t used = 0;
};

/// Shows the parser the bytes in pieces of the given sizes, as they would come from a slow network.
template <class NextSize>
Outcome parse(std::string_view bytes, NextSize next_size, const ServerOptions& options = {}) {
  Outcome outcome;
  RequestParser parser(options);
  parser.begin(outcome.request);
  std::size_t shown = 0;
  while (true) {
    const auto [step, used] = parser.feed(bytes.substr(outcome.used, shown - outcome.used));
    outcome.used += used;
    if (step == Step::done) outcome.is_done = true;
    if (step == Step::refused) outcome.refused = parser.refusal().status;
    if (step == Step::done || step == Step::refused) return outcome;
    if (step == Step::head_read) continue;
    if (shown == bytes.size()) return outcome;
    shown = std::min(bytes.size(), shown + next_size());
  }
}

Outcome parse(std::string_view bytes, const ServerOptions& options = {}) {
  return parse(
      bytes, [&] { return bytes.size(); }, options);
}

const std::string chunked =
    "POST /api/v1/receive?x=1 HTTP/1.1\r\nHost: localhost:8080\r\nTransfer-Encoding: Chunked\r\nX-Note: \t a b \r\n\r\n"
    "5\r\nhello\r\n6;name=\"v\"\r\n world\r\n0\r\nHost: evil\r\nAuthorization: Bearer x\r\n\r\n";
const std::string next_request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

}  // namespace

TEST_CASE("chunks that hold nothing end, however their bytes arrive") {
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* chunks : {"0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "00000\r\n\r\n"})
    for (std::size_t piece = 1; piece < 9; ++piece) {
      const Outcome outcome = parse(head + chunks, [&] { return piece; });
      CHECK(outcome.is_done);
      CHECK(outcome.request.body.empty());
    }
  for (const char* chunks : {"0\r\n\x11z%~\r\n\r\n", "0\r\n:\r\n\r\n", "0x\r\n\r\n"})
    for (std::size_t piece = 1; piece < 9; ++piece) CHECK(parse(head + chunks, [&] { return piece; }).refused == 400);
}

TEST_CASE("a request is read the same however its bytes arrive") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string bytes = chunked + next_request;
  for (int round = 0; round < 300; ++round) {
    const std::size_t most = round == 0 ? 1 : 1 + random() % 60;
    const Outcome outcome = parse(bytes, [&] { return 1 + random() % most; });
    REQUIRE(outcome.is_done);
    REQUIRE(outcome.used == chunked.size());
    REQUIRE(outcome.request.method == "POST");
    REQUIRE(outcome.request.path == "/api/v1/receive");
    REQUIRE(outcome.request.body == "hello world");
    REQUIRE(*outcome.request.header("X-Note") == "a b");
  }
}

TEST_CASE("a trailer changes nothing that the header said") {
  const Outcome outcome = parse(chunked);
  CHECK(outcome.is_done);
  CHECK(*outcome.request.header("Host") == "localhost:8080");
  CHECK(outcome.request.header("Authorization") == nullptr);
}

TEST_CASE("what two readers could understand differently is refused") {
  const auto refused = [](std::string_view bytes) { return parse(bytes).refused; };
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const std::vector<std::string> bad = {
      post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
      post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
      post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      post + "Content-Length: 3, 3\r\n\r\nabc",
      post + "Content-Length: +3\r\n\r\nabc",
      post + "Content-Length: -3\r\n\r\nabc",
      post + "Content-Length: 0x3\r\n\r\nabc",
      post + "Content-Length: \r\n\r\nabc",
      post + "Content-Length: 3 3\r\n\r\nabc",
      post + "Content-Length: 99999999999999999999999\r\n\r\nabc",
      post + "Content-Length : 3\r\n\r\nabc",
      post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: identity\r\n\r\n",
      post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
      post +
          "Transfer-Encoding:\x0b"
          "chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
      post + "Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n\tb\r\n\r\n",
      "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
      "GET / HTTP/1.1\nHost: x\n\n\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"s,
      "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"s,
      "GET / HTTP/1.1\r\nHost: x\r\nX: a\x7f\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost:\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
      "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /  HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
      "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.10\r\nHost: x\r\n\r\n",
      "GET / http/1.1\r\nHost: x\r\n\r\n",
      "GET /\r\n\r\n",
      "GE(T / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n",
      "\x16\x03\x01\x02",
  };
  for (const std::string& bytes : bad) {
    CAPTURE(bytes);
    CHECK(refused(bytes) == 400);
    CHECK(parse(bytes, [] { return 1; }).refused == 400);
  }
}

TEST_CASE("ordinary requests are read") {
  for (const auto* bytes :
       {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "DELETE /a HTTP/1.1\r\nHost: under_score.example:\r\nAccept: a\r\nAccept: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"}) {
    CAPTURE(bytes);
    const Outcome outcome = parse(bytes);
    CHECK(outcome.is_done);
    CHECK(outcome.used == std::string_view(bytes).size());
  }
}

TEST_CASE("each size has its limit and its status") {
  ServerOptions options;
  options.header_bytes = 9000;
  options.body_bytes = 8;
  options.body_bytes_for = [](std::string_view method, std::string_view path) -> std::optional<std::size_t> {
    if (method == "POST" && path == "/import") return 20;
    return std::nullopt;
  };
  const auto refused = [&](const std::string& bytes) { return parse(bytes, options).refused; };
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  CHECK(refused("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(9000, 'a') + "\r\n\r\n") == 431);
  CHECK(refused("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(9000, 'a')) == 431);
  CHECK(refused("GET /" + std::string(8500, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n") == 414);
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 100; ++i) many += "X: y\r\n";
  CHECK(refused(many + "\r\n") == 431);
  CHECK(refused(post + "Content-Length: 8\r\n\r\n12345678") == 0);
  CHECK(refused(post + "Content-Length: 9\r\n\r\n") == 413);
  CHECK(refused(post + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n3\r\n678\r\n0\r\n\r\n") == 0);
  CHECK(refused(post + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n4\r\n") == 413);
  CHECK(refused(post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n") == 413);
  CHECK(refused("POST /import HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n12345678901234567890") == 0);
  CHECK(refused("POST /import HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n") == 413);
  CHECK(refused(post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(9000, 'a')) == 400);
  CHECK(refused(post + "Expect: a-miracle\r\n\r\n") == 417);
}

TEST_CASE("a host name is found in a Host header") {
  CHECK(host_name("Localhost:8080") == "localhost");
  CHECK(host_name("127.0.0.1") == "127.0.0.1");
  CHECK(host_name("[::1]:8080") == "[::1]");
  CHECK(host_name("a:").size() == 1);
  CHECK(host_name(":80").empty());
  CHECK(host_name("[::1]x").empty());
  CHECK(host_name("a:123456").empty());
}
