// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a client asked and what it gets, as plain values. Nothing here knows sockets: the server fills a `Request`, a
// handler makes a `Response`, and tests of handlers need neither.

namespace lotbook {

struct Header {
  std::string name;
  std::string value;
};

/// Header names are compared without regard to case, as HTTP says.
bool same_name(std::string_view left, std::string_view right);

struct Request {
  std::string method;  ///< as sent: methods are case-sensitive
  std::string target;  ///< as sent, with the query
  std::string path;    ///< as sent, without the query; still percent-encoded
  /// The path cut at its slashes, then decoded: "%2F" is a slash inside one segment. "/" has none; a slash at the end
  /// leaves an empty last one. "." and ".." never arrive here.
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded, in the order sent; "+" is a blank
  std::vector<Header> headers;                             ///< in the order sent
  std::string body;
  std::string peer;                               ///< the address the connection came from, without the port
  std::string id;                                 ///< ours, unique enough to find this request in the log
  std::chrono::steady_clock::time_point arrived;  ///< when its header was complete

  /// The first header of that name, or nullptr. Those that decide who asks and where a body ends are never repeated:
  /// the server refuses such requests.
  const std::string* header(std::string_view name) const;
  /// The first query parameter of that name, or nullptr.
  const std::string* parameter(std::string_view name) const;
  /// Empty again, keeping the memory.
  void clear();
};

/// Splits and decodes `target` into path, segments and query. Returns what is wrong with it, if anything: not beginning
/// with a slash (absolute-form, authority-form and asterisk-form are not served), a wrong percent code, a control
/// character, ill-formed UTF-8, or a dot segment.
std::optional<std::string> read_target(std::string_view target, Request& request);

class Supply;

/// The body of a long answer, made piece by piece. The server calls it once for the first piece, and again each time
/// the piece before has been sent; it answers through the `Supply` now or later, from any thread, and must not block
/// (`on_workers` in workers.h makes one that may). It is destroyed as soon as the answer ends or the client has left,
/// so what it owns can see that it is no longer wanted.
using Stream = std::function<void(Supply)>;

struct Response {
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  Stream stream;          ///< if set, sent in place of `body`
  std::string heartbeat;  ///< for live streams: sent whenever nothing was supplied for a while, e.g. ":\n\n"

  /// Sets the header, replacing one of that name. A control character in either is a bug of ours (`BrokenLaw`).
  Response& set(std::string_view name, std::string_view value);
  /// Adds one more of that name (Set-Cookie).
  Response& add(std::string_view name, std::string_view value);
  const std::string* header(std::string_view name) const;
};

/// An answer with this body and content type.
Response content(int status, std::string_view content_type, std::string body);
Response json(int status, std::string body);

/// "Not Found" for 404; empty for a status that we never give.
std::string_view reason_of(int status);

}  // namespace lotbook
