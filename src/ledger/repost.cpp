// SPDX-License-Identifier: Apache-2.0
#include "ledger/repost.h"

#include "ledger/book.h"
#include "store/sql/accounts.h"
#include "store/sql/checkpoints.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;

std::uint64_t last_of(Transaction& source, const Head& head, const Until& until) {
  if (until.entry && (*until.entry == 0 || *until.entry > head.seq))
    throw StoreFailure(Kind::unavailable, "the book has entries 1 to " + std::to_string(head.seq) + ", and no entry " +
                                              std::to_string(*until.entry));
  if (until.entry) return *until.entry;
  if (!until.instant) return head.seq;
  // Recorded times never run backwards: the last entry by then is found by halving.
  std::uint64_t low = 0, high = head.seq;
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    const std::optional<EntryRow> row = source.entry(middle);
    const bool is_by_then = row && decode_entry(row->body, middle).recorded_at <= *until.instant;
    (is_by_then ? low : high) = is_by_then ? middle : middle - 1;
  }
  if (low == 0) throw StoreFailure(Kind::unavailable, "the book had no entry by " + until.instant->text());
  return low;
}

/// `named_key`: the key of checkpoints that the last of these entries to name one named; empty: none did.
void take_what_stands_beside(Transaction& source, Transaction& target, std::uint64_t last, std::string named_key) {
  for (const char* name : {"incident_text", "incident_search"})
    if (const std::optional<std::string> value = source.setting(name)) target.put_setting(name, *value);
  for (const Account& account : all_accounts(source)) put_account(target, account);
  for (const ApiToken& token : all_tokens(source)) add_token(target, token);
  source.all_private([&](const PrivateRow& row) { target.add_private(row); });
  checkpoints_after(source, 0, [&](const Checkpoint& checkpoint) {
    if (checkpoint.entry > last) return false;
    add_checkpoint(target, checkpoint);
    if (named_key.empty()) named_key = hex(checkpoint.key);
    return true;
  });
  if (!named_key.empty()) target.put_setting("checkpoint_key", named_key);
}

}  // namespace

Head repost(Store& from, Store& to, const Until& until) {
  const std::unique_ptr<Connection> reader = from.open_reader();
  reader->begin();
  Transaction source(*reader);
  const std::optional<Head> head = source.head();
  if (!head) throw StoreFailure(Kind::unavailable, "there is no book in " + from.name());
  const std::uint64_t last = last_of(source, *head, until);
  const Hash hash = source.entry(last)->hash;
  Entry entry;
  decode_entry(source.entry(1)->body, 1, entry);
  Book::begin_again(to, entry, source.setting("key_secret").value_or(""));
  Book book(to);
  std::string named_key;
  {
    Book::Batch batch(book, Book::Batch::Size::bulk);
    source.entries_from(2, [&](const EntryRow& row) {
      if (row.seq > last) return false;
      decode_entry(row.body, row.seq, entry);
      batch.post_kept(entry);
      for (const Fact& fact : entry.facts)
        if (const auto* changed = std::get_if<KeyChanged>(&fact)) named_key = changed->key;
      return true;
    });
    batch.commit();
  }
  book.beside([&](Transaction& target) { take_what_stands_beside(source, target, last, named_key); });
  if (book.head().seq != last || book.head().hash != hash)
    throw StoreFailure(Kind::damaged, "the entries of " + from.name() + " do not give the chain that it has");
  return book.head();
}

}  // namespace lotbook
