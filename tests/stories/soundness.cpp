// SPDX-License-Identifier: Apache-2.0
#include "soundness.h"

#include <map>
#include <string>

#include "base/check.h"
#include "ledger/book.h"
#include "ledger/laws.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook::stories {

namespace {

std::string cells_text(const View& view, const LotState& state) {
  std::map<std::string, std::string> cells;
  for (const LotState::Cell& cell : state.cells)
    if (!cell.quantity.is_zero() || !cell.quantity2.is_zero())
      cells[std::to_string(cell.place.value) + " " + std::string(view.masters().places.code_of(cell.place))] =
          cell.quantity.text() + "/" + cell.quantity2.text();
  std::string text;
  for (const auto& [place, quantity] : cells) text += place + ": " + quantity + "; ";
  return text;
}

std::string lot_text(const Lot& lot) {
  return lot.code + " " + std::string(name_of(lot.quality)) + " " + std::string(name_of(lot.origin)) + " received " +
         lot.received_on.text() + " produced " + lot.produced_on.text() + " expires " + lot.expires_on.text() +
         (lot.expiry_calculated ? " (calculated)" : "") + " best before " + lot.best_before_on.text() + " retest " +
         lot.retest_on.text() + " opened in " + std::to_string(lot.opened_in);
}

std::string holds_text(const View& view, Id<Lot> lot) {
  std::string text;
  for (const Hold& hold : view.holds_on(lot)) text += hold.number + " ";
  return text;
}

/// R28 in settled order: at no instant is anything below zero. An entry counts as a whole.
void check_instants(const View& view, const LotState& state) {
  std::map<Id<Place>, std::pair<Decimal, Decimal>> there;
  const std::vector<Happening> happenings = timeline(view, state.lot.id);
  for (std::size_t i = 0; i < happenings.size(); ++i) {
    const Happening& now = happenings[i];
    const auto add = [&](Id<Place> place, Decimal first, Decimal second) {
      if (ends::holds_stock(place)) there[place].first += first, there[place].second += second;
    };
    add(now.line.from, -now.line.quantity, -now.line.quantity2),
        add(now.line.to, now.line.quantity, now.line.quantity2);
    if (i + 1 < happenings.size() && happenings[i + 1].seq == now.seq) continue;
    for (const auto& [place, quantity] : there)
      check(!quantity.first.is_negative() && !quantity.second.is_negative(),
            "lot " + state.lot.code + " is below zero at " + now.settled_at.text());
  }
}

void same(const std::string& what, const std::string& replayed, const std::string& stored) {
  check(replayed == stored,
        what + " differ from what the entries say\n    entries  " + replayed + "\n    tables   " + stored);
}

}  // namespace

void check_book(Store& store) {
  const std::unique_ptr<Connection> connection = store.open_reader();
  connection->begin();
  Transaction transaction(*connection);
  const std::optional<Head> head = transaction.head();
  check(head.has_value(), "a book has a head");
  const View stored(transaction, load_masters(transaction), *head);
  View replayed = View::empty(transaction);
  Hash previous{};
  for (std::uint64_t seq = 1; seq <= head->seq; ++seq) {
    const std::optional<EntryRow> row = transaction.entry(seq);
    check(row.has_value(), "entries are numbered without a gap");
    const Hash hash = chain_hash(previous, row->body);
    check(hash == row->hash, "entry " + std::to_string(seq) + " is chained to the one before");
    previous = hash;
    const Entry entry = decode_entry(row->body, seq);
    replayed.apply(entry);
    replayed.set_hash(hash);
    check_laws(replayed, entry);
  }
  check(previous == head->hash, "the head bears the hash of the last entry");
  check(replayed.next_id() == head->next_id, "numbers go on where the entries end");
  std::size_t lots = 0, stored_lots = 0;
  replayed.each_lot([&](const LotState& state) {
    ++lots;
    const LotState* table = stored.lot(state.lot.id);
    const std::string name = "lot " + state.lot.code;
    check(table != nullptr, name + " is not in the tables");
    same("properties of " + name, lot_text(state.lot), lot_text(table->lot));
    same("stock of " + name, cells_text(replayed, state), cells_text(stored, *table));
    same("holds on " + name, holds_text(replayed, state.lot.id), holds_text(stored, state.lot.id));
    check_instants(stored, *table);
    check(state.is_held == table->is_held, name + " is marked as held as the entries say");
  });
  for (std::uint32_t id = ends::first_free_id; id < head->next_id; ++id)
    if (stored.lot(Id<Lot>{id})) ++stored_lots;
  check(lots == stored_lots, "the tables hold no lot that no entry opened");
}

}  // namespace lotbook::stories
