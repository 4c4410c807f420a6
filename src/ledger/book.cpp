// SPDX-License-Identifier: Apache-2.0
#include "ledger/book.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/json.h"
#include "ledger/laws.h"
#include "model/place_ends.h"
#include "store/migrations/schema.h"
#include "store/shared_store.h"

namespace lotbook {

namespace {

constexpr std::size_t bodies_held = 4 << 20;  // a long import writes entries out in blocks of this many bytes

std::string hex_secret() { return hex(random_bytes(32)); }

/// The writer's connection as the batch's own thread sees it while another one writes with it: every use waits for the
/// other to finish.
class WaitingConnection : public Connection {
 public:
  WaitingConnection(Connection& writer, Aside& aside) : writer_(writer), aside_(aside) {}
  void begin() override { waited().begin(); }
  void commit() override { waited().commit(); }
  void rollback() noexcept override { writer_.rollback(); }
  void run(std::string_view sql) override { waited().run(sql); }
  Statement& prepared(const char* sql) override { return waited().prepared(sql); }
  RowSink& rows_into(const char* insert, int columns, const char* on_conflict) override {
    return waited().rows_into(insert, columns, on_conflict);
  }

 private:
  Connection& waited() {
    aside_.wait();
    return writer_;
  }
  Connection& writer_;
  Aside& aside_;
};

}  // namespace

std::shared_ptr<const Masters> load_masters(Transaction& transaction) {
  auto masters = std::make_shared<Masters>();
  transaction.all_records([&](const RecordRow& row) { masters->load(row.noun, row.id, row.body); });
  return masters;
}

bool touches_masters(const Entry& entry) {
  // What is taken back or brought back may have been one.
  return !entry.reverses.empty() || !entry.reinstates.empty() ||
         std::any_of(entry.facts.begin(), entry.facts.end(),
                     [](const Fact& fact) { return std::holds_alternative<RecordSet>(fact); });
}

namespace {

constexpr std::uint64_t most_read_to_follow = 1000;

/// Reads what was written since an entry. False when master data should be read anew.
bool masters_are_same_since(Transaction& transaction, std::uint64_t seq, const Head& head) {
  if (head.seq - seq > most_read_to_follow) return false;
  bool same = true;
  Entry entry;
  transaction.entries_from(seq + 1, [&](const EntryRow& row) {
    decode_entry(row.body, row.seq, entry);
    return same = !touches_masters(entry);
  });
  return same;
}

}  // namespace

void Book::create(Store& store, const BookSettings& settings, Instant now) {
  Entry entry;
  entry.seq = 1, entry.kind = EntryKind::set_up, entry.recorded_at = now, entry.occurred.at = now,
  entry.settled_at = now;
  entry.who = "lotbook", entry.why = "The book begins.";
  entry.facts.push_back(
      RecordSet{Noun::book, ends::first_free_id, settings.code, differences<BookSettings>(nullptr, settings)});
  begin(store, std::move(entry), hex_secret());
}

void Book::begin_again(Store& store, const Entry& first, const std::string& key_secret) {
  if (!begin(store, first, key_secret))
    throw StoreFailure(StoreFailure::Kind::unavailable, store.name() + " holds a book already; name another place");
}

bool Book::begin(Store& store, Entry entry, const std::string& key_secret) {
  const std::unique_ptr<Connection> connection = store.open_writer();
  migrate(*connection);
  Transaction transaction(*connection);
  connection->begin();
  if (transaction.head()) return connection->rollback(), false;
  if (const std::string& state = store.state_folder(); !state.empty())
    if (const std::optional<HeadFile::Head> gone = HeadFile::read(state))
      throw StoreFailure(StoreFailure::Kind::older_past,
                         "a book that went to entry " + std::to_string(gone->seq) + " was here before, says " + state +
                             "head" +
                             ". Bring it back; or, if it is gone for good, remove that file; or name another place");
  transaction.put_setting("key_secret", key_secret);
  Head head;
  head.next_id = ends::first_free_id;
  View view(transaction, std::make_shared<const Masters>(), head);
  if (!entry.key.empty()) view.set_key_secret(from_hex(key_secret).value_or(Bytes()));
  view.apply(entry);
  Bytes body;
  encode_entry(entry, body);
  const Hash hash = chain_hash(Hash{}, body);
  append_many(transaction, view, [](const std::function<void()>& work) { work(); });
  append_few(transaction, view);
  const Transaction::NewEntry row{entry.seq, body, hash};
  transaction.add_entries({&row, 1});
  head = view.head(), head.hash = hash;
  transaction.put_head(head);
  connection->commit();
  return true;
}

std::string older_than(const HeadFile::Head& remembered, Transaction& transaction, const Head& head) {
  const std::string known = "entry " + std::to_string(remembered.seq) + " (hash " + hex(remembered.hash) + ")";
  if (head.seq < remembered.seq)
    return "the book ends at entry " + std::to_string(head.seq) + ", but " + known +
           " was acknowledged before: it is an older copy, or its end was cut";
  const std::optional<EntryRow> row = transaction.entry(remembered.seq);
  if (row && row->hash == remembered.hash) return {};
  return known + " was acknowledged before, but the book has " +
         (row ? "another entry there (hash " + hex(row->hash) + ")" : std::string("none there")) +
         ": it was written anew from some entry on, or is another book";
}

Book::Book(Store& store) : Book(store, Past::must_hold) {}
Book::Book(Store& store, Past past) : past_(past), store_(store) {
  if (const std::string& state = store.state_folder(); !state.empty()) remembered_ = std::make_unique<HeadFile>(state);
  reopen();
}
Book::~Book() = default;

std::optional<Entry> Book::accept_past(Store& store, Clock& clock, const std::string& who, const std::string& why) {
  std::string remembered = "unreadable";
  try {
    const std::optional<HeadFile::Head> head = HeadFile::read(store.state_folder());
    if (!head) return std::nullopt;
    remembered = head->text();
    const std::unique_ptr<Connection> reader = store.open_reader();
    reader->begin();
    Transaction transaction(*reader);
    if (const std::optional<Head> at = transaction.head(); at && older_than(*head, transaction, *at).empty())
      return std::nullopt;
  } catch (const StoreFailure& failure) {
    if (failure.kind != StoreFailure::Kind::older_past) throw;
    HeadFile::forget(store.state_folder());
  }
  Book book(store, Past::as_it_is);
  Batch batch(book);
  Entry entry;
  entry.kind = EntryKind::accept_past, entry.recorded_at = std::max(clock.now(), book.last_recorded());
  entry.occurred.at = entry.settled_at = entry.recorded_at;
  entry.who = who, entry.why = why;
  entry.facts.push_back(PastAccepted{remembered});
  entry = batch.post(std::move(entry));
  batch.commit();
  return entry;
}

void Book::remember(const Head& head) {
  if (!remembered_) return;
  const bool is_noted = remembered_->note({head.seq, head.hash});
  const std::lock_guard lock(mutex_);
  not_remembered_ = is_noted ? "" : "the newest head cannot be written to " + store_.state_folder() + "head";
}

void Book::sync_remembered() {
  if (remembered_) remembered_->sync();
}

std::string Book::not_remembered_because() const {
  const std::lock_guard lock(mutex_);
  return not_remembered_;
}

void Book::reopen() {
  writer_.reset();
  try {
    std::unique_ptr<Connection> writer = store_.open_writer();
    migrate(*writer);
    Transaction transaction(*writer);
    writer->begin();
    const std::optional<Head> head = transaction.head();
    if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book here yet");
    if (remembered_ && remembered_->remembered() && past_ == Past::must_hold)
      if (const std::string why = older_than(*remembered_->remembered(), transaction, *head); !why.empty())
        throw StoreFailure(StoreFailure::Kind::older_past,
                           why +
                               ". Nothing is written to it. If it was restored on purpose, accept that: lotbook "
                               "accept-past --reason WHY; else bring the right book back");
    if (is_shared()) check_for_known(transaction, *head);
    wanted_.forget();
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
    // Where an older past is accepted, the entry that says so is remembered, and nothing before it.
    if (past_ == Past::must_hold) remember(*head);
    const std::lock_guard lock(mutex_);
    head_ = *head, last_recorded_ = last_recorded, masters_ = std::move(masters), key_secret_ = *secret;
    writer_ = std::move(writer);  // only now: a half-opened book is not written to
    in_doubt_.clear();
  } catch (const OutcomeUnknown& unknown) {
    throw StoreFailure(unknown.kind, unknown.what());  // no command hangs on it
  }
}

bool Book::is_shared() const { return dynamic_cast<const SharedStore*>(&store_) != nullptr; }

/// The writer's transaction has begun, so nobody else writes now: what others wrote since the last one is taken over.
void Book::follow_others() {
  if (!is_shared()) return;
  Transaction transaction(*writer_);
  const std::optional<Head> head = transaction.head();
  const Head known = this->head();
  if (!head) throw StoreFailure(StoreFailure::Kind::damaged, "the row of the head is missing");
  if (head->seq == known.seq && head->hash == known.hash) return;
  check_for_known(transaction, *head);
  std::shared_ptr<const Masters> masters = this->masters();
  if (!masters_are_same_since(transaction, known.seq, *head)) masters = load_masters(transaction);
  const std::optional<EntryRow> newest = transaction.entry(head->seq);
  if (!newest) throw StoreFailure(StoreFailure::Kind::damaged, "the newest entry is missing");
  const Instant recorded = decode_entry(newest->body, newest->seq).recorded_at;
  wanted_.forget();
  remember(*head);
  const std::lock_guard lock(mutex_);
  head_ = *head, masters_ = std::move(masters), last_recorded_ = std::max(last_recorded_, recorded);
}

/// What was acknowledged is there, whoever wrote behind it.
void Book::check_for_known(Transaction& transaction, const Head& head) {
  const Head known = this->head();
  if (known.seq == 0) return;
  const std::optional<EntryRow> row = transaction.entry(known.seq);
  if (row && row->hash == known.hash && head.seq >= known.seq) return;
  const std::string why = "the database does not hold entry " + std::to_string(known.seq) +
                          " as it was acknowledged: an older or another state of the book was put in its place";
  stop(why);
  throw StoreFailure(StoreFailure::Kind::damaged, why);
}

std::shared_ptr<const Masters> Book::masters_at(Transaction& reader, const Head& head) {
  std::shared_ptr<const Masters> masters;
  std::uint64_t known = 0;
  {
    const std::lock_guard lock(mutex_);
    if (head_.seq >= head.seq) return masters_;
    masters = head_.seq >= followed_to_ ? masters_ : followed_;
    known = std::max(head_.seq, followed_to_);
  }
  if (known >= head.seq) return masters;
  if (!masters_are_same_since(reader, known, head)) masters = load_masters(reader);
  const std::lock_guard lock(mutex_);
  if (head.seq > followed_to_) followed_ = masters, followed_to_ = head.seq;
  return masters;
}

std::optional<bool> Book::stands(const Head& head) {
  try {
    if (!writer_) reopen();
    const std::unique_ptr<Connection> reader = store_.open_reader();
    reader->begin();
    Transaction transaction(*reader);
    const std::optional<EntryRow> row = transaction.entry(head.seq);
    const bool stands = row && row->hash == head.hash;
    reader->rollback();
    return stands;
  } catch (const std::exception&) {
    return std::nullopt;
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
    follow_others();
    work(transaction);
    writer_->commit();
  } catch (...) {
    writer_->rollback();
    writer_.reset();  // opened anew, whatever is left of it
    throw;
  }
}

Connection& Book::Batch::connection() {
  if (const std::string why = book_.stopped_because(); !why.empty())
    throw StoreFailure(StoreFailure::Kind::read_only, "writing has stopped: " + why);
  if (!book_.writer_) book_.reopen();
  try {
    book_.writer_->begin();
    book_.follow_others();
  } catch (...) {
    book_.writer_.reset();  // an uncertain connection is not used again
    throw;
  }
  if (size_ == Size::daily) return *book_.writer_;
  aside_ = std::make_unique<Aside>();
  waiting_ = std::make_unique<WaitingConnection>(*book_.writer_, *aside_);
  return *waiting_;
}

Book::Batch::Batch(Book& book, Size size)
    : book_(book), size_(size), transaction_(connection()), view_(transaction_, book.masters(), book.head()) {
  view_.set_key_secret(book.key_secret_);
  view_.keep_wanted(book.wanted_);
  chained_ = view_.head().hash;
  view_.set_pending([this](std::uint64_t seq) -> ByteView {
    const std::vector<Pending>& entries = pending_.entries;
    if (entries.empty() || seq < entries.front().seq || seq > entries.back().seq) return {};
    const Pending& p = entries[static_cast<std::size_t>(seq - entries.front().seq)];
    return ByteView(pending_.bodies).subspan(p.offset, p.size);
  });
}

Book::Batch::~Batch() {
  aside_.reset();
  if (is_done_) return;
  if (view_.head().seq != book_.head().seq) book_.wanted_.forget();  // entries counted that never were
  if (book_.writer_) book_.writer_->rollback();
}

const Entry& Book::Batch::post(Entry entry) {
  post_kept(entry);
  last_ = std::move(entry);
  return last_;
}

void Book::Batch::post_kept(Entry& entry) {
  try {
    entry.seq = view_.head().seq + 1;
    view_.apply(entry);
    check_laws(view_, entry);
    const std::size_t offset = pending_.bodies.size();
    encode_entry(entry, pending_.bodies);
    Hash hash{};
    if (!aside_) {
      hash = chain_hash(view_.head().hash, ByteView(pending_.bodies).subspan(offset));
      view_.set_hash(hash);
    }
    pending_.entries.push_back({entry.seq, offset, pending_.bodies.size() - offset, hash});
  } catch (const BrokenLaw& law) {
    book_.stop(law.what());
    throw;
  }
  last_recorded_ = entry.recorded_at;
  if (pending_.bodies.size() > bodies_held) write_entries();
}

void Book::Batch::write(std::function<void()> work) {
  if (aside_)
    aside_->run(std::move(work));
  else
    work();
}

void Book::Batch::write_entries() {
  write([this, block = std::make_shared<Block>(std::exchange(pending_, Block()))] {
    std::vector<Transaction::NewEntry> rows;
    rows.reserve(block->entries.size());
    for (Pending& p : block->entries) {
      const ByteView body = ByteView(block->bodies).subspan(p.offset, p.size);
      if (aside_) p.hash = chained_ = chain_hash(chained_, body);
      rows.push_back({p.seq, body, p.hash});
    }
    Transaction(*book_.writer_).add_entries(rows);
  });
}

void Book::Batch::commit() {
  try {
    write_entries();
    Transaction writer(*book_.writer_);
    append_many(writer, view_, [&](std::function<void()> work) { write(std::move(work)); });
    if (aside_) {
      aside_->wait();
      view_.set_hash(chained_);
    }
    // Before the last changes: what a later command of the batch erases must not come back.
    for (const PrivateRow& row : privates_) writer.add_private(row);
    append_few(writer, view_);
    writer.put_head(view_.head());
    view_.settle_wanted();
    book_.writer_->commit();
  } catch (...) {
    aside_.reset();
    for (const auto& [key, seq] : view_.changes().idem) book_.in_doubt_.insert(key);
    // What is in memory may differ from what is on disk: the next batch reads the book anew.
    is_done_ = true;
    book_.wanted_.forget();
    book_.writer_->rollback();
    book_.writer_.reset();
    throw;
  }
  is_done_ = true;
  book_.remember(view_.head());
  const std::lock_guard lock(book_.mutex_);
  book_.head_ = view_.head();
  book_.last_recorded_ = std::max(book_.last_recorded_, last_recorded_);
  if (view_.changes().masters_changed) book_.masters_ = view_.masters_snapshot();
}

}  // namespace lotbook
