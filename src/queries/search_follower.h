// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "store/search_index.h"
#include "store/store.h"

// Search is derived behind the commit, not in it: trigrams would halve the rate of receipts. The follower reads the
// entries that are new in short snapshots, and writes what they make findable into the index.

namespace lotbook {

/// Brings an index after its book, a bounded piece at a time.
class SearchCatchUp {
 public:
  SearchCatchUp(Store& store, SearchIndex& index) : store_(store), index_(index) {}
  /// True while there is more to read. An index of another book, or of another branch of this one, is started over.
  /// Throws StoreFailure.
  bool step();
  /// The entry that the index has reached by the last step.
  std::uint64_t reached() const { return reached_; }

 private:
  Store& store_;
  SearchIndex& index_;
  std::unique_ptr<Connection> reader_;
  std::uint64_t reached_ = 0;
};

/// The index of a book, caught up as far as this time allows, for a program that runs once; null when there is none.
/// Where another process keeps the index, it is left to it.
std::unique_ptr<SearchIndex> open_caught_up(Store& store, std::chrono::milliseconds allowed);

/// A thread of its own that keeps the index of a served book. Trouble with the index is told and tried again at a later
/// entry; the book and its writer never wait for it.
class SearchFollower {
 public:
  using Say = std::function<void(const std::string&)>;
  SearchFollower(Store& store, Say say);
  ~SearchFollower();
  SearchFollower(const SearchFollower&) = delete;
  SearchFollower& operator=(const SearchFollower&) = delete;

  /// Null where this database cannot search by pieces.
  SearchIndex* index() { return index_.get(); }
  /// The book has new entries. Called on the writer's thread; only leaves a note.
  void wake();
  /// Waits until it has come to this entry; false when the time is over before.
  bool wait_for(std::uint64_t entry, std::chrono::milliseconds most);
  std::uint64_t reached() const;

 private:
  void run();
  bool catch_up();
  bool is_stopping() const;

  Store& store_;
  Say say_;
  std::unique_ptr<SearchIndex> index_;
  mutable std::mutex mutex_;
  std::condition_variable wake_, came_;
  bool has_news_ = true, stopping_ = false;
  std::uint64_t reached_ = 0;
  std::thread thread_;
};

}  // namespace lotbook
