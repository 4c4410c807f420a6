// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/csv.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace lotbook {

std::string BundleFault::text() const {
  std::string out = file;
  if (line > 0) out += ":" + std::to_string(line);
  if (!column.empty()) out += ": " + column;
  return out + ": " + reason;
}

CsvReader::CsvReader(std::string file_name, std::string_view text, const CsvColumns& columns,
                     std::vector<BundleFault>& faults)
    : file_(std::move(file_name)), text_(text), columns_(columns), faults_(faults), fields_(columns.known.size()) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  const auto broken = [&](std::uint64_t line, std::string column, std::string reason) {
    faults_.push_back({file_, line, std::move(column), std::move(reason)});
    is_broken_ = true;
  };
  if (at_ == text_.size()) {
    broken(0, "", "the file is empty; its first row names the columns");
    return;
  }
  std::vector<std::string_view> header;
  if (!read_row(header)) {
    is_broken_ = true;
    return;
  }
  for (const std::string_view name : header) {
    const auto known = std::find(columns.known.begin(), columns.known.end(), name);
    if (known == columns.known.end()) {
      broken(1, std::string(name), "there is no such column here");
      place_of_.push_back(0);
      continue;
    }
    const auto place = static_cast<std::size_t>(known - columns.known.begin());
    if (std::find(place_of_.begin(), place_of_.end(), place) != place_of_.end())
      broken(1, std::string(name), "the column is there twice");
    place_of_.push_back(place);
  }
  for (const std::string_view name : columns.required)
    if (std::find(header.begin(), header.end(), name) == header.end())
      broken(1, std::string(name), "the column is missing");
}

bool CsvReader::next() {
  if (is_broken_) return false;
  // Blank lines between rows say nothing.
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) line_ += text_[at_++] == '\n';
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  if (!read_row(row_)) {
    is_broken_ = true;
    return false;
  }
  if (row_.size() != place_of_.size()) {
    faults_.push_back(
        {file_, row_line_, "",
         "the row has " + std::to_string(row_.size()) + " fields, the header " + std::to_string(place_of_.size())});
    std::fill(fields_.begin(), fields_.end(), std::string_view());
    return next();
  }
  for (std::size_t i = 0; i < row_.size(); ++i) fields_[place_of_[i]] = row_[i];
  return true;
}

bool CsvReader::read_row(std::vector<std::string_view>& fields) {
  fields.clear();
  unquoted_.clear();
  const std::uint64_t first_line = line_;
  const auto broken = [&](std::string reason) {
    const std::size_t column = fields.size();
    const std::string name = column < place_of_.size() ? std::string(columns_.known[place_of_[column]]) : std::string();
    faults_.push_back({file_, first_line, name, std::move(reason)});
    return false;
  };
  const std::size_t row_begin = at_;
  for (;;) {
    if (at_ < text_.size() && text_[at_] == '"') {
      const std::size_t begin = at_;
      for (++at_;; ++at_) {
        const void* quote = at_ < text_.size() ? std::memchr(text_.data() + at_, '"', text_.size() - at_) : nullptr;
        if (!quote) return broken("a quoted field does not end");
        at_ = static_cast<std::size_t>(static_cast<const char*>(quote) - text_.data());
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          ++at_;
          continue;
        }
        break;
      }
      ++at_;
      if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r')
        return broken("text after a closing quote");
      const std::string_view quoted = text_.substr(begin, at_ - begin);
      line_ += static_cast<std::uint64_t>(std::count(quoted.begin(), quoted.end(), '\n'));
      fields.push_back(unquoted(quoted));
    } else {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
        if (text_[at_] == '"') return broken("a quotation mark inside a field that is not quoted");
        ++at_;
      }
      fields.push_back(text_.substr(begin, at_ - begin));
    }
    if (fields.back().size() > longest_field) {
      fields.pop_back();
      return broken("the field is longer than " + std::to_string(longest_field) + " bytes");
    }
    if (at_ >= text_.size()) break;
    if (text_[at_] == ',') {
      ++at_;
      continue;
    }
    if (text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    break;
  }
  const std::string_view row = text_.substr(row_begin, at_ - row_begin);
  if (std::memchr(row.data(), 0, row.size())) {
    fields.clear();
    return broken("the row holds a NUL byte");
  }
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!is_utf8(fields[i])) {
      fields.resize(i);
      return broken("the text is not UTF-8");
    }
  return true;
}

std::string_view CsvReader::unquoted(std::string_view quoted) {
  const std::string_view inner = quoted.substr(1, quoted.size() - 2);
  if (inner.find('"') == std::string_view::npos) return inner;
  std::string& text = unquoted_.emplace_back();
  for (std::size_t i = 0; i < inner.size(); ++i) {
    text += inner[i];
    if (inner[i] == '"') ++i;
  }
  return text;
}

void CsvReader::fault(std::size_t known_column, std::string reason) const {
  fault(columns_.known[known_column], std::move(reason));
}

void CsvReader::fault(std::string_view column, std::string reason) const {
  faults_.push_back({file_, row_line_, std::string(column), std::move(reason)});
}

}  // namespace lotbook
