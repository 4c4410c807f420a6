// SPDX-License-Identifier: Apache-2.0
#include "store/sql/rows.h"
#include "store/sql/transaction.h"

// Orders, their lines, and what is bound or picked for them.

namespace lotbook {

namespace {

TradeOrder trade_order_at(const Statement& row) {
  TradeOrder order;
  order.id = id_at<TradeOrder>(row, 0), order.kind = static_cast<TradeKind>(row.integer(1)), order.number = row.text(2);
  order.partner = id_at<Partner>(row, 3), order.address = id_at<Address>(row, 4), order.site = id_at<Place>(row, 5);
  order.due_on = date_at(row, 6), order.state = static_cast<TradeState>(row.integer(7)),
  order.opened_in = seq_at(row, 8);
  return order;
}

TradeLine line_at(const Statement& row) {
  TradeLine line;
  line.line = static_cast<std::uint32_t>(row.integer(1)), line.item = id_at<Item>(row, 2);
  line.quantity = decimal_at(row, 3), line.bound = decimal_at(row, 4), line.picked = decimal_at(row, 5);
  line.done = decimal_at(row, 6);
  return line;
}

std::vector<Allotment> allotments_at(Cursor& q) {
  std::vector<Allotment> rows;
  while (q->step())
    rows.push_back({id_at<Lot>(q.row(), 1), id_at<TradeOrder>(q.row(), 0), static_cast<std::uint32_t>(q->integer(2)),
                    id_at<Place>(q.row(), 3), q->integer(4) != 0, decimal_at(q.row(), 5), decimal_at(q.row(), 6)});
  return rows;
}

}  // namespace

std::optional<TradeOrder> Transaction::trade_order(Id<TradeOrder> id) {
  std::optional<TradeOrder> order;
  {
    Cursor q(
        connection_.prepared("select trade_order, kind, number, partner, address, site, due_on, state, opened_in from "
                             "trade_order where trade_order = $1"));
    q->bind(1, std::int64_t{id.value});
    if (!q->step()) return std::nullopt;
    order = trade_order_at(q.row());
  }
  Cursor q(
      connection_.prepared("select trade_order, line, item, quantity, bound, picked, done from order_line where "
                           "trade_order = $1 order by line"));
  q->bind(1, std::int64_t{id.value});
  while (q->step()) order->lines.push_back(line_at(q.row()));
  return order;
}

std::optional<Id<TradeOrder>> Transaction::trade_order_numbered(TradeKind kind, std::string_view number) {
  Cursor q(connection_.prepared("select trade_order from trade_order where kind = $1 and number = $2"));
  q->bind(1, std::int64_t{static_cast<int>(kind)}), q->bind(2, number);
  if (!q->step()) return std::nullopt;
  return id_at<TradeOrder>(q.row(), 0);
}

void Transaction::trade_orders_after(TradeKind kind, std::string_view after,
                                     const std::function<bool(const TradeOrder&)>& visit) {
  Cursor q(
      connection_.prepared("select trade_order, kind, number, partner, address, site, due_on, state, opened_in from "
                           "trade_order where kind = $1 and number > $2 order by number"));
  q->bind(1, std::int64_t{static_cast<int>(kind)}), q->bind(2, after);
  while (q->step())
    if (!visit(trade_order_at(q.row()))) return;
}

void Transaction::waiting_lines(Id<Item> item, Id<Place> site,
                                const std::function<void(Id<TradeOrder>, const TradeLine&)>& visit) {
  Cursor q(
      connection_.prepared("select trade_order, line, item, quantity, bound, picked, done from order_line where "
                           "is_waiting = 1 and item = $1 and site = $2 order by trade_order, line"));
  q->bind(1, std::int64_t{item.value}), q->bind(2, std::int64_t{site.value});
  while (q->step()) visit(id_at<TradeOrder>(q.row(), 0), line_at(q.row()));
}

std::vector<Allotment> Transaction::allotments_for(Id<TradeOrder> order) {
  Cursor q(
      connection_.prepared("select trade_order, lot, line, place, is_picked, quantity, quantity2 from allotment where "
                           "trade_order = $1 order by lot, line, place, is_picked"));
  q->bind(1, std::int64_t{order.value});
  return allotments_at(q);
}

std::vector<Allotment> Transaction::allotments_of(Id<Lot> lot) {
  Cursor q(
      connection_.prepared("select trade_order, lot, line, place, is_picked, quantity, quantity2 from allotment where "
                           "lot = $1 order by trade_order, line, place, is_picked"));
  q->bind(1, std::int64_t{lot.value});
  return allotments_at(q);
}

std::vector<Allotted> Transaction::allotted_of(Id<Lot> lot) {
  Cursor q(connection_.prepared(
      "select place, bound, picked, picked2 from allotted where lot = $1 order by place /* often none */"));
  q->bind(1, std::int64_t{lot.value});
  std::vector<Allotted> rows;
  while (q->step())
    rows.push_back({id_at<Place>(q.row(), 0), decimal_at(q.row(), 1), decimal_at(q.row(), 2), decimal_at(q.row(), 3)});
  return rows;
}

void Transaction::put_trade_order(const TradeOrder& order) {
  Once(connection_,
       "insert into trade_order (trade_order, kind, number, partner, address, site, due_on, state, opened_in) values "
       "($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (trade_order) do update set partner = excluded.partner, "
       "address = excluded.address, site = excluded.site, due_on = excluded.due_on, state = excluded.state")
      .integer(order.id.value)
      .integer(static_cast<int>(order.kind))
      .text(order.number)
      .integer(order.partner.value)
      .integer(order.address.value)
      .integer(order.site.value)
      .integer(order.due_on.day)
      .integer(static_cast<int>(order.state))
      .integer(number(order.opened_in))
      .run();
}

void Transaction::put_order_lines(std::span<const ChangedLine> rows) {
  // Where a line waits is in an index, which an update that names its columns writes anew though they stay the same:
  // one page of it for each line, at every step of every order.
  RowSink& sink = connection_.rows_into(
      "insert into order_line (trade_order, line, item, site, is_waiting, quantity, bound, picked, done) values", 9,
      "on conflict (trade_order, line) do update set quantity = excluded.quantity, bound = excluded.bound, picked = "
      "excluded.picked, done = excluded.done");
  for (const auto& [order, line] : rows) {
    sink.integer(order->id.value), sink.integer(line->line), sink.integer(line->item.value);
    sink.integer(order->site.value), sink.integer(order->is_waiting(*line) ? 1 : 0);
    sink.integer(line->quantity.millionths()), sink.integer(line->bound.millionths());
    sink.integer(line->picked.millionths()), sink.integer(line->done.millionths()), sink.end_row();
  }
  sink.finish();
  for (const auto& [order, line] : rows)
    Once(connection_,
         "update order_line set site = $3, is_waiting = $4 where trade_order = $1 and line = $2 and (site <> $3 or "
         "is_waiting <> $4)")
        .integer(order->id.value)
        .integer(line->line)
        .integer(order->site.value)
        .integer(order->is_waiting(*line) ? 1 : 0)
        .run();
}

void Transaction::put_allotments(std::span<const Allotment> rows) {
  RowSink& sink = connection_.rows_into(
      "insert into allotment (trade_order, lot, line, place, is_picked, quantity, quantity2) values", 7,
      "on conflict (trade_order, lot, line, place, is_picked) do update set quantity = excluded.quantity, quantity2 = "
      "excluded.quantity2");
  for (const Allotment& row : rows) {
    sink.integer(row.order.value), sink.integer(row.lot.value), sink.integer(row.line), sink.integer(row.place.value);
    sink.integer(row.is_picked ? 1 : 0), sink.integer(row.quantity.millionths());
    sink.integer(row.quantity2.millionths()), sink.end_row();
  }
  sink.finish();
}

void Transaction::drop_allotment(const Allotment& row) {
  Once(connection_,
       "delete from allotment where trade_order = $1 and lot = $2 and line = $3 and place = $4 and is_picked = $5")
      .integer(row.order.value)
      .integer(row.lot.value)
      .integer(row.line)
      .integer(row.place.value)
      .integer(row.is_picked ? 1 : 0)
      .run();
}

void Transaction::put_allotted(Id<Lot> lot, const Allotted& row) {
  Once(connection_,
       "insert into allotted (lot, place, bound, picked, picked2) values ($1, $2, $3, $4, $5) on conflict (lot, place) "
       "do update set bound = excluded.bound, picked = excluded.picked, picked2 = excluded.picked2")
      .integer(lot.value)
      .integer(row.place.value)
      .integer(row.bound.millionths())
      .integer(row.picked.millionths())
      .integer(row.picked2.millionths())
      .run();
}

void Transaction::drop_allotted(Id<Lot> lot, Id<Place> place) {
  Once(connection_, "delete from allotted where lot = $1 and place = $2").integer(lot.value).integer(place.value).run();
}

}  // namespace lotbook
