// SPDX-License-Identifier: Apache-2.0
// Reads one CSV file of a bundle as RFC 4180 says: quoted fields, "" inside them, line ends inside them, CR LF or LF, a
// byte order mark, columns in any order. Fields are views into the mapped file (or into the reader, where "" had to be
// undone) and live as long as the reader. It is a judge's reader: on trouble it stops with file:line: column: reason.
#pragma once

#include <cstddef>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plants {

class CsvFile {
 public:
  explicit CsvFile(std::string path);
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  static bool exists(const std::string& path);

  bool next();
  std::size_t line() const { return record_line_; }

  static constexpr int absent = -1;
  // The number of a column by its name in the header.
  int column(std::string_view name) const;
  int required(std::string_view name) const;
  // A column that the file does not have is empty on every row.
  std::string_view operator[](int column) const {
    return column < 0 || column >= static_cast<int>(fields_.size()) ? std::string_view() : fields_[column];
  }

  [[noreturn]] void fail(std::string_view column_name, std::string_view reason) const;

 private:
  bool read_record();
  void read_quoted();

  std::string path_;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  const char* at_ = nullptr;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
  std::vector<std::string> header_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> undone_;
};

// Outer blanks are no part of a code (R9).
std::string_view trimmed(std::string_view text);

}  // namespace plants
