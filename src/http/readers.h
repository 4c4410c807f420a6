// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "commands/actor.h"
#include "ledger/book.h"
#include "queries/question.h"

// Reader connections for questions. Each question gets one snapshot of the book: rows and master data of the same
// moment, whatever is written meanwhile.

namespace lotbook {

/// Names, addresses and telephone numbers of people are shown to those who need them for their work.
bool may_see_personal(const Actor& actor);

class Readers {
 public:
  explicit Readers(Book& book, SearchIndex* search = nullptr) : book_(book), search_(search) {}

  /// One snapshot, for as long as this lives. Used by one thread at a time.
  class Reading {
   public:
    explicit Reading(Readers& readers);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    View& view() { return view_; }
    Transaction& transaction() { return transaction_; }
    Snapshot snapshot(Instant now, const Actor& actor) const;
    /// The entry that answers reflect.
    std::uint64_t entry() const { return view_.head().seq; }

   private:
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
    Transaction transaction_;
    View view_;
    int exceptions_;
  };

 private:
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);
  View view_of(Transaction& transaction);

  Book& book_;
  SearchIndex* search_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;  // as many as questions were ever asked at once
};

}  // namespace lotbook
