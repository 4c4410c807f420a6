// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/mailbox.h"
#include "http/parser.h"
#include "http/server.h"

// One client. All of it runs on the thread of its loop; only the mailbox is shared with others.
//
//   handshaking → reading → running → writing ⟲ reading … → lingering → closed
//                         (continuing)   streaming
//
// At most one read, one write and one request are under way at any time; bytes of pipelined requests wait in the
// buffer. Deadlines are looked at by the loop's tick, which costs less than a timer for each connection.

namespace lotbook {

class Loop;

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using SteadyTime = std::chrono::steady_clock::time_point;

// Shared by the loop and by the operations under way, the last of which may outlive its closing.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  enum class Admission { served, one_too_many };  ///< one too many gets 503 to its first request

  Connection(Loop& loop, std::uint64_t id, Socket socket, boost::asio::ssl::context* tls, Admission admission);

  void start();
  void answer(Answer answer);
  void supply(Piece piece);
  void look_at_clock(SteadyTime now);
  void begin_stop();
  void close();

 private:
  enum class State { handshaking, reading, continuing, running, writing, streaming, lingering, closed };

  void begin_request();
  void read();
  void on_read(const boost::system::error_code& ec, std::size_t size);
  void advance();
  static std::string given_id(const Request& request);
  bool head_is_refused();
  void send_continue();
  void run();

  void refuse(const Problem& problem);
  void send(Response response);
  void write();
  void on_written(const boost::system::error_code& ec);
  void finish_answer();
  void report();

  void pull();
  void write_piece(std::string_view bytes);
  void linger();

  std::string_view unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

  Loop& loop_;
  const std::uint64_t id_;
  Socket socket_;
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
  const Admission admission_;
  std::string peer_;

  State state_ = State::handshaking;
  SteadyTime deadline_ = SteadyTime::max();
  bool is_reading_ = false;
  bool is_writing_ = false;

  // the request: its bytes, and what became of it
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  RequestParser parser_;
  std::unique_ptr<Request> request_;  // with the handler while running
  bool is_begun_ = false;             // its first byte has come

  // the answer
  std::string head_;  // and a small body
  std::string body_;
  int status_ = 0;  // 0: not answered yet, or already reported
  bool keeps_alive_ = false;

  // the answer, piece by piece
  Stream stream_;
  std::string heartbeat_;
  std::optional<Piece> held_;  // came while a heartbeat was being written
  bool is_chunked_ = false;
  bool is_awaiting_piece_ = false;
  bool is_at_end_ = false;
};

}  // namespace lotbook
