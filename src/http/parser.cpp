// SPDX-License-Identifier: Apache-2.0
#include "http/parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

#include "http/server.h"

namespace lotbook {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;

constexpr std::size_t most_headers = 100;
constexpr std::size_t longest_target = 8 * 1024;

Problem malformed(std::string detail) {
  return problem_of(Code::malformed, std::move(detail) + " The connection is closed.");
}

/// HTTP tells apart what is one code to us.
Problem with_status(int status, Code code, std::string detail) {
  Problem problem = problem_of(code, std::move(detail));
  problem.status = status;
  return problem;
}

/// What the grammar forbids but readers are known to treat differently; Beast joins folded lines, we refuse them.
/// Bytes before `from` were looked at before.
std::optional<std::string> fault_of_lines(std::string_view header, std::size_t from) {
  for (std::size_t i = from; i < header.size(); ++i) {
    const auto c = static_cast<unsigned char>(header[i]);
    if (c >= 0x20 && c != 0x7f) continue;
    if (c == '\t') continue;
    if (c == '\r' && i + 1 < header.size() && header[i + 1] == '\n') continue;
    if (c == '\n' && i > 0 && header[i - 1] == '\r') {
      if (i + 1 < header.size() && (header[i + 1] == ' ' || header[i + 1] == '\t'))
        return "A header is folded over several lines.";
      continue;
    }
    return c == '\r' || c == '\n' ? "A line of the header does not end with CR LF."
                                  : "The header holds a control character.";
  }
  return std::nullopt;
}

/// Headers that decide where a body ends, who asks, or what a write means: twice is ambiguous.
bool may_come_once_only(std::string_view name) {
  static constexpr std::string_view once[] = {
      "Host",   "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization",
      "Cookie", "Origin",         "Sec-Fetch-Site",    "X-CSRF-Token", "Idempotency-Key"};
  return std::any_of(std::begin(once), std::end(once), [&](std::string_view one) { return same_name(one, name); });
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

class RequestParser::Reader final : public beast_http::basic_parser<true> {
 public:
  explicit Reader(Request& request) : request_(request) {
    eager(true);
    header_limit(UINT32_MAX);  // both limits are kept by RequestParser
    body_limit(boost::none);
  }

  std::optional<std::string> target_fault;
  bool target_is_too_long = false;
  int version = 11;
  std::size_t most_body_bytes = SIZE_MAX;
  bool body_is_too_large = false;

 private:
  void on_request_impl(beast_http::verb, boost::beast::string_view method, boost::beast::string_view target,
                       int version_sent, error_code& ec) override {
    version = version_sent;
    request_.method.assign(method.data(), method.size());
    if (target.size() > longest_target) {
      target_is_too_long = true;
      ec = beast_http::error::bad_target;
      return;
    }
    target_fault = read_target({target.data(), target.size()}, request_);
    if (target_fault) ec = beast_http::error::bad_target;
  }
  void on_field_impl(beast_http::field, boost::beast::string_view name, boost::beast::string_view value,
                     error_code&) override {
    if (header_is_read_) return;  // a trailer, which must not change what the header said
    request_.headers.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
  }
  void on_header_impl(error_code&) override { header_is_read_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(boost::beast::string_view piece, error_code& ec) override { return append(piece, ec); }
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view piece, error_code& ec) override {
    return append(piece, ec);
  }
  void on_chunk_header_impl(std::uint64_t size, boost::beast::string_view, error_code& ec) override {
    if (size > most_body_bytes - request_.body.size()) refuse_body(ec);
  }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

  std::size_t append(boost::beast::string_view piece, error_code& ec) {
    if (piece.size() > most_body_bytes - request_.body.size()) {
      refuse_body(ec);
      return 0;
    }
    request_.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void refuse_body(error_code& ec) {
    body_is_too_large = true;
    ec = beast_http::error::body_limit;
  }

  Request& request_;
  bool header_is_read_ = false;
};

RequestParser::RequestParser(const ServerOptions& options) : options_(options) {}
RequestParser::~RequestParser() = default;

void RequestParser::begin(Request& request) {
  request_ = &request;
  request.clear();
  reader_ = std::make_unique<Reader>(request);
  searched_ = 0;
  body_limit_ = options_.body_bytes;
}

RequestParser::Progress RequestParser::feed(std::string_view unread) {
  return reader_->is_header_done() ? feed_body(unread) : feed_header(unread);
}

RequestParser::Progress RequestParser::refuse(Problem problem) {
  refusal_ = std::move(problem);
  return {Step::refused, 0};
}

namespace {

/// What a request with this header may not do, whatever it asks.
std::optional<Problem> fault_of_headers(const Request& request, int version) {
  if (request.headers.size() > most_headers) return with_status(431, Code::too_large, "Send at most 100 headers.");
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    const std::string& name = request.headers[i].name;
    if (!may_come_once_only(name)) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (same_name(request.headers[j].name, name)) return malformed("The header " + name + " is given twice.");
  }
  const std::string* host = request.header("Host");
  if (host == nullptr && version >= 11) return malformed("The Host header is missing.");
  if (host != nullptr && host_name(*host).empty()) return malformed("The Host header is not a host name.");
  const std::string* length = request.header("Content-Length");
  const std::string* encoding = request.header("Transfer-Encoding");
  if (length != nullptr && encoding != nullptr)
    return malformed("Content-Length and Transfer-Encoding are both given; send only one.");
  if (length != nullptr && !is_digits(*length)) return malformed("Content-Length is not a number.");
  if (encoding != nullptr && (version < 11 || !same_name(*encoding, "chunked")))
    return malformed("The only Transfer-Encoding understood is chunked.");
  const std::string* expectation = request.header("Expect");
  if (expectation != nullptr && !same_name(*expectation, "100-continue"))
    return with_status(417, Code::malformed, "The only Expect understood is 100-continue.");
  return std::nullopt;
}

Problem too_large_body(std::size_t limit) {
  return problem_of(Code::too_large,
                    "The body may hold at most " + std::to_string(limit) + " bytes here; send it in smaller parts.");
}

}  // namespace

/// The last bytes seen before may belong to a line end that was cut in two.
std::size_t RequestParser::unlooked() const { return searched_ > 3 ? searched_ - 3 : 0; }

RequestParser::Progress RequestParser::feed_header(std::string_view unread) {
  const auto end = unread.find("\r\n\r\n", unlooked());
  const bool is_whole = end != std::string_view::npos;
  const std::size_t size = is_whole ? end + 4 : unread.size();
  if (size > options_.header_bytes || (!is_whole && size == options_.header_bytes))
    return refuse(
        with_status(431, Code::too_large,
                    "Target and headers may hold at most " + std::to_string(options_.header_bytes) + " bytes."));
  if (!is_whole) {
    // What can never become a request is refused at once, not when the time is over.
    if (auto fault = fault_of_lines(unread.substr(0, size - (unread.ends_with('\r') ? 1 : 0)), unlooked()))
      return refuse(malformed(*fault));
    searched_ = size;
    return {Step::need_more, 0};
  }
  const std::string_view header = unread.substr(0, size);
  if (auto fault = fault_of_lines(header, unlooked())) return refuse(malformed(*fault));

  error_code ec;
  reader_->put(boost::asio::buffer(header.data(), header.size()), ec);
  if (reader_->target_is_too_long)
    return refuse(with_status(414, Code::too_large, "The target may hold at most 8192 bytes."));
  if (reader_->target_fault) return refuse(malformed(*reader_->target_fault));
  if (auto fault = reader_->is_header_done() ? fault_of_headers(*request_, reader_->version) : std::nullopt)
    return refuse(std::move(*fault));
  if (ec && ec != beast_http::error::need_more) return refuse(malformed("It is not HTTP/1.1: " + ec.message() + "."));
  if (!reader_->is_header_done()) return refuse(malformed("It is not HTTP/1.1."));

  if (options_.body_bytes_for)
    body_limit_ = options_.body_bytes_for(request_->method, request_->path).value_or(options_.body_bytes);
  reader_->most_body_bytes = body_limit_;
  const auto length = reader_->content_length();
  if (length && *length > body_limit_) return refuse(too_large_body(body_limit_));
  // Reserved as announced only as far as a header costs its sender little more.
  if (length) request_->body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64 * 1024)));
  return {Step::head_read, size};
}

RequestParser::Progress RequestParser::feed_body(std::string_view unread) {
  std::size_t used = 0;
  // Beast, shown a last chunk's header of less than these bytes, takes it for broken promises of its own and aborts.
  // More always comes: chunks end with as many.
  constexpr std::size_t end_of_chunks = std::string_view("0\r\n\r\n").size();
  const std::size_t least = reader_->chunked() ? end_of_chunks : 1;
  while (!reader_->is_done() && unread.size() - used >= least) {
    error_code ec;
    const std::size_t taken = reader_->put(boost::asio::buffer(unread.data() + used, unread.size() - used), ec);
    used += taken;
    if (reader_->body_is_too_large) return refuse(too_large_body(body_limit_));
    if (ec && ec != beast_http::error::need_more) return refuse(malformed("Its body is not well-formed chunks."));
    if (taken == 0) break;
  }
  if (reader_->is_done()) return {Step::done, used};
  if (unread.size() - used >= options_.header_bytes)
    return refuse(malformed("A chunk's own header or the trailer is too long."));
  return {Step::need_more, used};
}

bool RequestParser::keeps_alive() const { return reader_->keep_alive(); }
bool RequestParser::is_http_1_0() const { return reader_->version < 11; }
bool RequestParser::expects_continue() const {
  const std::string* expectation = request_->header("Expect");
  return expectation != nullptr && !is_http_1_0() && !reader_->is_done();
}

std::string host_name(std::string_view host) {
  const bool in_brackets = host.starts_with('[');
  const auto name_end = in_brackets ? host.find(']') : host.find(':');
  if (in_brackets && name_end == std::string_view::npos) return {};
  const std::string_view name = host.substr(0, in_brackets ? name_end + 1 : name_end);
  std::string_view port = host.substr(name.size());
  if (!port.empty() && (port.front() != ':' || port.size() > 6 || (port.size() > 1 && !is_digits(port.substr(1)))))
    return {};
  const std::string_view letters = in_brackets ? name.substr(1, name.size() - 2) : name;
  std::string small;
  for (char c : letters) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    if (!is_plain && c != (in_brackets ? ':' : '-') && (in_brackets || c != '_')) return {};
    small += c;
  }
  if (small.empty()) return {};
  return in_brackets ? "[" + small + "]" : small;
}

}  // namespace lotbook
