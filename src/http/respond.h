// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/message.h"

// The two ways in which something that runs elsewhere answers a connection. Both may be moved to another thread and
// used there at any time, even after the client has left or the server has stopped; they then do nothing.

namespace lotbook {

class Mailbox;

/// Owes one request its answer, and owns that request until then. Dropped without an answer (an exception passed by)
/// it gives 500, so that no client waits for ever.
class Respond {
 public:
  Respond(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, std::unique_ptr<Request> request);
  Respond(Respond&&) noexcept = default;
  Respond& operator=(Respond&&) = delete;
  ~Respond();

  /// Valid until the answer is given.
  const Request& request() const { return *request_; }
  /// Gives the answer; once only.
  void operator()(Response response);

 private:
  std::shared_ptr<Mailbox> mailbox_;  // shared: answers may outlive the server
  std::uint64_t connection_;
  std::unique_ptr<Request> request_;  // empty once answered or moved from
};

/// Owes a stream its next piece. Dropped without one, it counts as `fail`.
class Supply {
 public:
  Supply(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection);
  Supply(Supply&&) noexcept = default;
  Supply& operator=(Supply&&) = delete;
  ~Supply();

  /// The next piece; the stream will be asked for another.
  void more(std::string piece);
  /// The last piece.
  void end(std::string piece);
  /// Breaks the answer off so that the client sees that it is not whole.
  void fail();

 private:
  std::shared_ptr<Mailbox> mailbox_;  // shared: pieces may outlive the server; empty once used
  std::uint64_t connection_;
};

}  // namespace lotbook
