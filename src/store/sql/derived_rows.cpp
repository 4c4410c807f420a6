// SPDX-License-Identifier: Apache-2.0
#include "store/sql/derived_rows.h"

#include <algorithm>
#include <cstring>

#include "store/sql/rows.h"

namespace lotbook {

namespace {

/// SQL of a table, and for each column whether it is a number (i) or a text (t).
struct Reader {
  const char* sql;
  std::string_view columns;
};
constexpr std::array<Reader, 25> readers{{
    {"select lot, item, code, quality, origin, expiry_calculated, received_on, produced_on, expires_on, "
     "best_before_on, retest_on, is_held, opened_in from lot",
     "iitiiiiiiiiii"},
    {"select item, skeleton, code, kind, issuer, lot from name", "ittiii"},
    {"select item, pick_day, lot, place, blocked, quantity, quantity2 from stock", "iiiiiii"},
    {"select subject, seq from touch", "ii"},
    {"select number, seq from document", "ti"},
    {"select key, seq from idem", "ii"},
    {"select run, number, kind, state, place, recipe, opened_in, closed_in from run", "itiiitii"},
    {"select hold, number, reason, author, recall, flow, place, opened_in, lifted_in from hold", "ittttiiii"},
    {"select lot, hold from hold_lot", "ii"},
    {"select lot, with_lot, seq from joined", "iii"},
    {"select subject, attribute, seq, value, unit from reading", "ititt"},
    {"select id, noun, code, body from record", "iitt"},
    {"select seq, position, code, lot from noticed", "iiti"},
    {"select serial, item, code, issuer, lot, place, inside, opened_in from serial", "iitiiiii"},
    {"select trade_order, kind, number, partner, address, site, due_on, state, opened_in from trade_order",
     "iitiiiiii"},
    {"select trade_order, line, item, site, is_waiting, quantity, bound, picked, done from order_line", "iiiiiiiii"},
    {"select lot, trade_order, line, place, is_picked, quantity, quantity2 from allotment", "iiiiiii"},
    {"select lot, serial, hold from hold_serial", "iii"},
    {"select finding, kind, number, is_there, lot, serial, opened_in, body from finding", "iitiiiit"},
    {"select place, lot from vessel_lot", "ii"},
    {"select handling_unit, sscc, place, inside, is_known, opened_in from handling_unit", "itiiii"},
    {"select handling_unit, lot, serial, quantity, quantity2 from packed", "iiiii"},
    {"select handling_unit, hold from hold_handling_unit", "ii"},
    {"select lot, place, bound, picked, picked2 from allotted", "iiiii"},
    {"select signed, seq from signature", "ii"},
}};

}  // namespace

DerivedRow& DerivedRow::add(std::string_view value) {
  mix(value.size());
  for (std::size_t at = 0; at < value.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t piece = 0;
    std::memcpy(&piece, value.data() + at, std::min(sizeof piece, value.size() - at));
    mix(piece);
  }
  if (keeps_text_) text_.append(value) += '|';
  return *this;
}

void DerivedRow::write(std::int64_t value) { text_.append(std::to_string(value)) += '|'; }

void stored_rows(Connection& connection, DerivedTable table, DerivedRow& row,
                 const std::function<void(const DerivedRow&)>& visit) {
  const Reader& reader = readers[static_cast<std::size_t>(table)];
  Cursor q(connection.prepared(reader.sql));
  while (q->step()) {
    row.clear();
    for (std::size_t i = 0; i < reader.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      if (reader.columns[i] == 'i')
        row.add(q->integer(column));
      else
        row.add(q->text(column));
    }
    visit(row);
  }
}

}  // namespace lotbook
