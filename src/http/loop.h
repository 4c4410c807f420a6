// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "http/answer_head.h"
#include "http/connection.h"
#include "http/mailbox.h"
#include "http/server.h"

namespace lotbook {

/// How many connections are open, over all loops.
class Tally {
 public:
  std::size_t open() const;
  void came();
  void left();
  /// False when some are still open after `grace`.
  bool wait_until_none(std::chrono::milliseconds grace);

 private:
  mutable std::mutex mutex_;
  std::condition_variable none_;
  std::size_t open_ = 0;
};

/// What all loops of a server use and none owns.
struct Shared {
  const ServerOptions& options;
  const Handler& handler;
  Transport transport;
  boost::asio::ssl::context* tls;  ///< nullptr: plain
  Tally& tally;
  std::atomic<std::uint64_t>& requests;
  const std::string& id_prefix;
};

/// One I/O thread: its event loop and its connections.
class Loop {
 public:
  explicit Loop(const Shared& shared);
  ~Loop();

  void start();
  void adopt(Socket socket, Connection::Admission admission);  ///< on the loop's thread
  void begin_stop();                                           ///< from any thread
  void stop();                                                 ///< from another thread; closes all and joins

  boost::asio::io_context& context() { return context_; }

  // for its connections
  const ServerOptions& options() const { return shared_.options; }
  const Handler& handler() const { return shared_.handler; }
  const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
  AnswerHead& answer_head() { return answer_head_; }
  bool is_stopping() const { return is_stopping_; }
  bool admits_host(std::string_view host) const;
  std::string next_request_id();
  void done(const Request& request, int status);
  void forget(std::uint64_t connection);

 private:
  void run();
  void tick();
  void deliver();

  Shared shared_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer timer_;
  const std::chrono::milliseconds tick_length_;
  std::shared_ptr<Mailbox> mailbox_;  // shared with answers, which may outlive the loop
  std::vector<Mailbox::Letter> letters_;
  AnswerHead answer_head_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint64_t last_connection_ = 0;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace lotbook
