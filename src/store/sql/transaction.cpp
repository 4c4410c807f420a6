// SPDX-License-Identifier: Apache-2.0
#include "store/sql/transaction.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "store/sql/rows.h"

namespace lotbook {

std::optional<Head> Transaction::head() {
  Cursor q(connection_.prepared("select seq, hash, next_id, settled_max from head where book = 1"));
  if (!q->step()) return std::nullopt;
  Head head;
  head.seq = seq_at(q.row(), 0), head.hash = hash_at(q.row(), 1);
  head.next_id = static_cast<std::uint32_t>(q->integer(2)), head.settled_max.microseconds = q->integer(3);
  return head;
}

std::optional<EntryRow> Transaction::entry(std::uint64_t seq) {
  // Not reset on the way out: the body stays readable until the next entry is asked for.
  Statement& q = connection_.prepared("select body, hash from entry where seq = $1");
  q.reset();
  q.bind(1, number(seq));
  if (!q.step()) return std::nullopt;
  return EntryRow{seq, q.blob(0), hash_at(q, 1)};
}

void Transaction::entries_from(std::uint64_t first, const std::function<bool(const EntryRow&)>& visit) {
  Cursor q(connection_.prepared("select seq, body, hash from entry where seq >= $1 order by seq"));
  q->bind(1, number(first));
  while (q->step())
    if (!visit(EntryRow{seq_at(q.row(), 0), q->blob(1), hash_at(q.row(), 2)})) return;
}

std::optional<Lot> Transaction::lot(Id<Lot> id, bool& is_held) {
  Cursor q(
      connection_.prepared("select item, code, quality, origin, expiry_calculated, received_on, produced_on, "
                           "expires_on, best_before_on, retest_on, "
                           "is_held, opened_in from lot where lot = $1"));
  q->bind(1, std::int64_t{id.value});
  if (!q->step()) return std::nullopt;
  const Statement& row = q.row();
  Lot lot;
  lot.id = id, lot.item = id_at<Item>(row, 0), lot.code = row.text(1),
  lot.quality = static_cast<Quality>(row.integer(2));
  lot.origin = static_cast<Origin>(row.integer(3)), lot.expiry_calculated = row.integer(4) != 0;
  lot.received_on = date_at(row, 5), lot.produced_on = date_at(row, 6), lot.expires_on = date_at(row, 7);
  lot.best_before_on = date_at(row, 8), lot.retest_on = date_at(row, 9), is_held = row.integer(10) != 0,
  lot.opened_in = seq_at(row, 11);
  return lot;
}

std::vector<StockCell> Transaction::stock_of(const Lot& lot, std::int32_t pick_day) {
  Cursor q(connection_.prepared(
      "select place, quantity, quantity2 from stock where item = $1 and pick_day = $2 and lot = $3"));
  q->bind(1, std::int64_t{lot.item.value}), q->bind(2, std::int64_t{pick_day}), q->bind(3, std::int64_t{lot.id.value});
  std::vector<StockCell> cells;
  while (q->step()) cells.push_back({id_at<Place>(q.row(), 0), decimal_at(q.row(), 1), decimal_at(q.row(), 2)});
  return cells;
}

std::vector<LotName> Transaction::names(Id<Item> item, std::string_view skeleton_text) {
  Cursor q(connection_.prepared(
      "select code, kind, issuer, lot from name where item = $1 and skeleton = $2 /* often none */"));
  q->bind(1, std::int64_t{item.value}), q->bind(2, skeleton_text);
  std::vector<LotName> names;
  while (q->step()) names.push_back(name_at(q.row(), item));
  return names;
}

bool Transaction::has_lots(Id<Item> item) {
  Cursor q(connection_.prepared("select 1 from name where item = $1 limit 1"));
  q->bind(1, std::int64_t{item.value});
  return q->step();
}

std::vector<LotName> Transaction::names_of(Id<Item> item, Id<Lot> lot) {
  // Every name stands in the entry that gave it, so the lot's own entries lead to them without an index of their own.
  std::vector<LotName> found;
  const auto collect = [&](std::string_view code) {
    for (const LotName& name : names(item, skeleton(code)))
      if (name.lot == lot && std::none_of(found.begin(), found.end(), [&](const LotName& f) {
            return f.code == name.code && f.kind == name.kind && f.issuer == name.issuer;
          }))
        found.push_back(name);
  };
  bool is_held = false;
  const std::optional<Lot> row = this->lot(lot, is_held);
  if (!row) return found;
  std::vector<std::uint64_t> seqs = touches(lot.value, 0, SIZE_MAX);
  seqs.insert(seqs.begin(), row->opened_in);
  collect(row->code);
  Entry decoded;
  for (const std::uint64_t seq : seqs) {
    const std::optional<EntryRow> body = entry(seq);
    if (!body) continue;
    decode_entry(body->body, seq, decoded);
    for (const LotOpened& opened : decoded.opened)
      if (opened.lot == lot) collect(opened.code), collect(opened.issued_code);
    for (const Fact& fact : decoded.facts) {
      if (const auto* named = std::get_if<LotNamed>(&fact); named && named->lot == lot.value) collect(named->code);
      if (const auto* changed = std::get_if<LotChanged>(&fact);
          changed && changed->lot == lot.value && changed->what == LotField::code)
        collect(changed->old_value), collect(changed->new_value);  // undone, the new code stays findable
    }
  }
  return found;
}

std::vector<std::uint64_t> Transaction::touches(std::uint32_t subject, std::uint64_t after, std::size_t limit) {
  Cursor q(connection_.prepared("select seq from touch where subject = $1 and seq > $2 order by seq"));
  q->bind(1, std::int64_t{subject}), q->bind(2, number(after));
  std::vector<std::uint64_t> seqs;
  while (seqs.size() < limit && q->step()) seqs.push_back(seq_at(q.row(), 0));
  return seqs;
}

std::vector<std::uint64_t> Transaction::documents(std::string_view document) {
  Cursor q(connection_.prepared("select seq from document where number = $1 order by seq"));
  q->bind(1, document);
  std::vector<std::uint64_t> seqs;
  while (q->step()) seqs.push_back(seq_at(q.row(), 0));
  return seqs;
}

std::vector<std::uint64_t> Transaction::signatures(std::uint64_t entry) {
  Cursor q(connection_.prepared("select seq from signature where signed = $1 order by seq"));
  q->bind(1, static_cast<std::int64_t>(entry));
  std::vector<std::uint64_t> seqs;
  while (q->step()) seqs.push_back(seq_at(q.row(), 0));
  return seqs;
}

std::optional<std::uint64_t> Transaction::idem(std::int64_t key) {
  Cursor q(connection_.prepared("select seq from idem where key = $1 /* often none */"));
  q->bind(1, key);
  if (!q->step()) return std::nullopt;
  return seq_at(q.row(), 0);
}

std::optional<Serial> Transaction::serial(Id<Serial> id) {
  Cursor q(connection_.prepared(
      "select serial, item, code, issuer, lot, place, inside, opened_in from serial where serial = $1"));
  q->bind(1, std::int64_t{id.value});
  if (!q->step()) return std::nullopt;
  return serial_at(q.row());
}

std::vector<Serial> Transaction::serials_called(Id<Item> item, std::string_view code) {
  Cursor q(connection_.prepared(
      "select serial, item, code, issuer, lot, place, inside, opened_in from serial where item = $1 and code = $2 "
      "order by serial"));
  q->bind(1, std::int64_t{item.value}), q->bind(2, code);
  std::vector<Serial> found;
  while (q->step()) found.push_back(serial_at(q.row()));
  return found;
}

std::vector<Id<Serial>> Transaction::components_of(Id<Serial> id) {
  // The literal condition lets the small index serve.
  Cursor q(connection_.prepared("select serial from serial where inside = $1 and inside <> 0 order by serial"));
  q->bind(1, std::int64_t{id.value});
  return ids_of<Serial>(q);
}

std::optional<Run> Transaction::run(Id<Run> id) {
  Cursor q(connection_.prepared(
      "select run, number, kind, state, place, recipe, opened_in, closed_in from run where run = $1"));
  q->bind(1, std::int64_t{id.value});
  if (!q->step()) return std::nullopt;
  return run_at(q.row());
}

std::optional<Run> Transaction::run_numbered(std::string_view run_number) {
  Cursor q(connection_.prepared(
      "select run, number, kind, state, place, recipe, opened_in, closed_in from run where number = $1"));
  q->bind(1, run_number);
  if (!q->step()) return std::nullopt;
  return run_at(q.row());
}

std::optional<Hold> Transaction::hold(Id<Hold> id) {
  Cursor q(connection_.prepared(
      "select hold, number, reason, author, recall, flow, place, opened_in, lifted_in from hold where hold = $1"));
  q->bind(1, std::int64_t{id.value});
  if (!q->step()) return std::nullopt;
  return hold_at(q.row());
}

std::vector<Hold> Transaction::holds_numbered(std::string_view hold_number) {
  Cursor q(
      connection_.prepared("select hold, number, reason, author, recall, flow, place, opened_in, lifted_in from hold "
                           "where number = $1 order by hold"));
  q->bind(1, hold_number);
  std::vector<Hold> holds;
  while (q->step()) holds.push_back(hold_at(q.row()));
  return holds;
}

std::vector<Hold> Transaction::holds_on(Id<Lot> lot) {
  Cursor q(
      connection_.prepared("select h.hold, h.number, h.reason, h.author, h.recall, h.flow, h.place, h.opened_in, "
                           "h.lifted_in from hold_lot l "
                           "join hold h on h.hold = l.hold where l.lot = $1 order by h.hold"));
  q->bind(1, std::int64_t{lot.value});
  std::vector<Hold> holds;
  while (q->step()) holds.push_back(hold_at(q.row()));
  return holds;
}

std::vector<Id<Lot>> Transaction::lots_under(Id<Hold> hold) {
  // Rare, and bounded by the lots under any hold: no index is paid for it in every commit.
  Cursor q(connection_.prepared("select lot from hold_lot where hold = $1 order by lot"));
  q->bind(1, std::int64_t{hold.value});
  return ids_of<Lot>(q);
}

std::vector<Id<Lot>> Transaction::joined_with(Id<Lot> lot) {
  Cursor q(connection_.prepared("select with_lot from joined where lot = $1 order by with_lot"));
  q->bind(1, std::int64_t{lot.value});
  return ids_of<Lot>(q);
}

std::vector<ReadingRow> Transaction::readings(std::uint32_t subject) {
  Cursor q(connection_.prepared(
      "select attribute, seq, value, unit from reading where subject = $1 order by attribute, seq"));
  q->bind(1, std::int64_t{subject});
  std::vector<ReadingRow> rows;
  while (q->step())
    rows.push_back(
        {subject, std::string(q->text(0)), seq_at(q.row(), 1), std::string(q->text(2)), std::string(q->text(3))});
  return rows;
}

std::vector<Id<Lot>> Transaction::lots_in(Id<Place> place) {
  // Asked by complete counts only, and bounded by what is on hand: no index is paid for it in every commit.
  Cursor q(connection_.prepared("select distinct lot from stock where place = $1 order by lot"));
  q->bind(1, std::int64_t{place.value});
  return ids_of<Lot>(q);
}

std::vector<Id<Lot>> Transaction::lots_in_vessel(Id<Place> vessel) {
  Cursor q(connection_.prepared("select lot from vessel_lot where place = $1 order by lot"));
  q->bind(1, std::int64_t{vessel.value});
  return ids_of<Lot>(q);
}

void Transaction::noticed(const std::function<bool(std::uint64_t, const std::string&)>& visit) {
  std::vector<std::pair<std::uint64_t, std::string>> page;
  std::uint64_t before = INT64_MAX;
  constexpr std::size_t page_size = 256;
  // Page by page, so that no statement is open while `visit` reads.
  do {
    page.clear();
    {
      Cursor q(connection_.prepared("select seq, code from noticed where seq < $1 order by seq desc, position desc"));
      q->bind(1, number(before));
      // A page ends between two entries, never inside one.
      while (q->step()) {
        const std::uint64_t seq = seq_at(q.row(), 0);
        if (page.size() >= page_size && seq != page.back().first) break;
        page.emplace_back(seq, q->text(1));
      }
    }
    for (const auto& [seq, code] : page)
      if (!visit(seq, code)) return;
    if (!page.empty()) before = page.back().first;
  } while (page.size() >= page_size);
}

void Transaction::stock_of_item(Id<Item> item, const std::function<bool(const StockRow&)>& visit) {
  stock_from(item, INT32_MIN, visit);
}

void Transaction::stock_from(Id<Item> item, std::int32_t pick_day, const std::function<bool(const StockRow&)>& visit) {
  Cursor q(
      connection_.prepared("select pick_day, lot, place, blocked, quantity, quantity2 from stock where item = $1 and "
                           "pick_day >= $2 order by pick_day, lot, place"));
  q->bind(1, std::int64_t{item.value}), q->bind(2, std::int64_t{pick_day});
  while (q->step()) {
    const Statement& row = q.row();
    StockRow stock;
    stock.item = item, stock.pick_day = static_cast<std::int32_t>(row.integer(0)), stock.lot = id_at<Lot>(row, 1),
    stock.place = id_at<Place>(row, 2);
    stock.blocked = row.integer(3) != 0, stock.quantity = decimal_at(row, 4), stock.quantity2 = decimal_at(row, 5);
    if (!visit(stock)) return;
  }
}

void Transaction::all_records(const std::function<void(const RecordRow&)>& visit) {
  Cursor q(connection_.prepared("select id, noun, code, body from record order by id"));
  while (q->step())
    visit({static_cast<std::uint32_t>(q->integer(0)), static_cast<Noun>(q->integer(1)), std::string(q->text(2)),
           std::string(q->text(3))});
}

std::optional<PrivateRow> Transaction::private_value(const Hash& hash) {
  Cursor q(connection_.prepared("select salt, value from private where hash = $1"));
  q->bind_blob(1, hash);
  if (!q->step()) return std::nullopt;
  const ByteView salt = q->blob(0);
  return PrivateRow{hash, Bytes(salt.begin(), salt.end()), std::string(q->text(1))};
}

void Transaction::all_private(const std::function<void(const PrivateRow&)>& visit) {
  Cursor q(connection_.prepared("select hash, salt, value from private"));
  while (q->step()) {
    const ByteView salt = q->blob(1);
    visit({hash_at(q.row(), 0), Bytes(salt.begin(), salt.end()), std::string(q->text(2))});
  }
}

std::optional<std::string> Transaction::setting(std::string_view name) {
  Cursor q(connection_.prepared("select value from setting where name = $1"));
  q->bind(1, name);
  if (!q->step()) return std::nullopt;
  return std::string(q->text(0));
}

}  // namespace lotbook
