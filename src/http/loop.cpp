// SPDX-License-Identifier: Apache-2.0
#include "http/loop.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <variant>

namespace lotbook {
namespace {

using std::chrono::milliseconds;

/// Deadlines are kept to within a quarter of the shortest of them.
milliseconds tick_length(const ServerOptions& options) {
  const milliseconds shortest =
      std::min({options.header_time, options.body_time, options.idle_time, options.write_time, options.heartbeat_time});
  return std::clamp(shortest / 4, milliseconds(5), milliseconds(500));
}

/// "127.0.0.1", "[::1]".
bool is_address(std::string_view host) {
  std::array<unsigned char, 16> address;
  const bool in_brackets = host.starts_with('[') && host.ends_with(']');
  const std::string text(in_brackets ? host.substr(1, host.size() - 2) : host);
  return inet_pton(in_brackets ? AF_INET6 : AF_INET, text.c_str(), address.data()) == 1;
}

}  // namespace

std::size_t Tally::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void Tally::came() {
  const std::lock_guard lock(mutex_);
  ++open_;
}

void Tally::left() {
  const std::lock_guard lock(mutex_);
  if (--open_ == 0) none_.notify_all();
}

bool Tally::wait_until_none(milliseconds grace) {
  std::unique_lock lock(mutex_);
  return none_.wait_for(lock, grace, [&] { return open_ == 0; });
}

Loop::Loop(const Shared& shared)
    : shared_(shared),
      work_(context_.get_executor()),
      timer_(context_),
      tick_length_(tick_length(shared.options)),
      mailbox_(std::make_shared<Mailbox>([this] { boost::asio::post(context_, [this] { deliver(); }); })),
      answer_head_(shared.transport) {}

Loop::~Loop() { stop(); }

void Loop::start() {
  tick();
  thread_ = std::thread([this] { run(); });
}

void Loop::adopt(Socket socket, Connection::Admission admission) {
  const std::uint64_t id = ++last_connection_;
  auto connection = std::make_shared<Connection>(*this, id, std::move(socket), shared_.tls, admission);
  connections_.emplace(id, connection);
  connection->start();
  if (is_stopping_) connection->close();
}

void Loop::begin_stop() {
  boost::asio::post(context_, [this] {
    is_stopping_ = true;
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto& [id, connection] : connections_) all.push_back(connection);
    for (const auto& connection : all) connection->begin_stop();
  });
}

void Loop::stop() {
  if (thread_.joinable()) {
    boost::asio::post(context_, [this] {
      is_stopping_ = true;
      while (!connections_.empty()) std::shared_ptr(connections_.begin()->second)->close();
      context_.stop();
    });
    thread_.join();
  }
  mailbox_->close();
}

bool Loop::admits_host(std::string_view host) const {
  const auto& hosts = shared_.options.hosts;
  return hosts.empty() || std::any_of(hosts.begin(), hosts.end(), [&](const std::string& own) {
           return same_name(own, host) || (own == any_address && is_address(host));
         });
}

std::string Loop::next_request_id() {
  return fmt::format("{}-{:x}", shared_.id_prefix, shared_.requests.fetch_add(1, std::memory_order_relaxed) + 1);
}

void Loop::done(const Request& request, int status) {
  if (!shared_.options.on_done) return;
  const auto taken = std::chrono::steady_clock::now() - request.arrived;
  try {
    shared_.options.on_done(request, status, std::chrono::duration_cast<std::chrono::microseconds>(taken).count());
  } catch (const std::exception& failure) {
    spdlog::error("what is called when request {} is done failed: {}", request.id, failure.what());
  }
}

void Loop::forget(std::uint64_t connection) {
  if (connections_.erase(connection) > 0) shared_.tally.left();
}

void Loop::run() {
  // Nothing throws here but for want of memory. One connection is lost then, which is no reason to lose the others.
  while (true) {
    try {
      context_.run();
      return;
    } catch (const std::exception& failure) {
      spdlog::critical("an event of a connection failed: {}", failure.what());
    }
  }
}

void Loop::tick() {
  timer_.expires_after(tick_length_);
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    const SteadyTime now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Connection>> all;  // looking at the clock may close some
    all.reserve(connections_.size());
    for (const auto& [id, connection] : connections_) all.push_back(connection);
    for (const auto& connection : all) connection->look_at_clock(now);
    tick();
  });
}

void Loop::deliver() {
  mailbox_->take(letters_);
  for (Mailbox::Letter& letter : letters_) {
    const auto found = connections_.find(letter.connection);
    if (found == connections_.end()) {
      // The client has left; what it asked was done all the same.
      if (const auto* answer = std::get_if<Answer>(&letter.content)) done(*answer->request, answer->response.status);
      continue;
    }
    const std::shared_ptr<Connection> connection = found->second;
    if (auto* answer = std::get_if<Answer>(&letter.content))
      connection->answer(std::move(*answer));
    else
      connection->supply(std::move(std::get<Piece>(letter.content)));
  }
  letters_.clear();
}

}  // namespace lotbook
