// SPDX-License-Identifier: Apache-2.0
#include "model/place_ends.h"
#include "store/sql/rows.h"
#include "store/sql/transaction.h"

// Pallets and cases, and what is on them.

namespace lotbook {

std::optional<HandlingUnit> Transaction::handling_unit(Id<HandlingUnit> id) {
  HandlingUnit unit;
  unit.id = id;
  {
    Cursor q(connection_.prepared(
        "select sscc, place, inside, is_known, opened_in from handling_unit where handling_unit = $1"));
    q->bind(1, std::int64_t{id.value});
    if (!q->step()) return std::nullopt;
    unit.sscc = q->text(0), unit.place = id_at<Place>(q.row(), 1), unit.inside = id_at<HandlingUnit>(q.row(), 2);
    unit.is_known = q->integer(3) != 0, unit.opened_in = seq_at(q.row(), 4);
  }
  Cursor q(connection_.prepared(
      "select lot, serial, quantity, quantity2 from packed where handling_unit = $1 order by lot, serial"));
  q->bind(1, std::int64_t{id.value});
  while (q->step())
    unit.goods.push_back(
        {id_at<Lot>(q.row(), 0), id_at<Serial>(q.row(), 1), decimal_at(q.row(), 2), decimal_at(q.row(), 3)});
  return unit;
}

std::optional<Id<HandlingUnit>> Transaction::handling_unit_called(std::string_view sscc) {
  Cursor q(connection_.prepared("select handling_unit from handling_unit where sscc = $1"));
  q->bind(1, sscc);
  if (!q->step()) return std::nullopt;
  return id_at<HandlingUnit>(q.row(), 0);
}

void Transaction::all_handling_units(const std::function<void(Id<HandlingUnit>, std::string_view)>& visit) {
  Cursor q(connection_.prepared("select handling_unit, sscc from handling_unit"));
  while (q->step()) visit(id_at<HandlingUnit>(q.row(), 0), q->text(1));
}

std::vector<Id<HandlingUnit>> Transaction::handling_units_with(Id<Lot> lot) {
  static_assert(ends::in_transit.value == 9 && ends::first_free_id == 16);
  Cursor q(connection_.prepared(
      "select distinct h.handling_unit from packed p join handling_unit h on h.handling_unit = "
      "p.handling_unit where p.lot = $1 and (h.place = 9 or h.place > 15) order by h.handling_unit"));
  q->bind(1, std::int64_t{lot.value});
  return ids_of<HandlingUnit>(q);
}

std::vector<Id<HandlingUnit>> Transaction::handling_units_at(Id<Place> place, std::string_view after,
                                                             std::size_t limit) {
  Cursor q(
      connection_.prepared("select handling_unit from handling_unit where place = $1 and sscc > $2 and is_known = 1 "
                           "order by sscc limit $3"));
  q->bind(1, std::int64_t{place.value}), q->bind(2, after), q->bind(3, static_cast<std::int64_t>(limit));
  return ids_of<HandlingUnit>(q);
}

std::vector<Id<HandlingUnit>> Transaction::handling_units_inside(Id<HandlingUnit> outer) {
  Cursor q(connection_.prepared(
      "select handling_unit from handling_unit where inside = $1 and inside <> 0 order by handling_unit"));
  q->bind(1, std::int64_t{outer.value});
  return ids_of<HandlingUnit>(q);
}

bool Transaction::has_handling_units() {
  Cursor q(connection_.prepared("select 1 from handling_unit limit 1 /* often none */"));
  return q->step();
}

void Transaction::put_handling_unit(const HandlingUnit& unit) {
  RowSink& rows = connection_.rows_into(
      "insert into handling_unit (handling_unit, sscc, place, inside, is_known, opened_in) values", 6,
      "on conflict (handling_unit) do update set place = excluded.place, inside = excluded.inside, is_known = "
      "excluded.is_known");
  rows.integer(unit.id.value), rows.text(unit.sscc), rows.integer(unit.place.value), rows.integer(unit.inside.value);
  rows.integer(unit.is_known ? 1 : 0), rows.integer(static_cast<std::int64_t>(unit.opened_in)), rows.end_row();
  rows.finish();
  Once(connection_, "delete from packed where handling_unit = $1").integer(unit.id.value).run();
  RowSink& goods =
      connection_.rows_into("insert into packed (handling_unit, lot, serial, quantity, quantity2) values", 5, "");
  for (const PackedGoods& g : unit.goods) {
    goods.integer(unit.id.value), goods.integer(g.lot.value), goods.integer(g.serial.value);
    goods.integer(g.quantity.millionths()), goods.integer(g.quantity2.millionths()), goods.end_row();
  }
  goods.finish();
}

std::vector<HeldHandlingUnit> Transaction::held_handling_units() {
  Cursor q(connection_.prepared(
      "select handling_unit, hold from hold_handling_unit order by handling_unit, hold /* often none */"));
  std::vector<HeldHandlingUnit> rows;
  while (q->step()) rows.push_back({id_at<HandlingUnit>(q.row(), 0), id_at<Hold>(q.row(), 1)});
  return rows;
}

void Transaction::add_held_handling_unit(const HeldHandlingUnit& row) {
  Statement& put = connection_.prepared(
      "insert into hold_handling_unit (handling_unit, hold) values ($1, $2) on conflict do nothing");
  put.bind(1, std::int64_t{row.handling_unit.value}), put.bind(2, std::int64_t{row.hold.value});
  put.step();
  put.reset();
}

void Transaction::drop_held_handling_unit(const HeldHandlingUnit& row) {
  Statement& drop = connection_.prepared("delete from hold_handling_unit where handling_unit = $1 and hold = $2");
  drop.bind(1, std::int64_t{row.handling_unit.value}), drop.bind(2, std::int64_t{row.hold.value});
  drop.step();
  drop.reset();
}

}  // namespace lotbook
