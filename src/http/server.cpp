// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <stdexcept>

#include "http/loop.h"

namespace lotbook {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type>;

// Beyond the limit, so many more are told 503; any above that are closed without a word.
constexpr std::size_t told_that_busy = 64;

std::optional<asio::ssl::context> tls_of(const ServerOptions& options) {
  if (options.certificate_file.empty() && options.key_file.empty()) return std::nullopt;
  if (options.certificate_file.empty() || options.key_file.empty())
    throw std::runtime_error("TLS needs both a certificate file and a key file; give the missing one too");
  std::optional<asio::ssl::context> tls(std::in_place, asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  error_code ec;
  tls->use_certificate_chain_file(options.certificate_file, ec);
  if (ec)
    throw std::runtime_error(
        fmt::format("the certificate file {} cannot be used ({}); it must be PEM, the server's "
                    "certificate first",
                    options.certificate_file, ec.message()));
  tls->use_private_key_file(options.key_file, asio::ssl::context::pem, ec);
  if (ec)
    throw std::runtime_error(
        fmt::format("the key file {} cannot be used ({}); it must be the PEM key of the "
                    "certificate {}",
                    options.key_file, ec.message(), options.certificate_file));
  return tls;
}

Acceptor listening(asio::io_context& context, const ServerOptions& options) {
  error_code ec;
  const auto address = asio::ip::make_address(options.address, ec);
  if (ec) throw std::runtime_error("\"" + options.address + "\" is not an IP address to listen on, such as 127.0.0.1");
  const asio::ip::tcp::endpoint endpoint(address, options.port);
  Acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(Acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec)
    throw std::runtime_error(fmt::format("cannot listen on {} port {}: {}; choose another port or stop what uses it",
                                         options.address, options.port, ec.message()));
  return acceptor;
}

}  // namespace

class Server::Core {
 public:
  Core(ServerOptions options, Handler handler)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        tls_(tls_of(options_)),
        id_prefix_(new_token().substr(0, 6)),
        loops_(make_loops()),
        acceptor_(listening(loops_.front()->context(), options_)),
        pause_(loops_.front()->context()),
        port_(acceptor_.local_endpoint().port()) {
    accept();
    for (const auto& loop : loops_) loop->start();
  }
  ~Core() { stop(std::chrono::milliseconds(0)); }

  std::uint16_t port() const { return port_; }
  Transport transport() const { return tls_ ? Transport::tls : Transport::plain; }
  std::size_t connections() const { return tally_.open(); }

  void stop(std::chrono::milliseconds grace) {
    if (std::exchange(is_stopped_, true)) return;
    asio::post(loops_.front()->context(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    });
    for (const auto& loop : loops_) loop->begin_stop();
    if (grace.count() > 0) tally_.wait_until_none(grace);
    for (const auto& loop : loops_) loop->stop();
  }

 private:
  std::vector<std::unique_ptr<Loop>> make_loops() {
    const Shared shared{options_, handler_, transport(), tls_ ? &*tls_ : nullptr, tally_, requests_, id_prefix_};
    std::vector<std::unique_ptr<Loop>> loops;
    for (unsigned i = 0; i < std::max(1U, options_.threads); ++i) loops.push_back(std::make_unique<Loop>(shared));
    return loops;
  }

  void accept() {
    Loop& loop = *loops_[next_loop_++ % loops_.size()];
    acceptor_.async_accept(loop.context(), [this, &loop](const error_code& ec, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (ec) return pause(ec);
      take_in(loop, std::move(socket));
      accept();
    });
  }

  void take_in(Loop& loop, Socket socket) {
    const std::size_t open = tally_.open();
    if (open >= options_.connections + told_that_busy) return;
    const auto admission =
        open >= options_.connections ? Connection::Admission::one_too_many : Connection::Admission::served;
    tally_.came();
    asio::post(loop.context(),
               [&loop, admission, taken = std::move(socket)]() mutable { loop.adopt(std::move(taken), admission); });
  }

  /// Out of file descriptors, most likely: trying again at once would only turn in circles.
  void pause(const error_code& ec) {
    spdlog::warn("a connection could not be accepted: {}", ec.message());
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](const error_code& cancelled) {
      if (!cancelled) accept();
    });
  }

  const ServerOptions options_;
  const Handler handler_;
  std::optional<asio::ssl::context> tls_;
  const std::string id_prefix_;
  Tally tally_;
  std::atomic<std::uint64_t> requests_ = 0;
  std::vector<std::unique_ptr<Loop>> loops_;
  Acceptor acceptor_;  // on the first loop, as is all that follows
  asio::steady_timer pause_;
  const std::uint16_t port_;
  std::size_t next_loop_ = 0;
  bool is_stopped_ = false;
};

Server::Server(ServerOptions options, Handler handler)
    : core_(std::make_unique<Core>(std::move(options), std::move(handler))) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return core_->port(); }
Transport Server::transport() const { return core_->transport(); }
std::size_t Server::connections() const { return core_->connections(); }
void Server::stop(std::chrono::milliseconds grace) { core_->stop(grace); }

}  // namespace lotbook
