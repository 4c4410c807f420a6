// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "commands/executor.h"
#include "http/access.h"

namespace lotbook {

/// Of a book that other servers write, too: what they did to accounts and tokens is taken over by the second, and
/// whoever follows the entries is told of new ones. Commands and questions need none of it: they read the book.
class Others {
 public:
  using Hear = std::function<void()>;
  Others(Book& book, Executor& executor, Access& access, Hear new_entries);
  ~Others();
  Others(const Others&) = delete;
  Others& operator=(const Others&) = delete;

 private:
  void run();
  void look();
  Book& book_;
  Executor& executor_;
  Access& access_;
  const Hear new_entries_;
  std::uint64_t heard_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lotbook
