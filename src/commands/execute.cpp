// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <future>
#include <variant>

#include "base/check.h"
#include "base/json.h"
#include "commands/assignments.h"
#include "commands/executor.h"
#include "commands/records.h"
#include "commands/serials.h"
#include "commands/sites.h"
#include "ledger/handling_units.h"
#include "ledger/held_handling_units.h"
#include "ledger/order_moves.h"
#include "ledger/timeline.h"
#include "ledger/vessel.h"
#include "model/place_ends.h"
#include "store/shared_store.h"

namespace lotbook {

namespace {

constexpr std::int64_t future_allowed = 5 * microseconds_per_minute;  // R29

Refusal refuse_shortage(const View& view, const Draft& draft, const Shortage& s) {
  const LotState* lot = view.lot(s.lot);
  const Item* item = lot ? view.masters().items.find(lot->lot.item) : nullptr;
  const Place* place = view.masters().places.find(s.place);
  const std::string where = place ? place->code : "transit";
  const std::string what =
      (lot ? "lot " + lot->lot.code + " of " + (item ? item->code : "?") : "a lot opened by this command");
  const std::string unit = item ? " " + item->unit : "";
  const int decimals = item ? item->decimals : 0;
  std::string detail;
  Code code = Code::not_enough;
  if (!draft.entry.reverses.empty()) {
    code = Code::in_the_way;
    detail = "Taking this back would leave " + what + " short by " + s.lacking.text(decimals) + unit + " in " + where +
             ". Correct the entries that used it first, or together with it.";
  } else if (s.is_now) {
    detail = "There is " + s.had.text(decimals) + unit + " of " + what + " in " + where + ", " +
             s.lacking.text(decimals) + unit +
             " too little. If you have it in your hands, confirm with confirm_here; else count the place.";
  } else {
    code = Code::before_goods_arrived;
    detail = "At " + s.at.text() + " there was only " + s.had.text(decimals) + unit + " of " + what + " in " + where +
             ", " + s.lacking.text(decimals) + unit +
             " too little. Check the time, or record first how the goods came there.";
  }
  Refusal refusal{code, draft.quantity_field, detail};
  refusal.facts = {
      {"lot", lot ? lot->lot.code : ""}, {"place", where}, {"had", s.had.text()}, {"lacking", s.lacking.text()}};
  for (const std::uint64_t seq : s.in_the_way) refusal.facts.emplace_back("entry", std::to_string(seq));
  return refusal;
}

/// R26, R27, R29: when it happened, as an interval, and its settled instant.
std::optional<Refusal> settle(const View& view, const Moment& moment, Draft& draft) {
  Entry& entry = draft.entry;
  entry.recorded_at = moment.now;
  bool is_day = false;
  if (draft.occurred_at) {
    is_day = draft.occurred_at->day.has_value();
    entry.occurred = draft.occurred_at->at(view.masters().zone_of(draft.place));
    const BookSettings& book = view.masters().book;
    const std::int64_t slack = book.time_slack_seconds * microseconds_per_second;
    if (entry.occurred.earliest().microseconds > moment.now.microseconds + future_allowed)
      return Refusal{Code::in_the_future, "/occurred_at",
                     "That is in the future: it is " + moment.now.text() +
                         " now. Give the time at which it happened, or leave it out."};
    if (entry.occurred.latest().microseconds < moment.now.microseconds - book.backdate_days * microseconds_per_day) {
      if (!moment.actor.may(Right::backdate))
        return Refusal{
            Code::too_old, "/occurred_at",
            "That is more than " + std::to_string(book.backdate_days) + " days ago; it needs the right to backdate."};
      if (entry.why.empty()) return Refusal{Code::too_old, "/reason", "Say why it is recorded so late."};
    }
    const bool fixed = draft.keeps_settled;
    if (!fixed) entry.settled_at = settled_instant(view, entry, is_day);
    entry.occurred.at.microseconds -= slack, entry.occurred.length += 2 * slack;
  } else if (!draft.keeps_settled) {
    entry.occurred = Interval{moment.now, 0};
    entry.settled_at = moment.now;
  }
  return std::nullopt;
}

Outcome answer_of(const View& view, const Entry& entry) { return posted_answer(entry, view.masters(), view); }

/// R-exactly-once: the key was seen before. The same request gets the same answer; another is refused.
std::optional<Outcome> known_key(const View& view, const Asked& asked) {
  if (asked.key.empty()) return std::nullopt;
  const std::optional<std::uint64_t> seq = view.idem(view.idem_key(asked.client, asked.key));
  if (!seq) return std::nullopt;
  const Entry* entry = view.entry(*seq);
  check(entry != nullptr, "a key points at an entry of the book");
  if (entry->client != asked.client || entry->key != asked.key)
    return Refusals{{Code::key_collision, "",
                     "This key meets another one in the book by chance. Send the command again under a new key."}};
  if (entry->digest != asked.digest)
    return Refusals{{Code::key_reused, "",
                     "This key was used for another request (entry " + std::to_string(*seq) +
                         "). Use a new key for a new request."}};
  return answer_of(view, *entry);
}

/// What a command comes to behind those before it: a draft that may be posted, or what there is to answer.
std::variant<Outcome, Draft> decided(const View& view, Instant now, const Asked& asked) {
  if (std::optional<Outcome> known = known_key(view, asked)) return *std::move(known);
  if (!asked.actor.may(asked.row->right))
    return Refusals{{Code::right_needed, "",
                     "This needs the right \"" + std::string(name_of(asked.row->right)) +
                         "\". Ask an administrator, or someone who has it."}};
  const Moment moment{now, asked.actor};
  Result<Draft> draft = asked.row->decide(asked.command.get(), moment, view);
  if (!draft) return draft.refusals();
  if (draft->same_as != 0) return answer_of(view, *view.entry(draft->same_as));
  if (std::optional<Refusal> refusal = refused_by_sites(view, asked.actor, *draft)) return Refusals{*refusal};
  if (std::optional<Refusal> refusal = settle(view, moment, *draft)) return Refusals{*refusal};
  if (std::optional<Refusal> refusal = refused_by_assignments(view, *draft)) return Refusals{*refusal};
  if (std::optional<Refusal> refusal = refused_by_serials(view, *draft)) return Refusals{*refusal};
  Entry& entry = draft->entry;
  if (std::optional<Shortage> shortage = shortage_of(view, entry))
    return Refusals{refuse_shortage(view, *draft, *shortage)};
  if ((entry.kind == EntryKind::count || entry.kind == EntryKind::adjust) && entry.reverses.empty())
    release_lost_goods(view, entry);
  if (std::optional<Refusal> refusal = refused_by_vessels(view, entry, {draft->quantity_field, draft->into_field}))
    return Refusals{*refusal};
  if (std::optional<Refusal> refusal = refused_by_handling_units(view, entry, draft->quantity_field))
    return Refusals{*refusal};
  if (std::optional<Refusal> refusal = refused_by_held_handling_units(view, entry, draft->quantity_field))
    return Refusals{*refusal};
  if (std::optional<Refusal> refusal = refused_by_orders(view, entry, draft->quantity_field)) return Refusals{*refusal};
  return *std::move(draft);
}

Outcome decide_and_post(Book::Batch& batch, Instant now, const Asked& asked) {
  const View& view = batch.view();
  std::variant<Outcome, Draft> what = decided(view, now, asked);
  if (auto* outcome = std::get_if<Outcome>(&what)) return std::move(*outcome);
  Draft& draft = std::get<Draft>(what);
  Entry& entry = draft.entry;
  entry.who = asked.actor.name, entry.client = asked.client, entry.key = asked.key, entry.digest = asked.digest;
  seal_personal(draft);
  for (PrivateRow& row : draft.privates) batch.keep_private(std::move(row));
  const Entry& posted = batch.post(std::move(entry));
  batch.view().remember(posted);
  return answer_of(view, posted);
}

/// Where each reading is a journey to a database, the waiting commands' readings are made together: each command is
/// decided as if it were alone, on a view that is thrown away, until nothing more is to be fetched. What it decides on
/// what is not there yet is worth nothing; what it asked for on the way is at hand when it is decided in its turn.
void read_ahead(Book& book, Transaction& transaction, Instant now, const std::vector<Waiting>& waiting) {
  auto* connection = dynamic_cast<FarConnection*>(&transaction.connection());
  if (!connection) return;
  constexpr int most_journeys = 12;
  for (int journey = 0; journey < most_journeys; ++journey) {
    connection->looking_ahead(true);
    for (const Waiting& one : waiting) {
      try {
        decided(book.reading_view(transaction), now, one.asked);
      } catch (const NotYetRead&) {
      } catch (const std::exception&) {
        // In its turn it is decided on what is so.
      }
    }
    connection->looking_ahead(false);
    if (connection->read_noted() == 0) return;
  }
}

/// A refusal holds at one entry of the book: it names the newest that it was decided behind.
Outcome decide_behind(Book::Batch& batch, Instant now, const Asked& asked) {
  Outcome outcome = decide_and_post(batch, now, asked);
  if (auto* refusals = std::get_if<Refusals>(&outcome))
    for (Refusal& refusal : *refusals)
      refusal.facts.emplace_back(refused_behind, std::to_string(batch.view().head().seq));
  return outcome;
}

Outcome store_outcome(const StoreFailure& failure) {
  const Code code = failure.kind == StoreFailure::Kind::full         ? Code::book_is_full
                    : failure.kind == StoreFailure::Kind::read_only  ? Code::book_is_read_only
                    : failure.kind == StoreFailure::Kind::older_past ? Code::past_is_older
                                                                     : Code::unavailable;
  return Refusals{
      {code, "",
       std::string("Nothing was written: ") + failure.what() + ". Reading goes on; try again when this is mended."}};
}

Outcome unknown_outcome(const std::string& what) {
  return Unknown{what + ". Send the same command again under the same key: it will say whether it was applied."};
}

/// The batch wrote nothing, or nobody knows. A command that was sent before may stand in the book all the same: then it
/// gets its answer. That nothing was written is said only of those of which it is certain.
void answer_without_writing(Book& book, const std::vector<Waiting>& waiting, const Outcome& otherwise,
                            std::vector<Outcome>& outcomes) {
  std::fill(outcomes.begin(), outcomes.end(), otherwise);
  try {
    const std::unique_ptr<Connection> reader = book.store().open_reader();
    reader->begin();
    Transaction transaction(*reader);
    const View view = book.reading_view(transaction);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Asked& asked = waiting[i].asked;
      const bool in_doubt = !asked.key.empty() && book.is_in_doubt(view.idem_key(asked.client, asked.key));
      // What this server of a database shows may be on no other one yet, and gone when that takes over.
      std::optional<Outcome> known = in_doubt && book.is_shared() ? std::nullopt : known_key(view, asked);
      if (known)
        outcomes[i] = std::move(*known);
      else if (in_doubt)
        outcomes[i] = unknown_outcome("The book cannot be read anew now");
    }
  } catch (const std::exception& error) {
    std::fill(outcomes.begin(), outcomes.end(),
              unknown_outcome(std::string("The book cannot be read: ") + error.what()));
  }
}

}  // namespace

namespace {

/// Where a database across a network may be lost and found again in mid-work, so many times.
constexpr int most_attempts = 4;

/// One batch. False when it came to nothing, for a reason that may be over at once.
bool is_settled(Book& book, Clock& clock, const std::vector<Waiting>& waiting, bool may_try_again,
                std::vector<Outcome>& outcomes) {
  Head head;
  try {
    Book::Batch batch(book);
    // Recorded times never run backwards, whatever the machine's clock does.
    const Instant now = std::max(clock.now(), book.last_recorded());
    const std::uint64_t before = batch.view().head().seq;
    read_ahead(book, batch.transaction(), now, waiting);
    for (std::size_t i = 0; i < waiting.size(); ++i) outcomes[i] = decide_behind(batch, now, waiting[i].asked);
    head = batch.view().head();
    if (head.seq != before) batch.commit();
  } catch (const OutcomeUnknown& unknown) {
    // A shared book is read anew at once: its server has finished by then what it was sent, and the last entry of the
    // batch stands or does not.
    const std::optional<bool> stands = book.is_shared() ? book.stands(head) : std::nullopt;
    if (stands == true) return true;
    if (stands == false && may_try_again) return false;
    answer_without_writing(book, waiting, unknown_outcome(unknown.what()), outcomes);
  } catch (const Interrupted& failure) {
    if (may_try_again) return false;
    answer_without_writing(book, waiting, store_outcome(failure), outcomes);
  } catch (const StoreFailure& failure) {
    answer_without_writing(book, waiting, store_outcome(failure), outcomes);
  } catch (const BrokenLaw& law) {
    book.stop(law.what());  // also when it was found while deciding
    answer_without_writing(book, waiting,
                           Refusals{{Code::book_is_read_only, "",
                                     std::string("Nothing was written, and writing has stopped: ") + law.what() +
                                         ". Run `lotbook verify` and report this."}},
                           outcomes);
  } catch (const std::exception& error) {
    // Thrown before the commit, which turns whatever it meets into one of the above.
    answer_without_writing(
        book, waiting,
        Refusals{{Code::internal, "", std::string("Nothing was written: ") + error.what() + ". Report this."}},
        outcomes);
  }
  return true;
}

}  // namespace

void execute(Book& book, Clock& clock, std::vector<Waiting>& waiting) {
  std::vector<Outcome> outcomes(waiting.size(), Outcome(Refusals{}));
  for (int attempt = 1; !is_settled(book, clock, waiting, attempt < most_attempts, outcomes); ++attempt) {
  }
  for (std::size_t i = 0; i < waiting.size(); ++i) waiting[i].answer(std::move(outcomes[i]));
}

Outcome execute_one(Book& book, Clock& clock, Asked asked) {
  Outcome outcome = Refusals{};
  std::vector<Waiting> waiting;
  waiting.push_back({std::move(asked), [&](Outcome o) { outcome = std::move(o); }});
  execute(book, clock, waiting);
  return outcome;
}

Bytes request_digest(std::string_view command_name, const Shape& shape, const void* command) {
  std::string canonical;
  write_json(canonical, shape, command);
  const Hash hash = sha256({bytes_of(command_name), bytes_of(std::string_view("\n")), bytes_of(canonical)});
  return Bytes(hash.begin(), hash.begin() + 16);
}

Posted posted_answer(const Entry& entry, const Masters& masters, const View&) {
  Posted posted;
  posted.entry = entry.seq, posted.kind = name_of(entry.kind), posted.recorded_at = entry.recorded_at.text(),
  posted.document = entry.document;
  for (const LotOpened& opened : entry.opened)
    posted.opened.push_back({std::string(masters.items.code_of(opened.item)), opened.code, opened.lot.value});
  for (const Fact& fact : entry.facts) {
    if (const auto* hold = std::get_if<HoldPlaced>(&fact)) posted.hold = hold->number;
    if (const auto* run = std::get_if<RunOpened>(&fact)) posted.order = run->number;
    if (const auto* order = std::get_if<OrderSet>(&fact)) posted.order = order->number;
    if (const auto* opened = std::get_if<HandlingUnitOpened>(&fact)) posted.handling_units.push_back(opened->sscc);
    if (const auto* noticed = std::get_if<Noticed>(&fact)) posted.warnings.push_back({noticed->code, noticed->detail});
  }
  return posted;
}

Executor::Executor(Book& book, Clock& clock) : book_(book), clock_(clock), thread_([this] { run(); }) {}

Executor::~Executor() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Executor::submit(Asked asked, Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(asked), std::move(answer)});
  }
  wake_.notify_one();
}

Outcome Executor::call(Asked asked) {
  std::promise<Outcome> promise;
  submit(std::move(asked), [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
  return promise.get_future().get();
}

void Executor::beside(std::function<void(Transaction&)> work) {
  std::promise<void> promise;
  {
    const std::lock_guard lock(mutex_);
    beside_.push_back([&] {
      try {
        book_.beside(work);
        promise.set_value();
      } catch (...) {
        promise.set_exception(std::current_exception());
      }
    });
  }
  wake_.notify_one();
  promise.get_future().get();
}

std::size_t Executor::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Executor::run() {
  for (;;) {
    std::vector<Waiting> batch;
    std::vector<std::function<void()>> beside;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stopping_ || !queue_.empty() || !beside_.empty(); });
      if (stopping_ && queue_.empty() && beside_.empty()) return;
      batch.swap(queue_), beside.swap(beside_);
    }
    for (const auto& work : beside) work();
    if (batch.empty()) continue;
    const std::uint64_t before = book_.head().seq;
    execute(book_, clock_, batch);
    const Head head = book_.head();
    if (hear_ && head.seq != before) hear_(head);
  }
}

}  // namespace lotbook
