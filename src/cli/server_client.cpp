// SPDX-License-Identifier: Apache-2.0
#include "cli/server_client.h"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace lotbook {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::chrono::seconds to_connect{10};
constexpr std::uint64_t longest_answer = std::uint64_t{1} << 30;

/// Starts one operation and waits for its end. Only what is asynchronous has an end when the other side is silent.
template <class Start>
error_code wait_for(asio::io_context& io, Start start) {
  error_code outcome = asio::error::would_block;
  start([&](error_code error, auto&&...) { outcome = error; });
  io.restart();
  io.run();
  return outcome;
}

class Exchange {
 public:
  Exchange(const ServerAddress& server, std::chrono::seconds patience) : server_(server), patience_(patience) {}

  ServerAnswer run(const http::request<http::string_body>& request) {
    if (!server_.is_secure) {
      beast::tcp_stream stream(io_);
      connect(stream);
      return talk(stream, stream, request);
    }
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_default_verify_paths();
    context.set_verify_mode(asio::ssl::verify_peer);
    beast::ssl_stream<beast::tcp_stream> stream(io_, context);
    stream.set_verify_callback(asio::ssl::host_name_verification(server_.host));
    // Fails for an address in digits, which is not sent as a name.
    SSL_set_tlsext_host_name(stream.native_handle(), server_.host.c_str());
    beast::tcp_stream& below = beast::get_lowest_layer(stream);
    connect(below);
    below.expires_after(to_connect);
    if (const error_code error =
            wait_for(io_, [&](auto done) { stream.async_handshake(asio::ssl::stream_base::client, done); }))
      throw NoAnswer(false, "no secure connection: " + error.message());
    return talk(stream, below, request);
  }

 private:
  void connect(beast::tcp_stream& stream) {
    asio::ip::tcp::resolver resolver(io_);
    error_code error;
    const auto found = resolver.resolve(server_.host, server_.port, error);
    if (error) throw NoAnswer(false, "there is no host " + server_.host + ": " + error.message());
    stream.expires_after(to_connect);
    error = wait_for(io_, [&](auto done) { stream.async_connect(found, done); });
    if (error) throw NoAnswer(false, error.message());
  }

  template <class Stream>
  ServerAnswer talk(Stream& stream, beast::tcp_stream& below, const http::request<http::string_body>& request) {
    below.expires_after(patience_);
    http::request_serializer<http::string_body> serializer(request);
    const error_code write_error = wait_for(io_, [&](auto done) { http::async_write(stream, serializer, done); });
    // A server may answer and close before it has read all: then its answer counts. What was begun may have been
    // received whole although this side was never told so.
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(longest_answer);
    const error_code read_error = wait_for(io_, [&](auto done) { http::async_read(stream, buffer, parser, done); });
    if (read_error)
      throw NoAnswer(true,
                     (write_error ? write_error : read_error) == beast::error::timeout
                         ? "no answer came in " + std::to_string(patience_.count()) + " seconds"
                         : "the connection was lost (" + (write_error ? write_error : read_error).message() + ")");
    return {static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
  }

  const ServerAddress& server_;
  std::chrono::seconds patience_;
  asio::io_context io_;
};

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<ServerAddress> ServerAddress::parse(std::string_view url) {
  ServerAddress address;
  if (url.starts_with("https://"))
    address.is_secure = true, url.remove_prefix(8);
  else if (url.starts_with("http://"))
    url.remove_prefix(7);
  else
    return std::nullopt;
  // No blanks and controls, which would end a line of the request; nor names and passwords, queries, fragments.
  if (!std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7f'; }) ||
      url.find_first_of("@?#\\") != std::string_view::npos)
    return std::nullopt;
  const std::size_t slash = std::min(url.find('/'), url.size());
  std::string_view host = url.substr(0, slash);
  address.path = url.substr(slash);
  while (address.path.ends_with('/')) address.path.pop_back();
  address.port = address.is_secure ? "443" : "80";
  const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
  if (bracket == std::string_view::npos) return std::nullopt;
  if (const std::size_t colon = host.find(':', bracket); colon != std::string_view::npos) {
    if (!is_digits(host.substr(colon + 1))) return std::nullopt;
    address.port = host.substr(colon + 1), host = host.substr(0, colon);
  }
  if (bracket > 0) {
    if (host.size() != bracket + 1) return std::nullopt;
    host = host.substr(1, bracket - 1);
  }
  address.host = host;
  return host.empty() ? std::nullopt : std::optional(std::move(address));
}

std::string ServerAddress::authority() const {
  return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port;
}

ServerAnswer post_json(const ServerAddress& server, const std::string& target, const std::string& body,
                       const RequestHeaders& headers, std::chrono::seconds patience) {
  http::request<http::string_body> request(http::verb::post, server.path + target, 11, body);
  request.set(http::field::host, server.authority());
  request.set(http::field::content_type, "application/json");
  request.set(http::field::accept, "application/json");
  request.set(http::field::user_agent, "lotbook/" LOTBOOK_VERSION);
  request.set(http::field::connection, "close");
  for (const auto& [name, value] : headers) request.set(name, value);
  request.prepare_payload();
  return Exchange(server, patience).run(request);
}

}  // namespace lotbook
