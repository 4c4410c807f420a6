// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

#include "base/aside.h"
#include "base/time.h"
#include "ledger/view.h"
#include "store/head_file.h"
#include "store/sql/transaction.h"
#include "store/store.h"

// The book as its one writer holds it: the writing connection, the head, and the master data that readers share.
// Entries come in through a `Batch`: any number of them, one commit.

namespace lotbook {

class Book {
 public:
  /// Makes the tables of a new book and its first entry. Does nothing to a book that has entries.
  static void create(Store& store, const BookSettings& settings, Instant now);

  /// Begins a new book with the first entry of another one, to post its entries anew. Throws StoreFailure for a book
  /// that has entries.
  static void begin_again(Store& store, const Entry& first, const std::string& key_secret);

  /// Opens the book for writing: migrates, reads head and master data. Throws StoreFailure; also when the store keeps
  /// its state in a folder, and the book is behind, or another than, what was acknowledged before.
  explicit Book(Store& store);
  /// Opens a book that is refused for that, and posts an entry that says who accepted it and why. Answers with the
  /// entry; nullopt when there is nothing to accept.
  static std::optional<Entry> accept_past(Store& store, Clock& clock, const std::string& who, const std::string& why);
  ~Book();

  Store& store() { return store_; }
  /// Whether other processes may write it, too.
  bool is_shared() const;
  /// Master data as of the last commit; a snapshot that stays as it is.
  std::shared_ptr<const Masters> masters() const;
  Head head() const;
  /// When the newest entry of this process was recorded: recorded times never run backwards.
  Instant last_recorded() const;
  /// Why nothing is written any more: a law was broken. Empty while all is well.
  std::string stopped_because() const;
  /// Something that must never happen did: nothing is written from now on, until the book is opened again.
  void stop(const std::string& why);

  /// One write transaction. Destroyed without `commit`, nothing happened.
  class Batch {
   public:
    /// `bulk`: for an import of any size. Entries are hashed and written by a thread of their own meanwhile.
    enum class Size { daily, bulk };
    explicit Batch(Book& book, Size size = Size::daily);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    View& view() { return view_; }
    Transaction& transaction() { return transaction_; }
    /// Numbers, applies, checks and chains an entry that was judged before. Throws BrokenLaw when a law does not hold:
    /// the batch is lost.
    const Entry& post(Entry entry);
    /// The same with an entry that stays the caller's, to use its memory again.
    void post_kept(Entry& entry);
    void keep_private(PrivateRow row) { privates_.push_back(std::move(row)); }
    /// Writes everything and commits. StoreFailure: certainly nothing happened. OutcomeUnknown: perhaps.
    void commit();

   private:
    friend class Book;
    Connection& connection();
    void write_entries();
    void write(std::function<void()> work);
    Book& book_;
    const Size size_;
    std::unique_ptr<Aside> aside_;
    std::unique_ptr<Connection> waiting_;  // of a bulk batch: the writer's, which waits for `aside_`
    Transaction transaction_;
    View view_;
    std::vector<PrivateRow> privates_;
    struct Pending {
      std::uint64_t seq;
      std::size_t offset, size;
      Hash hash;
    };
    struct Block {
      Bytes bodies;
      std::vector<Pending> entries;
    };
    Block pending_;
    Entry last_;
    Instant last_recorded_{INT64_MIN};
    Hash chained_{};  // of a bulk batch: the newest hash; touched by `aside_` alone until that has ended
    bool is_done_ = false;
  };

  /// Master data as of a reader's snapshot, when other processes write this book too. Never older than what the writer
  /// of this process knows.
  std::shared_ptr<const Masters> masters_at(Transaction& reader, const Head& head);

  /// After OutcomeUnknown of a batch that would have left this head: whether it stands. Waits until whatever was sent
  /// has come to its end; nullopt when the book cannot be read anew. For the writer's thread.
  std::optional<bool> stands(const Head& head);

  /// What readers see, for answering from it while nothing can be written.
  View reading_view(Transaction& reader) const;
  /// Whether what was asked under this key may yet turn out to stand although no reader sees it: its commit could not
  /// be told, and the book was not opened anew since. For the writer's thread.
  bool is_in_doubt(std::int64_t idem_key) const { return in_doubt_.contains(idem_key); }

  /// What was acknowledged is remembered outside the book even after a power cut. From any thread.
  void sync_remembered();
  /// Why the newest head could not be remembered outside the book; empty while it can.
  std::string not_remembered_because() const;

  /// Work beside the ledger (accounts, tokens) in a transaction of the writer.
  void beside(const std::function<void(Transaction&)>& work);

 private:
  enum class Past { must_hold, as_it_is };
  static bool begin(Store& store, Entry first, const std::string& key_secret);
  Book(Store& store, Past past);
  void reopen();
  void remember(const Head& head);
  std::unique_ptr<HeadFile> remembered_;
  Past past_;
  void follow_others();
  void check_for_known(Transaction& transaction, const Head& head);
  WantedSums wanted_;  // of the writer, from batch to batch
  Store& store_;
  std::unique_ptr<Connection> writer_;
  mutable std::mutex mutex_;  // guards what readers ask for
  std::shared_ptr<const Masters> masters_;
  Head head_;
  std::shared_ptr<const Masters> followed_;  // by readers, when others write: as of entry `followed_to_`
  std::uint64_t followed_to_ = 0;
  Instant last_recorded_{INT64_MIN};
  Bytes key_secret_;
  std::unordered_set<std::int64_t> in_doubt_;
  std::string stopped_, not_remembered_;
};

/// What is wrong with a book of this head, given what was acknowledged before; empty: nothing.
std::string older_than(const HeadFile::Head& remembered, Transaction& transaction, const Head& head);
/// Whether the entry may have changed master data.
bool touches_masters(const Entry& entry);

/// Reads all master data of a book.
std::shared_ptr<const Masters> load_masters(Transaction& transaction);

/// Writes what a view changed, once per table, sorted by key (append.cpp): first the tables where that may be many
/// rows. They are sorted here and written by what is given to `write`, in that order; it may be done later, while the
/// next rows are sorted, as long as nothing of the view changes.
void append_many(Transaction& transaction, View& view, const std::function<void(std::function<void()>)>& write);
/// Then, when all that is written, the other tables.
void append_few(Transaction& transaction, View& view);

/// The row of the record table for a record of any noun.
RecordRow record_row(const Masters& masters, std::uint32_t id);

}  // namespace lotbook
