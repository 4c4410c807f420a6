// SPDX-License-Identifier: Apache-2.0
#include "store/sql/rows.h"
#include "store/sql/transaction.h"

// Units that are held for themselves, units by place, complaints and defects.

namespace lotbook {

namespace {

constexpr std::int64_t beyond_ids = INT64_C(1) << 40;

HeldUnit held_unit_at(const Statement& row) { return {id_at<Lot>(row, 0), id_at<Serial>(row, 1), id_at<Hold>(row, 2)}; }

Finding finding_at(const Statement& row) {
  Finding finding;
  read_body(row.text(4), finding);
  finding.id = id_at<Finding>(row, 0), finding.kind = static_cast<FindingKind>(row.integer(1));
  finding.number = row.text(2), finding.opened_in = seq_at(row, 3);
  finding.exists = row.integer(5) != 0;
  return finding;
}

}  // namespace

std::vector<HeldUnit> Transaction::held_units(Id<Lot> lot) {
  Cursor q(connection_.prepared("select lot, serial, hold from hold_serial where lot = $1 order by serial, hold"));
  q->bind(1, std::int64_t{lot.value});
  std::vector<HeldUnit> rows;
  while (q->step()) rows.push_back(held_unit_at(q.row()));
  return rows;
}

std::vector<HeldUnit> Transaction::units_under(Id<Hold> hold) {
  // Rare, and bounded by the units under any hold.
  Cursor q(connection_.prepared("select lot, serial, hold from hold_serial where hold = $1 order by serial"));
  q->bind(1, std::int64_t{hold.value});
  std::vector<HeldUnit> rows;
  while (q->step()) rows.push_back(held_unit_at(q.row()));
  return rows;
}

void Transaction::serials_in(Id<Place> place, Id<Item> after_item, std::string_view after,
                             const std::function<bool(const Serial&)>& visit) {
  Cursor q(connection_.prepared(
      "select serial, item, code, issuer, lot, place, inside, opened_in from serial where place = $1 and place > 15 "
      "and (item > $2 or (item = $2 and code > $3)) order by item, code, serial"));
  q->bind(1, std::int64_t{place.value}), q->bind(2, std::int64_t{after_item.value}), q->bind(3, after);
  while (q->step())
    if (!visit(serial_at(q.row()))) return;
}

void Transaction::all_serials(const std::function<void(Id<Serial>, std::string_view)>& visit) {
  Cursor q(connection_.prepared("select serial, code from serial"));
  while (q->step()) visit(id_at<Serial>(q.row(), 0), q->text(1));
}

std::optional<Finding> Transaction::finding(Id<Finding> id) {
  Cursor q(
      connection_.prepared("select finding, kind, number, opened_in, body, is_there from finding where finding = $1"));
  q->bind(1, std::int64_t{id.value});
  if (!q->step()) return std::nullopt;
  return finding_at(q.row());
}

std::optional<Id<Finding>> Transaction::finding_numbered(FindingKind kind, std::string_view number) {
  Cursor q(connection_.prepared("select finding from finding where kind = $1 and number = $2"));
  q->bind(1, std::int64_t{static_cast<int>(kind)}), q->bind(2, number);
  if (!q->step()) return std::nullopt;
  return id_at<Finding>(q.row(), 0);
}

void Transaction::findings_before(const FindingsAbout& about, Id<Finding> before,
                                  const std::function<bool(const Finding&)>& visit) {
  const char* sql = about.serial ? "select finding, kind, number, opened_in, body, is_there from finding where kind = "
                                   "$1 and is_there = 1 and finding < $2 and "
                                   "serial = $3 and serial <> 0 order by finding desc"
                    : about.lot  ? "select finding, kind, number, opened_in, body, is_there from finding where kind = "
                                   "$1 and is_there = 1 and finding < $2 and "
                                   "lot = $3 and lot <> 0 order by finding desc"
                                 : "select finding, kind, number, opened_in, body, is_there from finding where kind = "
                                   "$1 and is_there = 1 and finding < $2 "
                                   "order by finding desc";
  Cursor q(connection_.prepared(sql));
  q->bind(1, std::int64_t{static_cast<int>(about.kind)});
  q->bind(2, before ? std::int64_t{before.value} : beyond_ids);
  if (about.serial)
    q->bind(3, std::int64_t{about.serial.value});
  else if (about.lot)
    q->bind(3, std::int64_t{about.lot.value});
  while (q->step())
    if (!visit(finding_at(q.row()))) return;
}

void Transaction::add_held_unit(const HeldUnit& row) {
  Once(connection_, "insert into hold_serial (lot, serial, hold) values ($1, $2, $3) on conflict do nothing")
      .integer(row.lot.value)
      .integer(row.serial.value)
      .integer(row.hold.value)
      .run();
}

void Transaction::drop_held_unit(const HeldUnit& row) {
  Once(connection_, "delete from hold_serial where lot = $1 and serial = $2 and hold = $3")
      .integer(row.lot.value)
      .integer(row.serial.value)
      .integer(row.hold.value)
      .run();
}

void Transaction::put_finding(const Finding& finding) {
  const std::string body = body_of(finding);
  Once(
      connection_,
      "insert into finding (finding, kind, number, lot, serial, opened_in, body, is_there) values ($1, $2, $3, $4, $5, "
      "$6, $7, $8) on conflict (finding) do update set is_there = excluded.is_there, lot = excluded.lot, serial = "
      "excluded.serial, body = excluded.body")
      .integer(finding.id.value)
      .integer(static_cast<int>(finding.kind))
      .text(finding.number)
      .integer(finding.lot)
      .integer(finding.serial)
      .integer(number(finding.opened_in))
      .text(body)
      .integer(finding.exists ? 1 : 0)
      .run();
}

}  // namespace lotbook
