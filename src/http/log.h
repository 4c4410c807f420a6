// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <spdlog/spdlog.h>
#include <string>

#include "http/message.h"

namespace lotbook {

enum class LogFormat : std::uint8_t;

/// Log lines are written by a thread of their own; when it cannot keep up, the oldest are dropped, not the work. As
/// text for people, or one JSON object a line. What is secret never comes here: no header, no body, no query.
class Log {
 public:
  explicit Log(LogFormat format);
  ~Log() { spdlog::shutdown(); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void request_done(const Request& request, int status, std::int64_t microseconds) const;

 private:
  LogFormat format_;
};

}  // namespace lotbook
