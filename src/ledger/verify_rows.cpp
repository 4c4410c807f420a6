// SPDX-License-Identifier: Apache-2.0
#include "ledger/verify_rows.h"

#include <set>

#include "base/text.h"
#include "ledger/book.h"

namespace lotbook {

namespace {

std::int64_t number(std::uint64_t seq) { return static_cast<std::int64_t>(seq); }

void lot_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_lot([&](const LotState& state) {
    const Lot& lot = state.lot;
    row.clear().add(lot.id.value).add(lot.item.value).add(lot.code);
    row.add(static_cast<int>(lot.quality)).add(static_cast<int>(lot.origin)).add(lot.expiry_calculated ? 1 : 0);
    row.add(lot.received_on.day).add(lot.produced_on.day).add(lot.expires_on.day).add(lot.best_before_on.day);
    row.add(lot.retest_on.day).add(state.is_held ? 1 : 0).add(number(lot.opened_in));
    emit(DerivedTable::lot, row);
    for (const LotState::Cell& cell : state.cells) {
      if (cell.is_empty()) continue;
      row.clear().add(lot.item.value).add(made.pick_day(lot)).add(lot.id.value).add(cell.place.value);
      row.add(made.is_blocked(state) ? 1 : 0).add(cell.quantity.millionths()).add(cell.quantity2.millionths());
      emit(DerivedTable::stock, row);
    }
  });
}

void name_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_name([&](const LotName& name) {
    row.clear().add(name.item.value).add(skeleton(name.code)).add(name.code);
    row.add(static_cast<int>(name.kind)).add(name.issuer.value).add(name.lot.value);
    emit(DerivedTable::name, row);
  });
}

void run_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_run([&](const Run& run) {
    row.clear().add(run.id.value).add(run.number).add(static_cast<int>(run.kind)).add(static_cast<int>(run.state));
    row.add(run.place.value).add(run.recipe).add(number(run.opened_in)).add(number(run.closed_in));
    emit(DerivedTable::run, row);
  });
}

void serial_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_serial([&](const Serial& serial) {
    row.clear().add(serial.id.value).add(serial.item.value).add(serial.code).add(serial.issuer.value);
    row.add(serial.lot.value).add(serial.place.value).add(serial.inside.value).add(number(serial.opened_in));
    emit(DerivedTable::serial, row);
  });
}

void hold_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  View::Changes& changes = made.changes();
  for (const std::uint32_t id : std::set<std::uint32_t>(changes.holds.begin(), changes.holds.end())) {
    const Hold& hold = *made.hold(Id<Hold>{id});
    row.clear().add(hold.id.value).add(hold.number).add(hold.reason).add(hold.author).add(hold.recall);
    row.add(static_cast<int>(hold.flow)).add(hold.place.value).add(number(hold.opened_in));
    emit(DerivedTable::hold, row.add(number(hold.lifted_in)));
  }
  const std::set<std::pair<Id<Hold>, Id<Lot>>> covers(changes.hold_lots.begin(), changes.hold_lots.end());
  for (const auto& [hold, lot] : covers)
    if (made.covers(hold, lot)) emit(DerivedTable::hold_lot, row.clear().add(lot.value).add(hold.value));
}

void joined_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  std::set<std::pair<Id<Lot>, Id<Lot>>> seen;
  for (const JoinedRow& join : made.changes().joined)
    if (seen.emplace(join.lot, join.with).second)
      emit(DerivedTable::joined, row.clear().add(join.lot.value).add(join.with.value).add(number(join.seq)));
}

void reading_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  std::set<std::tuple<std::uint32_t, std::string, std::uint64_t>> dropped, seen;
  for (const ReadingRow& r : made.changes().readings_dropped) dropped.emplace(r.subject, r.attribute, r.seq);
  for (const ReadingRow& r : made.changes().readings) {
    const std::tuple key{r.subject, r.attribute, r.seq};
    if (dropped.contains(key) || !seen.insert(key).second) continue;
    row.clear().add(r.subject).add(r.attribute).add(number(r.seq)).add(r.value).add(r.unit);
    emit(DerivedTable::reading, row);
  }
}

void record_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  const std::vector<std::uint32_t>& changed = made.changes().records;
  for (const std::uint32_t id : std::set<std::uint32_t>(changed.begin(), changed.end())) {
    const RecordRow record = record_row(made.masters(), id);
    row.clear().add(record.id).add(static_cast<int>(record.noun)).add(record.code).add(record.body);
    emit(DerivedTable::record, row);
  }
}

void order_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_trade_order([&](const TradeOrder& order) {
    row.clear().add(order.id.value).add(static_cast<int>(order.kind)).add(order.number).add(order.partner.value);
    row.add(order.address.value).add(order.site.value).add(order.due_on.day).add(static_cast<int>(order.state));
    emit(DerivedTable::trade_order, row.add(number(order.opened_in)));
    for (const TradeLine& line : order.lines) {
      row.clear().add(order.id.value).add(line.line).add(line.item.value).add(order.site.value);
      row.add(order.is_waiting(line) ? 1 : 0).add(line.quantity.millionths()).add(line.bound.millionths());
      emit(DerivedTable::order_line, row.add(line.picked.millionths()).add(line.done.millionths()));
    }
  });
  made.each_allotment([&](const Allotment& a) {
    row.clear().add(a.lot.value).add(a.order.value).add(a.line).add(a.place.value).add(a.is_picked ? 1 : 0);
    emit(DerivedTable::allotment, row.add(a.quantity.millionths()).add(a.quantity2.millionths()));
  });
  made.each_allotted([&](Id<Lot> lot, const Allotted& a) {
    row.clear().add(lot.value).add(a.place.value).add(a.bound.millionths()).add(a.picked.millionths());
    emit(DerivedTable::allotted, row.add(a.picked2.millionths()));
  });
}

void finding_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_held_unit([&](const HeldUnit& held) {
    row.clear().add(held.lot.value).add(held.serial.value);
    emit(DerivedTable::hold_serial, row.add(held.hold.value));
  });
  made.each_held_handling_unit([&](const HeldHandlingUnit& held) {
    emit(DerivedTable::hold_handling_unit, row.clear().add(held.handling_unit.value).add(held.hold.value));
  });
  made.each_finding([&](const Finding& finding) {
    row.clear().add(finding.id.value).add(static_cast<int>(finding.kind)).add(finding.number);
    row.add(finding.exists ? 1 : 0).add(finding.lot).add(finding.serial).add(number(finding.opened_in));
    emit(DerivedTable::finding, row.add(body_of(finding)));
  });
}

void vessel_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_vessel([&](Id<Place> vessel, const std::vector<Id<Lot>>& lots) {
    for (const Id<Lot> lot : lots) emit(DerivedTable::vessel_lot, row.clear().add(vessel.value).add(lot.value));
  });
}

void handling_unit_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  made.each_handling_unit([&](const HandlingUnit& unit) {
    row.clear().add(unit.id.value).add(unit.sscc).add(unit.place.value).add(unit.inside.value);
    emit(DerivedTable::handling_unit, row.add(unit.is_known ? 1 : 0).add(number(unit.opened_in)));
    for (const PackedGoods& goods : unit.goods) {
      row.clear().add(unit.id.value).add(goods.lot.value).add(goods.serial.value);
      emit(DerivedTable::packed, row.add(goods.quantity.millionths()).add(goods.quantity2.millionths()));
    }
  });
}

}  // namespace

void take_grown_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  View::Changes& changes = made.changes();
  for (const auto& [subject, seq] : changes.touches)
    emit(DerivedTable::touch, row.clear().add(subject).add(number(seq)));
  for (const auto& [document, seq] : changes.documents)
    emit(DerivedTable::document, row.clear().add(document).add(number(seq)));
  for (const auto& [key, seq] : changes.idem) emit(DerivedTable::idem, row.clear().add(key).add(number(seq)));
  for (const View::Changes::Notice& n : changes.noticed)
    emit(DerivedTable::noticed, row.clear().add(number(n.seq)).add(number(n.position)).add(n.code).add(n.lot.value));
  for (const auto& [entry, seq] : changes.signatures)
    emit(DerivedTable::signature, row.clear().add(number(entry)).add(number(seq)));
  changes.touches.clear(), changes.documents.clear(), changes.idem.clear(), changes.noticed.clear(),
      changes.signatures.clear();
}

void made_rows(View& made, DerivedRow& row, const EmitRow& emit) {
  lot_rows(made, row, emit);
  name_rows(made, row, emit);
  run_rows(made, row, emit);
  serial_rows(made, row, emit);
  hold_rows(made, row, emit);
  joined_rows(made, row, emit);
  reading_rows(made, row, emit);
  record_rows(made, row, emit);
  order_rows(made, row, emit);
  finding_rows(made, row, emit);
  vessel_rows(made, row, emit);
  handling_unit_rows(made, row, emit);
}

}  // namespace lotbook
