// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/respond.h"
#include "http/security.h"

// The HTTP/1.1 server: it reads requests, guards the limits, and sends answers. It knows no route.
//
// A few threads do all reading and writing, each with its own event loop and its own connections. A handler is called
// on such a thread and must return at once: it answers through `Respond` right there, or hands that to a thread that
// may take its time (a writer that commits many commands together; `on_workers` in workers.h for what simply blocks).
// Requests of one connection are handled one after another, also when pipelined.
//
// Anything that two readers of the same bytes could understand differently (both lengths given, folded headers, bare
// line feeds, a repeated or odd Host, absolute targets) is refused with 400 and the connection closed.

namespace lotbook {

/// Called for each request that was read whole; see above. `request` lives until the answer is given.
using Handler = std::function<void(const Request& request, Respond respond)>;

constexpr std::string_view any_address = "(address)";  // no host name can be this

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< an IPv4 or IPv6 address
  std::uint16_t port = 0;             ///< 0: any that is free, see `Server::port`
  std::string certificate_file = {};  ///< PEM, with its chain; empty: no TLS
  std::string key_file = {};          ///< PEM
  unsigned threads = 1;               ///< that read and write; one carries some 40,000 small requests a second
  /// Names that a Host header may give, without port; `any_address` stands for all numeric addresses; empty: any.
  std::vector<std::string> hosts = {};

  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  /// Another limit for some requests; nullopt leaves `body_bytes`.
  std::function<std::optional<std::size_t>(std::string_view method, std::string_view path)> body_bytes_for = {};
  std::size_t connections = 1024;

  std::chrono::milliseconds header_time{10'000};     ///< from the first byte of a request to the end of its header
  std::chrono::milliseconds body_time{30'000};       ///< from there to the end of its body, for each MiB allowed
  std::chrono::milliseconds idle_time{75'000};       ///< between requests
  std::chrono::milliseconds write_time{30'000};      ///< for a client to take an answer, and 1 s more for each 32 KiB
  std::chrono::milliseconds heartbeat_time{15'000};  ///< silence after which a live stream's heartbeat is sent

  /// Called when an answer was sent (or its client had left): for the log and for metrics. On an I/O thread, so it
  /// must be quick. A request that could not be read may lack everything but peer and id.
  std::function<void(const Request& request, int status, std::int64_t microseconds)> on_done = {};
};

class Server {
 public:
  /// Listens and serves from here on. Throws `std::runtime_error` that says what to change when it cannot.
  Server(ServerOptions options, Handler handler);
  /// Stops without waiting.
  ~Server();

  std::uint16_t port() const;
  Transport transport() const;
  std::size_t connections() const;
  /// Accepts no more, closes idle connections and live streams, lets running requests finish, and returns when all
  /// have, or closes what is left after `grace`. What handlers still hold then does nothing.
  void stop(std::chrono::milliseconds grace);

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace lotbook
