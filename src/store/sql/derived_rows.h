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
  noticed
};
constexpr std::array<std::string_view, 13> derived_table_names{"lot",     "name",   "stock",  "touch",    "document",
                                                               "idem",    "run",    "hold",   "hold_lot", "joined",
                                                               "reading", "record", "noticed"};

/// One row in the making: values with a separator that no text holds.
class RowText {
 public:
  void clear() { text_.clear(); }
  RowText& add(std::int64_t value);
  RowText& add(std::string_view value);
  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

/// Every row of a derived table, columns in the order of the table.
void stored_rows(Connection& connection, DerivedTable table, const std::function<void(const RowText&)>& visit);

}  // namespace lotbook
