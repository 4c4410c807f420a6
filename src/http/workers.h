// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "http/server.h"

// A few threads for handlers that block: that read the book, hash a password, draw a label. The queue before them is
// bounded; what finds it full is told to come again (503), so that a busy server stays one that answers.

namespace lotbook {

class Workers {
 public:
  struct Size {
    unsigned threads;
    std::size_t waiting;  ///< at most so many jobs wait
  };
  explicit Workers(Size size);
  /// Finishes what has begun and drops what waits (each dropped request gets 500).
  ~Workers();

  /// False when too many wait already; the job is then destroyed unused.
  template <class Callable>
  bool submit(Callable callable) {
    return put(std::make_unique<Job<Callable>>(std::move(callable)));
  }

 private:
  // std::function would have to copy what it holds, and a `Respond` cannot be copied.
  struct AnyJob {
    virtual ~AnyJob() = default;
    virtual void run() = 0;
  };
  template <class Callable>
  struct Job final : AnyJob {
    explicit Job(Callable given) : callable(std::move(given)) {}
    void run() override { callable(); }
    Callable callable;
  };

  bool put(std::unique_ptr<AnyJob> job);
  void work();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<std::unique_ptr<AnyJob>> waiting_;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

using BlockingHandler = std::function<Response(const Request& request)>;

/// A handler for the server out of one that may block. `workers` must outlive the server that is given it.
Handler on_workers(Workers& workers, BlockingHandler handler);

/// The next piece of a long answer; nullopt when there is no more. May block, may throw: the answer then breaks off.
using PieceMaker = std::function<std::optional<std::string>()>;
Stream on_workers(Workers& workers, PieceMaker next_piece);

}  // namespace lotbook
