// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/problem.h"

// Reads one HTTP/1.x request out of the bytes of a connection. Strict where leniency lets two readers disagree about
// where a request ends.

namespace lotbook {

struct ServerOptions;

class RequestParser {
 public:
  explicit RequestParser(const ServerOptions& options);
  ~RequestParser();

  /// The next bytes belong to a new request, which is filled in place.
  void begin(Request& request);

  enum class Step {
    need_more,  ///< call again with these unread bytes and more
    head_read,  ///< the header is complete; call again, also without bytes, for the body
    done,       ///< the request is complete
    refused     ///< see `refusal`; the connection cannot be read any further
  };
  struct Progress {
    Step step;
    std::size_t used;  ///< bytes that need not be shown again
  };
  Progress feed(std::string_view unread);

  const Problem& refusal() const { return refusal_; }
  // Known once the header was read:
  bool keeps_alive() const;
  bool is_http_1_0() const;
  bool expects_continue() const;
  std::size_t body_limit() const { return body_limit_; }

 private:
  class Reader;  // the one place that knows Boost.Beast

  Progress refuse(Problem problem);
  std::size_t unlooked() const;
  Progress feed_header(std::string_view unread);
  Progress feed_body(std::string_view unread);

  const ServerOptions& options_;
  Request* request_ = nullptr;
  std::unique_ptr<Reader> reader_;
  std::size_t searched_ = 0;  // bytes of the unread header known not to hold its end
  std::size_t body_limit_ = 0;
  Problem refusal_;
};

/// The name in a Host header: small letters, without the port. Empty when it is not a host at all.
std::string host_name(std::string_view host);

}  // namespace lotbook
