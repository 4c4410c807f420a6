// SPDX-License-Identifier: Apache-2.0
#include "store/sql/rows.h"
#include "store/sql/transaction.h"

// Lists and scans that questions read, page by page.

namespace lotbook {

void Transaction::all_lots(const std::function<void(Id<Lot>, Id<Item>, std::string_view code, Origin)>& visit) {
  Cursor q(connection_.prepared("select lot, item, code, origin from lot order by lot"));
  while (q->step())
    visit(id_at<Lot>(q.row(), 0), id_at<Item>(q.row(), 1), q->text(2), static_cast<Origin>(q->integer(3)));
}

void Transaction::all_stock(const std::function<void(const StockRow&)>& visit) {
  Cursor q(
      connection_.prepared("select item, pick_day, lot, place, blocked, quantity, quantity2 from stock order by item, "
                           "pick_day, lot, place"));
  while (q->step()) {
    StockRow stock;
    stock.item = id_at<Item>(q.row(), 0), stock.pick_day = static_cast<std::int32_t>(q->integer(1)),
    stock.lot = id_at<Lot>(q.row(), 2), stock.place = id_at<Place>(q.row(), 3);
    stock.blocked = q->integer(4) != 0, stock.quantity = decimal_at(q.row(), 5),
    stock.quantity2 = decimal_at(q.row(), 6);
    visit(stock);
  }
}

void Transaction::runs_after(std::string_view after, const std::function<bool(const Run&)>& visit) {
  Cursor q(
      connection_.prepared("select run, number, kind, state, place, recipe, opened_in, closed_in from run "
                           "where number > $1 order by number"));
  q->bind(1, after);
  while (q->step())
    if (!visit(run_at(q.row()))) return;
}

void Transaction::stock_after(const StockRow& after, const std::function<bool(const StockRow&)>& visit) {
  Cursor q(
      connection_.prepared("select pick_day, lot, place, blocked, quantity, quantity2 from stock where item = $1 "
                           "and (pick_day, lot, place) > ($2, $3, $4) order by pick_day, lot, place"));
  q->bind(1, std::int64_t{after.item.value}), q->bind(2, std::int64_t{after.pick_day});
  q->bind(3, std::int64_t{after.lot.value}), q->bind(4, std::int64_t{after.place.value});
  while (q->step()) {
    StockRow stock;
    stock.item = after.item, stock.pick_day = static_cast<std::int32_t>(q->integer(0)),
    stock.lot = id_at<Lot>(q.row(), 1), stock.place = id_at<Place>(q.row(), 2);
    stock.blocked = q->integer(3) != 0, stock.quantity = decimal_at(q.row(), 4),
    stock.quantity2 = decimal_at(q.row(), 5);
    if (!visit(stock)) return;
  }
}

std::vector<Id<Lot>> Transaction::lots_of(Id<Item> item) {
  Cursor q(connection_.prepared("select distinct lot from name where item = $1 and kind = 0 order by lot"));
  q->bind(1, std::int64_t{item.value});
  return ids_of<Lot>(q);
}

void Transaction::serials_of(const Lot& lot, std::string_view after, const std::function<bool(const Serial&)>& visit) {
  Cursor q(connection_.prepared(
      "select serial, item, code, issuer, lot, place, inside, opened_in from serial where lot = $1 and code > $2 "
      "order by code, serial"));
  q->bind(1, std::int64_t{lot.id.value}), q->bind(2, after);
  while (q->step())
    if (!visit(serial_at(q.row()))) return;
}

void Transaction::standing_holds(Id<Hold> after, const std::function<bool(const Hold&)>& visit) {
  Cursor q(
      connection_.prepared("select hold, number, reason, author, recall, flow, place, opened_in, lifted_in "
                           "from hold where lifted_in = 0 and hold > $1 order by hold"));
  q->bind(1, std::int64_t{after.value});
  while (q->step())
    if (!visit(hold_at(q.row()))) return;
}

void Transaction::noticed_after(std::uint64_t seq, std::size_t position,
                                const std::function<bool(const NoticedRow&)>& visit) {
  Cursor q(
      connection_.prepared("select seq, position, code, lot from noticed where (seq, position) > ($1, $2) "
                           "order by seq, position"));
  q->bind(1, number(seq)), q->bind(2, static_cast<std::int64_t>(position));
  while (q->step())
    if (!visit({seq_at(q.row(), 0), static_cast<std::size_t>(q->integer(1)), std::string(q->text(2)),
                id_at<Lot>(q.row(), 3)}))
      return;
}

namespace {

/// A pattern for LIKE that finds `part` anywhere, taken literally.
std::string anywhere(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace

void Transaction::names_with(std::string_view skeleton_part, const std::function<bool(const LotName&)>& visit) {
  const std::string pattern = anywhere(skeleton_part);
  Cursor q(connection_.prepared("select code, kind, issuer, lot, item from name where skeleton like $1 escape '!'"));
  q->bind(1, pattern);
  while (q->step())
    if (!visit(name_at(q.row(), id_at<Item>(q.row(), 4)))) return;
}

void Transaction::each_document(const std::function<bool(std::string_view number, std::uint64_t first)>& visit) {
  Cursor q(connection_.prepared("select number, min(seq) from document group by number"));
  while (q->step())
    if (!visit(q->text(0), seq_at(q.row(), 1))) return;
}

}  // namespace lotbook
