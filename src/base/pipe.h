// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace lotbook {

/// Hands things from one thread to another, in order, never more than `most` of them waiting.
template <class T>
class Pipe {
 public:
  explicit Pipe(std::size_t most) : most_(most) {}

  /// Waits while the pipe is full. False when nobody takes any more: the thing is lost, stop making them.
  bool put(T thing) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return things_.size() < most_ || is_closed_; });
    if (is_closed_) return false;
    things_.push_back(std::move(thing));
    changed_.notify_all();
    return true;
  }
  /// No more will come; what waits can still be taken.
  void end() {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    changed_.notify_all();
  }
  /// Waits for the next; nothing after the end.
  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !things_.empty() || is_ended_ || is_closed_; });
    if (things_.empty() || is_closed_) return std::nullopt;
    std::optional<T> thing(std::move(things_.front()));
    things_.pop_front();
    changed_.notify_all();
    return thing;
  }
  /// Nobody will take any more.
  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> things_;
  bool is_ended_ = false, is_closed_ = false;
};

}  // namespace lotbook
