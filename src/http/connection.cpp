// SPDX-License-Identifier: Apache-2.0
#include "http/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <cstring>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <utility>

#include "http/loop.h"

namespace lotbook {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
namespace asio = boost::asio;

constexpr std::size_t small_body = 16 * 1024;  // copied behind the head rather than sent as a second buffer
constexpr std::size_t slowest_bytes_a_second = 32 * 1024;
constexpr milliseconds linger_time{2'000};

/// Rounded up, and at least one.
std::int64_t mebibytes(std::size_t bytes) {
  return 1 + static_cast<std::int64_t>(std::max<std::size_t>(bytes, 1) - 1) / (1024 * 1024);
}

std::string address_of(const Socket& socket) {
  error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return "unknown";
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

}  // namespace

Connection::Connection(Loop& loop, std::uint64_t id, Socket socket, asio::ssl::context* tls, Admission admission)
    : loop_(loop),
      id_(id),
      socket_(std::move(socket)),
      admission_(admission),
      peer_(address_of(socket_)),
      buffer_(loop.options().header_bytes),
      parser_(loop.options()) {
  if (tls != nullptr) tls_.emplace(socket_, *tls);
}

void Connection::start() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  begin_request();
  if (!tls_) return read();
  state_ = State::handshaking;
  deadline_ = steady_clock::now() + loop_.options().header_time;
  tls_->async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](const error_code& ec) {
    if (self->state_ == State::closed) return;
    if (ec) return self->close();
    self->begin_request();
    self->read();
  });
}

void Connection::begin_request() {
  if (!request_) request_ = std::make_unique<Request>();
  parser_.begin(*request_);
  request_->peer = peer_;
  request_->arrived = {};
  state_ = State::reading;
  is_begun_ = false;
  deadline_ = steady_clock::now() + loop_.options().idle_time;
}

void Connection::read() {
  if (is_reading_) return;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) return;  // a streaming answer goes first
  is_reading_ = true;
  const auto into = asio::buffer(buffer_.data() + end_, buffer_.size() - end_);
  auto on_read = [self = shared_from_this()](const error_code& ec, std::size_t size) { self->on_read(ec, size); };
  // Once lingering, TLS has said its last word, and what still comes is only thrown away.
  if (tls_ && state_ != State::lingering)
    tls_->async_read_some(into, std::move(on_read));
  else
    socket_.async_read_some(into, std::move(on_read));
}

void Connection::on_read(const error_code& ec, std::size_t size) {
  is_reading_ = false;
  if (state_ == State::closed) return;
  if (ec) {
    // An answer that is being written may still reach a client that has closed only its own side.
    if (state_ != State::writing) close();
    return;
  }
  end_ += size;
  if (state_ == State::reading) {
    if (!std::exchange(is_begun_, true)) deadline_ = steady_clock::now() + loop_.options().header_time;
    advance();
  } else if (state_ == State::streaming) {
    read();
  } else if (state_ == State::lingering) {
    begin_ = end_ = 0;
    read();
  }
}

/// A number that whoever passes requests on gave it, so that both logs can be held together. Only what can do no harm
/// in a log or a header is taken.
std::string Connection::given_id(const Request& request) {
  const std::string* given = request.header("X-Request-Id");
  const auto is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; };
  const bool is_taken =
      given && !given->empty() && given->size() <= 64 && std::all_of(given->begin(), given->end(), is_plain);
  return is_taken ? *given : std::string();
}

void Connection::advance() {
  while (state_ == State::reading) {
    const auto [step, used] = parser_.feed(unread());
    begin_ += used;
    switch (step) {
      case RequestParser::Step::need_more: return read();
      case RequestParser::Step::refused: return refuse(parser_.refusal());
      case RequestParser::Step::done: return run();
      case RequestParser::Step::head_read:
        request_->arrived = steady_clock::now();
        request_->id = given_id(*request_);
        if (request_->id.empty()) request_->id = loop_.next_request_id();
        if (head_is_refused()) return;
        deadline_ = request_->arrived + loop_.options().body_time * mebibytes(parser_.body_limit());
        if (parser_.expects_continue() && unread().empty()) return send_continue();
    }
  }
}

bool Connection::head_is_refused() {
  if (admission_ == Admission::one_too_many) {
    refuse(problem_of(Code::busy, "Too many connections are open; try again in a moment."));
    return true;
  }
  const std::string* host = request_->header("Host");
  if (host != nullptr && !loop_.admits_host(host_name(*host))) {
    refuse({421, "wrong_host", "The host name is not one of this server.",
            "Use a name that the server was given, or add " + host_name(*host) + " to the names it may serve."});
    return true;
  }
  return false;
}

void Connection::send_continue() {
  state_ = State::continuing;
  head_ = "HTTP/1.1 100 Continue\r\n\r\n";
  body_.clear();
  write();
}

void Connection::run() {
  state_ = State::running;
  deadline_ = SteadyTime::max();
  keeps_alive_ = parser_.keeps_alive();
  const std::string id = request_->id;
  Respond respond(loop_.mailbox(), id_, std::move(request_));
  const Request& request = respond.request();
  // What the handler drops while an exception passes answers 500 by itself.
  try {
    loop_.handler()(request, std::move(respond));
  } catch (const std::exception& failure) {
    spdlog::error("request {} failed: {}", id, failure.what());
  } catch (...) {
    spdlog::error("request {} failed", id);
  }
}

void Connection::answer(Answer answer) {
  request_ = std::move(answer.request);
  send(std::move(answer.response));
}

void Connection::refuse(const Problem& problem) {
  if (request_->id.empty()) request_->id = loop_.next_request_id();
  if (request_->arrived == SteadyTime{}) request_->arrived = steady_clock::now();
  keeps_alive_ = false;
  Response response = problem_response(problem);
  if (problem.status == 503) response.set("Retry-After", "1");
  send(std::move(response));
}

void Connection::send(Response response) {
  status_ = response.status;
  const bool is_streamed = static_cast<bool>(response.stream);
  const bool never_has_body = status_ == 204 || status_ == 304;
  if (loop_.is_stopping()) keeps_alive_ = false;

  Framing framing{Framing::Kind::none};
  if (is_streamed) {
    is_chunked_ = !parser_.is_http_1_0();
    if (!is_chunked_) keeps_alive_ = false;
    framing.kind = is_chunked_ ? Framing::Kind::chunks : Framing::Kind::until_close;
  } else if (!never_has_body) {
    framing = {Framing::Kind::length, response.body.size()};
  }
  head_.clear();
  loop_.answer_head().write(head_, response, request_->id, framing,
                            keeps_alive_ ? AnswerHead::Connection::keep : AnswerHead::Connection::close);

  const bool has_body = !never_has_body && request_->method != "HEAD";
  body_.clear();
  if (has_body && is_streamed) {
    state_ = State::streaming;
    stream_ = std::move(response.stream);
    heartbeat_ = std::move(response.heartbeat);
    is_awaiting_piece_ = is_at_end_ = false;
  } else {
    state_ = State::writing;
    if (has_body && response.body.size() <= small_body) head_ += response.body;
    if (has_body && response.body.size() > small_body) body_ = std::move(response.body);
  }
  write();
}

void Connection::write() {
  is_writing_ = true;
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head_), asio::buffer(body_)};
  deadline_ =
      steady_clock::now() + loop_.options().write_time + seconds(asio::buffer_size(buffers) / slowest_bytes_a_second);
  auto on_written = [self = shared_from_this()](const error_code& ec, std::size_t) { self->on_written(ec); };
  if (tls_)
    asio::async_write(*tls_, buffers, std::move(on_written));
  else
    asio::async_write(socket_, buffers, std::move(on_written));
}

void Connection::on_written(const error_code& ec) {
  is_writing_ = false;
  if (state_ == State::closed) return;
  if (ec) return close();
  if (state_ == State::continuing) {
    state_ = State::reading;
    return advance();
  }
  if (state_ != State::streaming || is_at_end_) return finish_answer();
  if (!is_awaiting_piece_) return pull();
  if (held_) return supply(*std::exchange(held_, std::nullopt));
  deadline_ = steady_clock::now() + loop_.options().heartbeat_time;
}

void Connection::finish_answer() {
  report();
  stream_ = nullptr;
  body_ = std::string();
  if (!keeps_alive_ || loop_.is_stopping()) return linger();
  begin_request();
  if (begin_ == end_) return read();
  is_begun_ = true;
  deadline_ = steady_clock::now() + loop_.options().header_time;
  advance();
}

void Connection::report() {
  if (const int status = std::exchange(status_, 0); status != 0) loop_.done(*request_, status);
}

void Connection::pull() {
  is_awaiting_piece_ = true;
  deadline_ = heartbeat_.empty() ? SteadyTime::max() : steady_clock::now() + loop_.options().heartbeat_time;
  read();  // only to notice when the client leaves
  try {
    stream_(Supply(loop_.mailbox(), id_));
  } catch (const std::exception& failure) {
    spdlog::error("the answer to request {} failed half-way: {}", request_->id, failure.what());
  }
}

void Connection::supply(Piece piece) {
  if (state_ != State::streaming || !is_awaiting_piece_) return;
  if (is_writing_) {
    held_ = std::move(piece);
    return;
  }
  is_awaiting_piece_ = false;
  if (piece.kind == Piece::Kind::fail) return close();
  is_at_end_ = piece.kind == Piece::Kind::end;
  if (piece.bytes.empty() && !is_at_end_) return pull();
  write_piece(piece.bytes);
}

void Connection::write_piece(std::string_view bytes) {
  head_.clear();
  if (!is_chunked_) {
    head_ = bytes;
  } else {
    // An empty chunk would end the body.
    if (!bytes.empty()) head_.append(fmt::format("{:x}\r\n", bytes.size())).append(bytes).append("\r\n");
    if (is_at_end_) head_ += "0\r\n\r\n";
  }
  write();
}

void Connection::look_at_clock(SteadyTime now) {
  if (now < deadline_) return;
  if (state_ == State::reading && is_begun_)
    return refuse({408, "too_slow", "The request came too slowly.", "Send it again, without pauses."});
  if (state_ == State::streaming && !is_writing_) return write_piece(heartbeat_);
  close();
}

void Connection::begin_stop() {
  const bool is_idle = state_ == State::handshaking || (state_ == State::reading && !is_begun_);
  const bool is_live = state_ == State::streaming && !heartbeat_.empty();
  if (is_idle || is_live) close();
}

void Connection::linger() {
  // Closed at once, a socket with unread bytes resets the connection, and the client may never see its answer.
  state_ = State::lingering;
  deadline_ = steady_clock::now() + linger_time;
  begin_ = end_ = 0;
  auto wait_for_client = [self = shared_from_this()](const error_code&) {
    if (self->state_ == State::closed) return;
    error_code ignored;
    self->socket_.shutdown(Socket::shutdown_send, ignored);
    self->read();
  };
  if (tls_)
    tls_->async_shutdown(std::move(wait_for_client));
  else
    wait_for_client({});
}

void Connection::close() {
  if (std::exchange(state_, State::closed) == State::closed) return;
  report();
  stream_ = nullptr;
  error_code ignored;
  socket_.close(ignored);
  loop_.forget(id_);
}

}  // namespace lotbook
