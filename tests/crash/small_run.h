// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scratch.h"

namespace lotbook {

/// A small workload on a book, in batches of one to six commands, and what its clients were told.
class SmallRun {
 public:
  explicit SmallRun(const std::string& file, const char* vfs)
      : store_(open_sqlite({.file = file, .create = true, .vfs = vfs, .checkpoint_pages = 20})) {}

  void create() { Book::create(*store_, {}, clock_.now()); }
  void open() { book_ = std::make_unique<Book>(*store_); }
  void close() { book_.reset(); }
  /// Sends commands `first` to `first + count`, in one batch.
  std::vector<Outcome> send(std::size_t first, std::size_t count) {
    clock_.set(Instant{clock_.now().microseconds + microseconds_per_second});
    count = std::min(count, commands.size() - first);
    std::vector<Outcome> outcomes(count, Refusals{});
    std::vector<Waiting> waiting;
    for (std::size_t i = 0; i < count; ++i)
      waiting.push_back({asked_of(commands[first + i]), [&outcomes, i](Outcome o) { outcomes[i] = std::move(o); }});
    for (std::size_t i = 0; i < count; ++i) sent.insert(commands[first + i].key);
    execute(*book_, clock_, waiting);
    return outcomes;
  }
  /// How many commands the batch that begins at `first` takes.
  static std::size_t batch_at(std::size_t first) { return 1 + first * 7 % 6; }

  const std::vector<Sent> commands = small_workload(30);
  std::unordered_set<std::string> sent;
  std::unordered_map<std::string, std::string> answers;  ///< of what was acknowledged, by key

 private:
  SetClock clock_{Instant{1'772'438'400'000'000}};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Book> book_;
};

}  // namespace lotbook
