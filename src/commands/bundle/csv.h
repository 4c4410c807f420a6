// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

// CSV files of an import bundle: RFC 4180, UTF-8, a header row; a byte-order mark, CRLF and columns in another order
// are accepted.

namespace lotbook {

/// One fault of a bundle, as a person counts: the header is line 1.
struct BundleFault {
  std::string file;
  std::uint64_t line = 0;  ///< 0: the file as a whole
  std::string column;
  std::string reason;
  std::string text() const;  ///< "events.csv:12: quantity: …"
};

/// What a file may hold.
struct CsvColumns {
  std::vector<std::string_view> known;     ///< in the order in which rows are asked for them
  std::vector<std::string_view> required;  ///< must be in the header
};

/// Reads a file row by row. Fields are views into the file's text, valid for the reader's life.
class CsvReader {
 public:
  static constexpr std::size_t longest_field = 100'000;

  CsvReader(std::string file_name, std::string_view text, const CsvColumns& columns, std::vector<BundleFault>& faults);

  /// The next row; false at the end, or when the file's shape is broken so that going on makes no sense.
  bool next();
  std::uint64_t line() const { return row_line_; }          ///< on which the row begins
  std::size_t offset() const { return at_; }                ///< bytes read so far
  std::string_view field(std::size_t known_column) const {  ///< empty when the file lacks the column
    return fields_[known_column];
  }
  void fault(std::size_t known_column, std::string reason) const;
  void fault(std::string_view column, std::string reason) const;

 private:
  bool read_row(std::vector<std::string_view>& fields);
  std::string_view unquoted(std::string_view quoted);

  std::string file_;
  std::string_view text_;
  const CsvColumns& columns_;
  std::vector<BundleFault>& faults_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1, row_line_ = 0;
  bool is_broken_ = false;
  std::vector<std::size_t> place_of_;  // column of the file -> known column
  std::vector<std::string_view> row_, fields_;
  std::deque<std::string> unquoted_;  // fields with doubled quotes need a text of their own
};

}  // namespace lotbook
