// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "http/message.h"

// For tests only: a client that sends exactly the bytes it is given and blocks for what comes back, at most ten
// seconds, so that a server that is wrong fails a test and does not hang it.

namespace lotbook {

struct Received {
  int status = 0;
  std::string head;
  std::string body;
  std::string header(std::string_view name) const {
    std::string_view rest = head;
    while (!rest.empty()) {
      const auto end = rest.find("\r\n");
      const std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 2);
      const auto colon = line.find(": ");
      if (colon != std::string_view::npos && same_name(line.substr(0, colon), name))
        return std::string(line.substr(colon + 2));
    }
    return {};
  }
};

class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval patience{10, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      throw std::runtime_error("the test cannot connect");
  }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;
  ~TestClient() { leave(); }

  void leave() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  /// False when the server does not take it any more.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  Received get(std::string_view target) {
    send("GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n\r\n");
    return receive();
  }
  Received post(std::string_view target, std::string_view body) {
    send("POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body));
    return receive();
  }
  Received receive() {
    Received received = receive_head();
    if (received.header("Transfer-Encoding") == "chunked") {
      for (std::string piece = receive_chunk(); !piece.empty(); piece = receive_chunk()) received.body += piece;
    } else if (const std::string length = received.header("Content-Length"); !length.empty()) {
      received.body = take(std::stoul(length));
    }
    return received;
  }
  Received receive_head() {
    Received received;
    received.head = take_through("\r\n\r\n");
    if (received.head.size() > 12) received.status = std::atoi(received.head.c_str() + 9);
    return received;
  }
  /// One chunk; empty for the last, or when the connection ended.
  std::string receive_chunk() {
    const std::string size_line = take_through("\r\n");
    const std::size_t size = size_line.empty() ? 0 : std::stoul(size_line, nullptr, 16);
    std::string piece = take(size);
    saw_last_chunk_ = !size_line.empty() && size == 0;
    take(2);
    return piece;
  }
  bool saw_last_chunk() const { return saw_last_chunk_; }
  std::string receive_rest() {
    while (receive_more()) {
    }
    return std::exchange(buffer_, {});
  }
  /// Waits for the server to close, and says that nothing came before.
  bool is_closed() { return receive_rest().empty() && is_at_end_; }

 private:
  std::string take_through(std::string_view mark) {
    while (buffer_.find(mark) == std::string::npos)
      if (!receive_more()) return {};
    return take(buffer_.find(mark) + mark.size());
  }
  std::string take(std::size_t size) {
    while (buffer_.size() < size && receive_more()) {
    }
    const std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return taken;
  }
  bool receive_more() {
    char piece[4096];
    const auto size = ::recv(socket_, piece, sizeof piece, 0);
    if (size == 0) is_at_end_ = true;
    if (size <= 0) return false;
    buffer_.append(piece, static_cast<std::size_t>(size));
    return true;
  }

  int socket_;
  std::string buffer_;
  bool is_at_end_ = false;
  bool saw_last_chunk_ = false;
};

}  // namespace lotbook
