// SPDX-License-Identifier: Apache-2.0
#include "store/sql/rows.h"

namespace lotbook {

void Transaction::put_head(const Head& head) {
  Once(connection_,
       "insert into head (book, seq, hash, next_id, settled_max) values (1, $1, $2, $3, $4) on conflict (book) do "
       "update set "
       "seq = excluded.seq, hash = excluded.hash, next_id = excluded.next_id, settled_max = excluded.settled_max")
      .integer(number(head.seq))
      .blob(head.hash)
      .integer(head.next_id)
      .integer(head.settled_max.microseconds)
      .run();
}

void Transaction::add_entries(std::span<const NewEntry> rows) {
  RowSink& sink = connection_.rows_into("insert into entry (seq, body, hash) values", 3, "");
  for (const NewEntry& row : rows)
    sink.integer(number(row.seq)), sink.blob(row.body), sink.blob(row.hash), sink.end_row();
  sink.finish();
}

void Transaction::put_lots(std::span<const NewLot> rows) {
  RowSink& sink = connection_.rows_into(
      "insert into lot (lot, item, code, quality, origin, expiry_calculated, received_on, produced_on, expires_on, "
      "best_before_on, retest_on, "
      "is_held, opened_in) values",
      13,
      "on conflict (lot) do update set code = excluded.code, quality = excluded.quality, expiry_calculated = "
      "excluded.expiry_calculated, "
      "received_on = excluded.received_on, produced_on = excluded.produced_on, expires_on = excluded.expires_on, "
      "best_before_on = excluded.best_before_on, retest_on = excluded.retest_on, is_held = excluded.is_held");
  for (const NewLot& row : rows) {
    const Lot& lot = *row.lot;
    sink.integer(lot.id.value), sink.integer(lot.item.value), sink.text(lot.code),
        sink.integer(static_cast<int>(lot.quality));
    sink.integer(static_cast<int>(lot.origin)), sink.integer(lot.expiry_calculated ? 1 : 0),
        sink.integer(lot.received_on.day);
    sink.integer(lot.produced_on.day), sink.integer(lot.expires_on.day), sink.integer(lot.best_before_on.day),
        sink.integer(lot.retest_on.day);
    sink.integer(row.is_held ? 1 : 0), sink.integer(number(lot.opened_in)), sink.end_row();
  }
  sink.finish();
}

void Transaction::add_names(std::span<const NewName> rows) {
  RowSink& sink = connection_.rows_into("insert into name (item, skeleton, code, kind, issuer, lot) values", 6,
                                        "on conflict do nothing");
  for (const NewName& row : rows) {
    const LotName& name = *row.name;
    sink.integer(name.item.value), sink.text(row.skeleton), sink.text(name.code);
    sink.integer(static_cast<int>(name.kind)), sink.integer(name.issuer.value), sink.integer(name.lot.value);
    sink.end_row();
  }
  sink.finish();
}

void Transaction::drop_name(const LotName& name) {
  const std::string key = skeleton(name.code);
  Once(connection_,
       "delete from name where item = $1 and skeleton = $2 and code = $3 and kind = $4 and issuer = $5 and lot = $6")
      .integer(name.item.value)
      .text(key)
      .text(name.code)
      .integer(static_cast<int>(name.kind))
      .integer(name.issuer.value)
      .integer(name.lot.value)
      .run();
}

void Transaction::put_stock(std::span<const StockRow> rows) {
  RowSink& sink =
      connection_.rows_into("insert into stock (item, pick_day, lot, place, blocked, quantity, quantity2) values", 7,
                            "on conflict (item, pick_day, lot, place) do update set blocked = excluded.blocked, "
                            "quantity = excluded.quantity, quantity2 = excluded.quantity2");
  for (const StockRow& row : rows) {
    sink.integer(row.item.value), sink.integer(row.pick_day), sink.integer(row.lot.value),
        sink.integer(row.place.value);
    sink.integer(row.blocked ? 1 : 0), sink.integer(row.quantity.millionths()),
        sink.integer(row.quantity2.millionths()), sink.end_row();
  }
  sink.finish();
}

void Transaction::drop_stock(std::span<const StockRow> keys) {
  for (const StockRow& key : keys)
    Once(connection_, "delete from stock where item = $1 and pick_day = $2 and lot = $3 and place = $4")
        .integer(key.item.value)
        .integer(key.pick_day)
        .integer(key.lot.value)
        .integer(key.place.value)
        .run();
}

void Transaction::add_vessel_lot(Id<Place> vessel, Id<Lot> lot) {
  Once(connection_, "insert into vessel_lot (place, lot) values ($1, $2) on conflict do nothing")
      .integer(vessel.value)
      .integer(lot.value)
      .run();
}

void Transaction::drop_vessel_lot(Id<Place> vessel, Id<Lot> lot) {
  Once(connection_, "delete from vessel_lot where place = $1 and lot = $2")
      .integer(vessel.value)
      .integer(lot.value)
      .run();
}

void Transaction::add_touches(std::span<const std::pair<std::uint32_t, std::uint64_t>> rows) {
  RowSink& sink = connection_.rows_into("insert into touch (subject, seq) values", 2, "");
  for (const auto& [subject, seq] : rows) sink.integer(subject), sink.integer(number(seq)), sink.end_row();
  sink.finish();
}

void Transaction::add_documents(std::span<const std::pair<std::string_view, std::uint64_t>> rows) {
  RowSink& sink = connection_.rows_into("insert into document (number, seq) values", 2, "");
  for (const auto& [document, seq] : rows) sink.text(document), sink.integer(number(seq)), sink.end_row();
  sink.finish();
}

void Transaction::add_idem(std::span<const std::pair<std::int64_t, std::uint64_t>> rows) {
  RowSink& sink = connection_.rows_into("insert into idem (key, seq) values", 2, "");
  for (const auto& [key, seq] : rows) sink.integer(key), sink.integer(number(seq)), sink.end_row();
  sink.finish();
}

void Transaction::put_runs(std::span<const Run* const> runs) {
  RowSink& sink = connection_.rows_into(
      "insert into run (run, number, kind, state, place, recipe, opened_in, closed_in) values", 8,
      "on conflict (run) do update set state = excluded.state, place = excluded.place, recipe = excluded.recipe, "
      "closed_in = excluded.closed_in");
  for (const Run* run : runs) {
    sink.integer(run->id.value), sink.text(run->number), sink.integer(static_cast<int>(run->kind));
    sink.integer(static_cast<int>(run->state)), sink.integer(run->place.value), sink.text(run->recipe);
    sink.integer(number(run->opened_in)), sink.integer(number(run->closed_in)), sink.end_row();
  }
  sink.finish();
}

void Transaction::put_serials(std::span<const Serial* const> serials) {
  RowSink& sink =
      connection_.rows_into("insert into serial (serial, item, code, issuer, lot, place, inside, opened_in) values", 8,
                            "on conflict (serial) do update set place = excluded.place, inside = excluded.inside");
  for (const Serial* serial : serials) {
    sink.integer(serial->id.value), sink.integer(serial->item.value), sink.text(serial->code);
    sink.integer(serial->issuer.value), sink.integer(serial->lot.value), sink.integer(serial->place.value);
    sink.integer(serial->inside.value), sink.integer(number(serial->opened_in)), sink.end_row();
  }
  sink.finish();
}

void Transaction::drop_serial(Id<Serial> serial) {
  Once(connection_, "delete from serial where serial = $1").integer(serial.value).run();
}

void Transaction::put_hold(const Hold& hold) {
  Once(connection_,
       "insert into hold (hold, number, reason, author, recall, flow, place, opened_in, lifted_in) values ($1, $2, $3, "
       "$4, $5, $6, $7, $8, $9) "
       "on conflict (hold) do update set lifted_in = excluded.lifted_in")
      .integer(hold.id.value)
      .text(hold.number)
      .text(hold.reason)
      .text(hold.author)
      .text(hold.recall)
      .integer(static_cast<int>(hold.flow))
      .integer(hold.place.value)
      .integer(number(hold.opened_in))
      .integer(number(hold.lifted_in))
      .run();
}

void Transaction::add_hold_lot(Id<Hold> hold, Id<Lot> lot) {
  Once(connection_, "insert into hold_lot (lot, hold) values ($1, $2) on conflict do nothing")
      .integer(lot.value)
      .integer(hold.value)
      .run();
}

void Transaction::drop_hold_lot(Id<Hold> hold, Id<Lot> lot) {
  Once(connection_, "delete from hold_lot where lot = $1 and hold = $2").integer(lot.value).integer(hold.value).run();
}

void Transaction::add_joined(const JoinedRow& row) {
  Once(connection_, "insert into joined (lot, with_lot, seq) values ($1, $2, $3) on conflict do nothing")
      .integer(row.lot.value)
      .integer(row.with.value)
      .integer(number(row.seq))
      .run();
}

void Transaction::drop_joined(const JoinedRow& row) {
  Once(connection_, "delete from joined where lot = $1 and with_lot = $2")
      .integer(row.lot.value)
      .integer(row.with.value)
      .run();
}

void Transaction::add_reading(const ReadingRow& row) {
  Once(connection_,
       "insert into reading (subject, attribute, seq, value, unit) values ($1, $2, $3, $4, $5) on conflict do nothing")
      .integer(row.subject)
      .text(row.attribute)
      .integer(number(row.seq))
      .text(row.value)
      .text(row.unit)
      .run();
}

void Transaction::drop_readings(std::uint64_t seq, std::uint32_t subject, std::string_view attribute) {
  Once(connection_, "delete from reading where subject = $1 and attribute = $2 and seq = $3")
      .integer(subject)
      .text(attribute)
      .integer(number(seq))
      .run();
}

void Transaction::put_record(const RecordRow& row) {
  Once(connection_,
       "insert into record (id, noun, code, body) values ($1, $2, $3, $4) on conflict (id) do update set body = "
       "excluded.body")
      .integer(row.id)
      .integer(static_cast<int>(row.noun))
      .text(row.code)
      .text(row.body)
      .run();
}

void Transaction::add_noticed(std::uint64_t seq, std::size_t position, std::string_view code, Id<Lot> lot) {
  Once(connection_, "insert into noticed (seq, position, code, lot) values ($1, $2, $3, $4)")
      .integer(number(seq))
      .integer(static_cast<std::int64_t>(position))
      .text(code)
      .integer(lot.value)
      .run();
}

void Transaction::add_signature(std::uint64_t entry, std::uint64_t seq) {
  Once(connection_, "insert into signature (signed, seq) values ($1, $2)")
      .integer(static_cast<std::int64_t>(entry))
      .integer(static_cast<std::int64_t>(seq))
      .run();
}

void Transaction::add_private(const PrivateRow& row) {
  Once(connection_, "insert into private (hash, salt, value) values ($1, $2, $3) on conflict do nothing")
      .blob(row.hash)
      .blob(row.salt)
      .text(row.value)
      .run();
}

void Transaction::drop_private(const Hash& hash) {
  Once(connection_, "delete from private where hash = $1").blob(hash).run();
}

void Transaction::put_setting(std::string_view name, std::string_view value) {
  Once(connection_,
       "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value")
      .text(name)
      .text(value)
      .run();
}

}  // namespace lotbook
