// SPDX-License-Identifier: Apache-2.0
#include "http/readers.h"

#include <exception>
#include <thread>

#include "store/shared_store.h"

namespace lotbook {

Readers::Reading::Reading(Readers& readers)
    : readers_(readers),
      connection_(readers.take()),
      transaction_(*connection_),
      view_(readers.view_of(transaction_)),
      exceptions_(std::uncaught_exceptions()) {}

Readers::Reading::~Reading() {
  connection_->rollback();
  // A connection that failed is not used again.
  if (std::uncaught_exceptions() == exceptions_) readers_.give_back(std::move(connection_));
}

Snapshot Readers::Reading::snapshot(Instant now, const Actor& actor) const {
  return {view_, now, may_see_personal(actor), [this] { return readers_.search_; }};
}

bool may_see_personal(const Actor& actor) {
  return actor.may(Right::master_data) || actor.may(Right::recall) || actor.may(Right::admin);
}

std::unique_ptr<Connection> Readers::take() {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!connection) connection = book_.store().open_reader();
  connection->begin();
  return connection;
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

View Readers::view_of(Transaction& transaction) {
  // Reading the head fixes the snapshot; master data is taken afterwards, so it is never older. The writer makes it
  // known a moment after its commit, for which this waits; if it does not (the commit's outcome is in doubt), the
  // snapshot's own rows are read. Another process's commits nobody makes known: then nothing is waited for.
  std::optional<Head> head;
  try {
    head = transaction.head();
  } catch (const Interrupted&) {
    // The connection was idle when its server went. Nothing was read yet: another one will do.
    transaction.connection().begin();
    head = transaction.head();
  }
  if (!head) throw StoreFailure(StoreFailure::Kind::unavailable, "there is no book here yet");
  if (book_.is_shared()) return View(transaction, book_.masters_at(transaction, *head), *head);
  constexpr int patience = 1000;
  for (int i = 0; i < patience && book_.head().seq < head->seq; ++i) std::this_thread::yield();
  if (book_.head().seq < head->seq) return View(transaction, load_masters(transaction), *head);
  return View(transaction, book_.masters(), *head);
}

}  // namespace lotbook
