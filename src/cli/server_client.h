// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// One request to a server and its answer, over HTTP/1.1, in a time that has an end.

namespace lotbook {

/// Where a server is: "http://host:port" or "https://host:port/behind/this/path".
struct ServerAddress {
  bool is_secure = false;
  std::string host, port, path;  ///< of an IPv6 address without its brackets; the path without its last '/'

  static std::optional<ServerAddress> parse(std::string_view url);
  std::string authority() const;  ///< as the header Host has it
};

struct ServerAnswer {
  int status = 0;
  std::string body;
};

/// No whole answer came. What was never sent whole was certainly not done; of the rest nobody knows.
struct NoAnswer : std::runtime_error {
  bool was_sent;
  NoAnswer(bool sent, const std::string& what) : std::runtime_error(what), was_sent(sent) {}
};

using RequestHeaders = std::vector<std::pair<std::string, std::string>>;

/// POST of JSON to `target`. Certificates must be trusted by this machine, or by the file that SSL_CERT_FILE names.
/// Throws NoAnswer.
ServerAnswer post_json(const ServerAddress& server, const std::string& target, const std::string& body,
                       const RequestHeaders& headers, std::chrono::seconds patience);

}  // namespace lotbook
