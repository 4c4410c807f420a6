// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint_follower.h"

#include "ledger/checkpoints.h"

namespace lotbook {

namespace {

constexpr auto longest_uncovered = std::chrono::seconds(60), pause = std::chrono::seconds(1);
constexpr std::size_t made_at_once = 1000;  // written in one transaction, which commands wait for

}  // namespace

void CheckpointFollower::start(Write write) {
  write_ = std::move(write);
  thread_ = std::thread([this] { run(); });
}

void CheckpointFollower::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void CheckpointFollower::wake(std::uint64_t entry) {
  {
    const std::lock_guard lock(mutex_);
    head_ = entry;
    if (head_ < reached_.entry + entries_a_checkpoint) return;  // the thread looks when the minute is over
  }
  wake_.notify_one();
}

CheckpointFollower::Reached CheckpointFollower::reached() const {
  const std::lock_guard lock(mutex_);
  return reached_;
}

void CheckpointFollower::run() {
  make_and_tell();
  auto newest = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    // Not more often than once in a while, however fast entries come: each writing costs the commands a commit.
    wake_.wait_for(lock, pause, [&] { return stopping_; });
    wake_.wait_until(lock, newest + longest_uncovered,
                     [&] { return stopping_ || head_ >= reached_.entry + entries_a_checkpoint; });
    if (stopping_) break;
    lock.unlock();
    make_and_tell();
    newest = std::chrono::steady_clock::now();
    lock.lock();
  }
  lock.unlock();
  make_and_tell();
}

void CheckpointFollower::make_and_tell() {
  std::string trouble;
  try {
    make();
  } catch (const std::exception& error) {
    reader_.reset(), key_.reset();
    trouble = error.what();
  }
  bool is_new = false;
  {
    const std::lock_guard lock(mutex_);
    is_new = !trouble.empty() && trouble != reached_.trouble;
    reached_.trouble = trouble;
  }
  if (is_new) say_("checkpoints: " + trouble);
}

void CheckpointFollower::make() {
  if (store_.state_folder().empty()) return;
  if (!reader_) reader_ = store_.open_reader();
  for (;;) {
    reader_->begin();
    Transaction snapshot(*reader_);
    if (!key_) key_ = key_for_signing(snapshot, store_.state_folder());
    const std::vector<Checkpoint> made = due_checkpoints(snapshot, *key_, clock_.now(), made_at_once);
    const std::optional<Checkpoint> newest = newest_checkpoint(snapshot);
    reader_->rollback();
    if (!made.empty()) write_([&](Transaction& writer) { post_checkpoints(writer, made); });
    {
      const std::lock_guard lock(mutex_);
      const Checkpoint* last = !made.empty() ? &made.back() : newest ? &*newest : nullptr;
      if (last) reached_.entry = last->entry, reached_.made_at = last->made_at;
    }
    if (made.size() < made_at_once) return;
  }
}

}  // namespace lotbook
