// SPDX-License-Identifier: Apache-2.0
#include "queries/search_follower.h"

#include <sys/resource.h>
#include <unistd.h>

#include "queries/search_terms.h"
#include "store/sql/transaction.h"

namespace lotbook {

namespace {

// A snapshot that stays open keeps the log from being reused: a piece is read in milliseconds, and written after it.
constexpr std::size_t entries_at_once = 4096, terms_at_once = 16'384;

bool knows(Transaction& book, const SearchReached& reached) {
  if (reached.entry == 0) return true;
  const std::optional<EntryRow> row = book.entry(reached.entry);
  return row && row->hash == reached.hash;
}

}  // namespace

bool SearchCatchUp::step() {
  SearchReached reached = index_.reached();
  if (!reader_) reader_ = store_.open_reader();
  std::vector<SearchTerm> terms;
  std::size_t entries = 0;
  bool there_is_more = false;
  try {
    reader_->begin();
    Transaction book(*reader_);
    if (!knows(book, reached)) index_.start_over(), reached = {};
    Entry entry;
    book.entries_from(reached.entry + 1, [&](const EntryRow& row) {
      if (entries == entries_at_once || terms.size() >= terms_at_once) return there_is_more = true, false;
      decode_entry(row.body, row.seq, entry);
      add_search_terms(entry, terms);
      reached.entry = row.seq, reached.hash = row.hash, ++entries;
      return true;
    });
    reader_->rollback();
  } catch (...) {
    reader_.reset();
    throw;
  }
  if (entries > 0) index_.add(std::move(terms), reached);
  reached_ = reached.entry;
  return there_is_more;
}

std::unique_ptr<SearchIndex> open_caught_up(Store& store, std::chrono::milliseconds allowed) {
  const auto until = std::chrono::steady_clock::now() + allowed;
  std::unique_ptr<SearchIndex> index = store.open_search();
  if (!index) return nullptr;
  try {
    SearchCatchUp catch_up(store, *index);
    while (catch_up.step() && std::chrono::steady_clock::now() < until) {
    }
  } catch (const StoreFailure&) {
    // A server keeps it, or it cannot be written here: what there is of it may serve.
  } catch (const OutcomeUnknown&) {
  }
  return index;
}

SearchFollower::SearchFollower(Store& store, Say say)
    : store_(store), say_(std::move(say)), index_(store.open_search()) {
  if (index_)
    thread_ = std::thread([this] { run(); });
  else
    say_("there is no search index here: searching reads through all names");
}

SearchFollower::~SearchFollower() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SearchFollower::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  wake_.notify_one();
}

bool SearchFollower::wait_for(std::uint64_t entry, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return came_.wait_for(lock, most, [&] { return reached_ >= entry; });
}

std::uint64_t SearchFollower::reached() const {
  const std::lock_guard lock(mutex_);
  return reached_;
}

bool SearchFollower::is_stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void SearchFollower::run() {
  // On Linux this is the thread's own: where processors are short, the writer comes first.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);
  constexpr auto after_trouble = std::chrono::seconds(10);
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return has_news_ || stopping_; });
      if (stopping_) return;
      has_news_ = false;
    }
    if (catch_up()) continue;
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, after_trouble, [&] { return stopping_; })) return;
    has_news_ = true;
  }
}

/// False when something is wrong.
bool SearchFollower::catch_up() {
  try {
    SearchCatchUp catch_up(store_, *index_);
    for (bool more = true; more && !is_stopping();) {
      more = catch_up.step();
      const std::lock_guard lock(mutex_);
      reached_ = catch_up.reached();
      came_.notify_all();
    }
    return true;
  } catch (const StoreFailure& failure) {
    if (failure.kind == StoreFailure::Kind::damaged) index_->distrust();
    say_(std::string("the search index cannot be kept: ") + failure.what());
  } catch (const std::exception& error) {
    index_->distrust();
    say_(std::string("the search index cannot be kept: ") + error.what());
  }
  return false;
}

}  // namespace lotbook
