// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/time.h"
#include "ledger/checkpoint_key.h"
#include "store/store.h"

namespace lotbook {

class Transaction;

/// A thread of its own that makes the checkpoints of a served book: after every thousand entries, and of fewer once the
/// newest checkpoint is a minute old. No command waits for it; trouble is told and tried again.
class CheckpointFollower {
 public:
  using Say = std::function<void(const std::string&)>;
  /// Does work with the writer's connection, between two batches.
  using Write = std::function<void(std::function<void(Transaction&)>)>;
  struct Reached {
    std::uint64_t entry = 0;
    std::optional<Instant> made_at;  ///< none yet
    std::string trouble;             ///< why none are made; empty while all is well
  };

  CheckpointFollower(Store& store, Clock& clock, Say say) : store_(store), clock_(clock), say_(std::move(say)) {}
  ~CheckpointFollower() { stop(); }
  CheckpointFollower(const CheckpointFollower&) = delete;
  CheckpointFollower& operator=(const CheckpointFollower&) = delete;

  void start(Write write);
  /// Makes a last one of what is not covered yet. `wake` may still be called.
  void stop();
  /// The book has come to this entry. Called on the writer's thread; only leaves a note.
  void wake(std::uint64_t entry);
  Reached reached() const;

 private:
  void run();
  void make();
  void make_and_tell();

  Store& store_;
  Clock& clock_;
  Say say_;
  Write write_;
  std::unique_ptr<Connection> reader_;
  std::optional<CheckpointKey> key_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::uint64_t head_ = 0;
  Reached reached_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lotbook
