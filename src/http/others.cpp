// SPDX-License-Identifier: Apache-2.0
#include "http/others.h"

#include <spdlog/spdlog.h>

namespace lotbook {

Others::Others(Book& book, Executor& executor, Access& access, Hear new_entries)
    : book_(book), executor_(executor), access_(access), new_entries_(std::move(new_entries)) {
  if (book_.is_shared()) thread_ = std::thread([this] { run(); });
}

Others::~Others() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Others::run() {
  bool was_well = true;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; })) return;
    }
    try {
      look();
      was_well = true;
    } catch (const std::exception& error) {
      if (std::exchange(was_well, false)) spdlog::warn("what other servers did cannot be read: {}", error.what());
    }
  }
}

/// In the writer's turn, so that nothing older ever replaces what this server changed itself. Master data, users among
/// it, is brought up to date by the way.
void Others::look() {
  std::optional<Head> head;
  executor_.beside([&](Transaction& transaction) {
    access_.hold(all_accounts(transaction), all_tokens(transaction));
    head = transaction.head();
  });
  if (!head || head->seq <= heard_) return;
  heard_ = head->seq;
  new_entries_();
}

}  // namespace lotbook
