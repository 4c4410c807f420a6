// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "store/store.h"

// The derived tables as rows of text, so that `verify` can hold them against what the entries say.

namespace lotbook {

enum class DerivedTable {
  lot,
  name,
  stock,
  touch,
  document,
  idem,
  run,
  hold,
  hold_lot,
  joined,
  reading,
  record,
  noticed,
  serial,
  trade_order,
  order_line,
  allotment,
  hold_serial,
  finding,
  vessel_lot,
  handling_unit,
  packed,
  hold_handling_unit,
  allotted,
  signature
};
constexpr std::array<std::string_view, 25> derived_table_names{"lot",
                                                               "name",
                                                               "stock",
                                                               "touch",
                                                               "document",
                                                               "idem",
                                                               "run",
                                                               "hold",
                                                               "hold_lot",
                                                               "joined",
                                                               "reading",
                                                               "record",
                                                               "noticed",
                                                               "serial",
                                                               "trade_order",
                                                               "order_line",
                                                               "allotment",
                                                               "hold_serial",
                                                               "finding",
                                                               "vessel_lot",
                                                               "handling_unit",
                                                               "packed",
                                                               "hold_handling_unit",
                                                               "allotted",
                                                               "signature"};

/// One row in the making, as a number that stands for its values in their order, and as text where somebody will read
/// it.
class DerivedRow {
 public:
  /// Rows are compared by numbers made under the same `key`; a key that nobody can know beforehand keeps anybody from
  /// preparing rows that cancel out.
  explicit DerivedRow(std::uint64_t key, bool keeps_text = false) : key_(key), keeps_text_(keeps_text) {}
  DerivedRow& clear() {
    hash_ = key_;
    if (keeps_text_) text_.clear();
    return *this;
  }
  DerivedRow& add(std::int64_t value) {
    mix(static_cast<std::uint64_t>(value));
    if (keeps_text_) write(value);
    return *this;
  }
  DerivedRow& add(std::string_view value);
  std::uint64_t hash() const { return hash_; }
  const std::string& text() const { return text_; }  ///< a bar behind each value

 private:
  void mix(std::uint64_t value) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(hash_ ^ value) * 0x9FB21C651E98DF25u;
    hash_ = (static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64)) + key_;
  }
  void write(std::int64_t value);
  std::uint64_t key_, hash_ = 0;
  bool keeps_text_;
  std::string text_;
};

/// Every row of a derived table, columns in the order of the table.
void stored_rows(Connection& connection, DerivedTable table, DerivedRow& row,
                 const std::function<void(const DerivedRow&)>& visit);

}  // namespace lotbook
