// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "http/message.h"

namespace lotbook {

struct Answer {
  std::unique_ptr<Request> request;
  Response response;
};

struct Piece {
  enum class Kind { more, end, fail };
  Kind kind;
  std::string bytes;
};

/// Where other threads leave what one I/O thread has to send. Only the first letter into an empty box wakes that
/// thread: a writer that answers two hundred commands at once wakes it once.
class Mailbox {
 public:
  struct Letter {
    std::uint64_t connection;
    std::variant<Answer, Piece> content;
  };

  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  void put(Letter letter) {
    const std::lock_guard lock(mutex_);
    if (!wake_) return;
    letters_.push_back(std::move(letter));
    // Under the lock, so that `close` is sure that nobody is waking what it is about to destroy.
    if (letters_.size() == 1) wake_();
  }
  /// All letters in the order put; `into` gives its memory to the next ones.
  void take(std::vector<Letter>& into) {
    into.clear();
    const std::lock_guard lock(mutex_);
    letters_.swap(into);
  }
  /// From here on letters are thrown away.
  void close() {
    std::vector<Letter> thrown_away;  // outside the lock: what they own may come back here as it is destroyed
    const std::lock_guard lock(mutex_);
    wake_ = nullptr;
    letters_.swap(thrown_away);
  }

 private:
  std::mutex mutex_;
  std::function<void()> wake_;  // empty once closed
  std::vector<Letter> letters_;
};

}  // namespace lotbook
