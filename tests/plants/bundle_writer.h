// SPDX-License-Identifier: Apache-2.0
// Writes the files of a bundle. A row is filled by name and written with `end_row`; columns, line ends and the byte
// order mark follow the layout chosen, so that one history can come in several outfits.
#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace plants {

enum Column : unsigned {
  occurred_at,
  event,
  document,
  item,
  lot,
  quantity,
  unit,
  from,
  to,
  partner,
  supplier_lot,
  expires_on,
  produced_on,
  reference,
  reason,
  issuer,
  best_before_on,
  into,
  kind,
  column_count
};

struct Layout {
  std::vector<Column> order;
  bool byte_order_mark = false;
  bool carriage_returns = false;
};

// A field as it stands in a CSV file.
std::string csv_field(std::string_view text);

class EventsFile {
 public:
  EventsFile(const std::string& path, Layout layout);
  ~EventsFile();
  EventsFile(const EventsFile&) = delete;
  EventsFile& operator=(const EventsFile&) = delete;

  std::string& operator[](Column column) { return fields_[column]; }
  void end_row();
  std::size_t rows() const { return rows_; }

 private:
  Layout layout_;
  std::FILE* file_;
  std::string buffer_;
  std::array<std::string, column_count> fields_;
  std::size_t rows_ = 0;
};

void write_table(const std::string& path, const std::vector<std::vector<std::string>>& rows);

}  // namespace plants
