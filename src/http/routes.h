// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "commands/actor.h"
#include "http/server.h"

// Which handler answers which address. Knows nothing of what they do.

namespace lotbook {

/// What an address asks of its caller. There is no default: nothing is open because somebody forgot.
class Need {
 public:
  static Need nothing() { return Need("nothing"); }
  static Need sign_in() { return Need("sign_in"); }
  static Need of(Right right) { return Need(name_of(right)); }
  std::string text() const { return std::string(text_); }

 private:
  explicit Need(std::string_view text) : text_(text) {}
  std::string_view text_;
};

class Routes {
 public:
  /// `pattern` is a path, "/lots/{item}/{lot}"; a part in braces fits any one segment, and the handler finds it in
  /// `request.segments`. GET answers HEAD too.
  void add(std::string method, std::string pattern, Need need, Handler handler);

  /// Answers, or refuses with 404 or with 405 and the methods that are possible.
  void handle(const Request& request, Respond respond) const;

  struct Method {
    std::string name;
    Need need;  ///< what the handler asks for, for people who ask about rights
    Handler handler;
  };
  struct Path {
    std::string pattern;
    std::vector<Method> methods;
  };
  const std::vector<Path>& paths() const { return paths_; }
  /// Index into `paths`, or their number when there is none.
  std::size_t index_of(const Request& request) const;

 private:
  std::vector<Path> paths_;
  std::unordered_map<std::string, std::size_t> exact_;
  std::vector<std::pair<std::vector<std::string>, std::size_t>> with_braces_;
};

}  // namespace lotbook
