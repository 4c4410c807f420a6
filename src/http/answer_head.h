// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/security.h"

namespace lotbook {

/// How the body that follows is delimited.
struct Framing {
  enum class Kind { none, length, chunks, until_close };
  Kind kind;
  std::uint64_t length = 0;
};

/// Writes status line and headers of answers, the same security headers on all. One for each I/O thread.
class AnswerHead {
 public:
  explicit AnswerHead(Transport transport);

  enum class Connection { keep, close };
  /// Appends the head, with its closing empty line, to `out`.
  void write(std::string& out, const Response& response, std::string_view request_id, Framing framing,
             Connection connection);

 private:
  void write_defaults(std::string& out, const Response& response) const;
  std::string_view date();

  const std::vector<Header>& defaults_;
  std::string joined_defaults_;
  std::time_t date_second_ = 0;
  std::string date_;
};

}  // namespace lotbook
