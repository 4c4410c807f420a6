// SPDX-License-Identifier: Apache-2.0
#include "store/sql/derived_rows.h"

#include <charconv>

#include "store/sql/rows.h"

namespace lotbook {

namespace {

/// SQL of a table, and for each column whether it is a number (i) or a text (t).
struct Reader {
  const char* sql;
  std::string_view columns;
};
constexpr std::array<Reader, 13> readers{{
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
}};

}  // namespace

RowText& RowText::add(std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text_.append(digits, end);
  text_ += '\x1f';
  return *this;
}

RowText& RowText::add(std::string_view value) {
  text_ += value;
  text_ += '\x1f';
  return *this;
}

void stored_rows(Connection& connection, DerivedTable table, const std::function<void(const RowText&)>& visit) {
  const Reader& reader = readers[static_cast<std::size_t>(table)];
  Cursor q(connection.prepared(reader.sql));
  RowText row;
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
