// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "base/pipe.h"

namespace lotbook {

/// Work done in order by one other thread. After work that threw, what comes behind it is left out, and the next `wait`
/// throws the same.
class Aside {
 public:
  Aside() : thread_([this] { work(); }) {}
  /// Finishes what it is at; leaves out what waits.
  ~Aside() {
    works_.close();
    thread_.join();
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  void run(std::function<void()> work) {
    {
      const std::lock_guard lock(mutex_);
      ++unfinished_;
    }
    works_.put(std::move(work));
  }
  /// Until all work is done.
  void wait() {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [&] { return unfinished_ == 0; });
    if (trouble_) std::rethrow_exception(trouble_);
  }

 private:
  void work() {
    bool goes_on = true;
    while (const std::optional<std::function<void()>> next = works_.take()) {
      std::exception_ptr trouble;
      try {
        if (goes_on) (*next)();
      } catch (...) {
        trouble = std::current_exception(), goes_on = false;
      }
      const std::lock_guard lock(mutex_);
      if (trouble) trouble_ = trouble;
      if (--unfinished_ == 0) finished_.notify_all();
    }
  }

  Pipe<std::function<void()>> works_{2};
  std::mutex mutex_;
  std::condition_variable finished_;
  std::size_t unfinished_ = 0;
  std::exception_ptr trouble_;
  std::thread thread_;
};

}  // namespace lotbook
