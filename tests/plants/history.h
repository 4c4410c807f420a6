// SPDX-License-Identifier: Apache-2.0
// A bundle as it is written, read line by line with nothing kept but what its names mean: which lot a row speaks of and
// how much that is in the item's base unit. What follows from the rows is for the visitor to find out.
//
// Readings of the format on which the judge rests:
// - A lot is (item, own code), trimmed and compared exactly. A row without `lot` names it by `supplier_lot`: the one
// lot
//   of the item that bears this name when the row is read (in the order of the file); `issuer` narrows the choice.
// - A receipt without `lot` falls under R4 to R6: the same document, partner, item, issuer and code is one lot (R5);
// else
//   under `issuer_lot` the lot that bears the name or a new one, whose own code is the issuer's if that is free; else a
//   new lot whose own code only the book knows: it has no code here, and is told apart by name and document.
// - The issuer is the column, else the item's maker, else the partner of the row.
// - A unit (serial) counts 1 where no quantity is given, and is of the lot that its first row names. `into` a unit is
// into
//   the lot that its run yields it in.
// - Conversion: inside a dimension exactly, else factors.csv of the lot, else of the item. An item without `decimals`
//   keeps six.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amount.h"
#include "csv.h"
#include "names.h"

namespace plants {

enum class Event : std::uint8_t {
  open,
  receive,
  name,
  move,
  consume,
  produce,
  close,
  dispatch,
  void_dispatch,
  come_back,
  return_to_supplier,
  dispose,
  sample,
  count,
  adjust,
  hold,
  quarantine,
  reject,
  release,
  fill,
  empty,
  clean
};

struct Item {
  std::string_view code, unit;
  std::uint32_t maker = none;
  int decimals = 6;
  bool by_issuer_lot = false;
  bool tracked = true;
};

struct Lot {
  std::uint32_t item = none;
  std::string_view code;                    // empty: only the book knows it
  std::string_view supplier_lot, document;  // of the receipt that opened a lot without code
};

// One row of events.csv. Numbers are `none` where the row says nothing.
struct Row {
  Event event = Event::open;
  std::size_t line = 0;
  std::uint32_t item = none, lot = none, document = none, reference = none, partner = none;
  Amount quantity = 0;
  std::string_view occurred_at, from, to, supplier_lot, into, kind;
  bool is_fill = false;  // part of what a fill of a vessel means (vessels.h)
};

class History {
 public:
  explicit History(const std::string& folder);

  // Reads events.csv once, in its order.
  void read(const std::function<void(const Row&)>& visit);

  std::vector<Item> items;
  std::vector<Lot> lots;
  Names item_names, partners, documents;
  std::uint32_t find_lot(std::string_view item, std::string_view code) const;

 private:
  struct Columns;
  struct Bearer {  // a lot that bears a name, in a list for each (item, name)
    std::uint32_t issuer, lot, document, partner, next;
  };

  void read_items();
  void read_partners();
  void read_factors();
  void read_ahead();
  std::string_view lot_of_unit(const CsvFile& file, const Columns& columns);
  void resolve(const CsvFile& file, const Columns& columns, Row& row);
  std::uint32_t lot_with_code(std::uint32_t item, std::string_view code, bool may_open);
  std::uint32_t lot_by_name(const CsvFile& file, const Row& row, std::string_view name, std::uint32_t issuer);
  std::uint32_t received_without_code(const CsvFile& file, const Row& row, std::uint32_t issuer);
  void give_name(const Row& row, std::string_view name, std::uint32_t issuer);
  Amount quantity_of(const CsvFile& file, const Columns& columns, const Row& row);

  std::string folder_;
  std::deque<CsvFile> files_;  // the texts lie in them
  std::deque<std::string> made_up_;
  Names lot_codes_;  // in the scope of their item
  std::vector<std::uint32_t> lot_of_code_;
  Names lot_names_;
  std::vector<std::uint32_t> bearers_of_name_;
  std::vector<Bearer> bearers_;
  std::unordered_map<std::string, Exact> factors_;
  std::unordered_map<std::string, std::string_view> yielded_units_;  // by document and serial: the lot
  std::unordered_map<std::string, std::string_view> lot_of_unit_;    // by item and serial
};

}  // namespace plants
