// SPDX-License-Identifier: Apache-2.0
#include "ledger/book.h"

#include "base/check.h"
#include "base/json.h"
#include "ledger/laws.h"
#include "model/place_ends.h"
#include "store/migrations/schema.h"

namespace lotbook {

namespace {

constexpr std::size_t bodies_held = 4 << 20;  // a long import writes entries out in blocks of this many bytes

std::string hex_secret() { return hex(random_bytes(32)); }

}  // namespace

std::shared_ptr<const Masters> load_masters(Transaction& transaction) {
  auto masters = std::make_shared<Masters>();
  transaction.all_records([&](const RecordRow& row) { masters->load(row.noun, row.id, row.body); });
  return masters;
}

void Book::create(Store& store, const BookSettings& settings, Instant now) {
  const std::unique_ptr<Connection> connection = store.open_writer();
  migrate(*connection);
  Transaction transaction(*connection);
  connection->begin();
  if (transaction.head()) return connection->rollback();
  transaction.put_setting("key_secret", hex_secret());
  Head head;
  head.next_id = ends::first_free_id;
  View view(transaction, std::make_shared<const Masters>(), head);
  Entry entry;
  entry.seq = 1, entry.kind = EntryKind::set_up, entry.recorded_at = now, entry.occurred.at = now,
  entry.settled_at = now;
  entry.who = "lotbook", entry.why = "The book begins.";
  entry.facts.push_back(
      RecordSet{Noun::book, view.next_id(), settings.code, differences<BookSettings>(nullptr, settings)});
  view.apply(entry);
  Bytes body;
  encode_entry(entry, body);
  const Hash hash = chain_hash(Hash{}, body);
  append_changes(transaction, view);
  const Transaction::NewEntry row{entry.seq, body, hash};
  transaction.add_entries({&row, 1});
  head = view.head(), head.hash = hash;
  transaction.put_head(head);
  connection->commit();
}

Book::Book(Store& store) : store_(store) { reopen(); }
Book::~Book() = default;

void Book::reopen() {
  writer_.reset();
  try {
    std::unique_ptr<Connection> writer = store_.open_writer();
    migrate(*writer);
    Transaction transaction(*writer);
    writer->begin();
    const std::optional<Head> head = transaction.head();
    if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "this file holds no book yet");
    std::shared_ptr<const Masters> masters = load_masters(transaction);
    Instant last_recorded{INT64_MIN};
    if (const std::optional<EntryRow> row = transaction.entry(head->seq))
      last_recorded = decode_entry(row->body, row->seq).recorded_at;
    const std::optional<Bytes> secret = from_hex(transaction.setting("key_secret").value_or(""));
    if (!secret) throw StoreFailure(StoreFailure::Kind::damaged, "the book's key secret is not readable");
    // What was read may never have been synced, if the writer before was killed; and a commit that failed may still lie
    // in the log and come back with the power. A commit of our own makes the one durable and overwrites the other.
    transaction.put_setting("last_opening", hex(random_bytes(8)));
    writer->commit();
    const std::lock_guard lock(mutex_);
    head_ = *head, last_recorded_ = last_recorded, masters_ = std::move(masters), key_secret_ = *secret;
    writer_ = std::move(writer);  // only now: a half-opened book is not written to
    in_doubt_.clear();
  } catch (const OutcomeUnknown& unknown) {
    throw StoreFailure(unknown.kind, unknown.what());  // no command hangs on it
  }
}

std::shared_ptr<const Masters> Book::masters() const {
  const std::lock_guard lock(mutex_);
  return masters_;
}

Head Book::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

Instant Book::last_recorded() const {
  const std::lock_guard lock(mutex_);
  return last_recorded_;
}

std::string Book::stopped_because() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

void Book::stop(const std::string& why) {
  const std::lock_guard lock(mutex_);
  stopped_ = why;
}

View Book::reading_view(Transaction& reader) const {
  View view(reader, masters(), head());
  view.set_key_secret(key_secret_);
  return view;
}

void Book::beside(const std::function<void(Transaction&)>& work) {
  if (!writer_) reopen();
  Transaction transaction(*writer_);
  writer_->begin();
  try {
    work(transaction);
    writer_->commit();
  } catch (...) {
    writer_->rollback();
    writer_.reset();  // opened anew, whatever is left of it
    throw;
  }
}

Book::Batch::Batch(Book& book)
    : book_(book),
      transaction_([&]() -> Connection& {
        if (const std::string why = book.stopped_because(); !why.empty())
          throw StoreFailure(StoreFailure::Kind::read_only, "writing has stopped: " + why);
        if (!book.writer_) book.reopen();
        try {
          book.writer_->begin();
        } catch (...) {
          book.writer_.reset();  // an uncertain connection is not used again
          throw;
        }
        return *book.writer_;
      }()),
      view_(transaction_, book.masters(), book.head()) {
  view_.set_key_secret(book.key_secret_);
  view_.set_pending([this](std::uint64_t seq) -> ByteView {
    if (pending_.empty() || seq < pending_.front().seq || seq > pending_.back().seq) return {};
    const Pending& p = pending_[static_cast<std::size_t>(seq - pending_.front().seq)];
    return ByteView(bodies_).subspan(p.offset, p.size);
  });
}

Book::Batch::~Batch() {
  if (is_done_) return;
  if (book_.writer_) book_.writer_->rollback();
}

const Entry& Book::Batch::post(Entry entry) {
  try {
    entry.seq = view_.head().seq + 1;
    view_.apply(entry);
    check_laws(view_, entry);
    const std::size_t offset = bodies_.size();
    encode_entry(entry, bodies_);
    const Hash hash = chain_hash(view_.head().hash, ByteView(bodies_).subspan(offset));
    view_.set_hash(hash);
    pending_.push_back({entry.seq, offset, bodies_.size() - offset, hash});
  } catch (const BrokenLaw& law) {
    book_.stop(law.what());
    throw;
  }
  if (bodies_.size() > bodies_held) write_entries();
  last_ = std::move(entry);
  return last_;
}

void Book::Batch::write_entries() {
  std::vector<Transaction::NewEntry> rows;
  rows.reserve(pending_.size());
  for (const Pending& p : pending_) rows.push_back({p.seq, ByteView(bodies_).subspan(p.offset, p.size), p.hash});
  transaction_.add_entries(rows);
  pending_.clear(), bodies_.clear();
}

void Book::Batch::commit() {
  try {
    write_entries();
    // Before the changes: what a later command of the batch erases must not come back.
    for (const PrivateRow& row : privates_) transaction_.add_private(row);
    append_changes(transaction_, view_);
    transaction_.put_head(view_.head());
    book_.writer_->commit();
  } catch (...) {
    for (const auto& [key, seq] : view_.changes().idem) book_.in_doubt_.insert(key);
    // What is in memory may differ from what is on disk: the next batch reads the book anew.
    is_done_ = true;
    book_.writer_->rollback();
    book_.writer_.reset();
    throw;
  }
  is_done_ = true;
  const std::lock_guard lock(book_.mutex_);
  book_.head_ = view_.head();
  if (last_.seq != 0) book_.last_recorded_ = last_.recorded_at;
  if (view_.changes().masters_changed) book_.masters_ = view_.masters_snapshot();
}

}  // namespace lotbook
