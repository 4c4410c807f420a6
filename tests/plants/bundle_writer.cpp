// SPDX-License-Identifier: Apache-2.0
#include "bundle_writer.h"

#include <stdexcept>

namespace plants {
namespace {

constexpr std::array<std::string_view, column_count> names{
    "occurred_at", "event",  "document",       "item",         "lot",        "quantity",    "unit",
    "from",        "to",     "partner",        "supplier_lot", "expires_on", "produced_on", "reference",
    "reason",      "issuer", "best_before_on", "into",         "kind"};

void append_field(std::string& line, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char letter : text) line.append(letter == '"' ? 2 : 1, letter);
  line += '"';
}

}  // namespace

std::string csv_field(std::string_view text) {
  std::string field;
  append_field(field, text);
  return field;
}

EventsFile::EventsFile(const std::string& path, Layout layout)
    : layout_(std::move(layout)), file_(std::fopen(path.c_str(), "wb")) {
  if (file_ == nullptr) throw std::runtime_error(path + ": cannot be written");
  if (layout_.byte_order_mark) buffer_ = "\xEF\xBB\xBF";
  for (const auto column : layout_.order) buffer_.append(names[column]).append(1, ',');
  buffer_.pop_back();
  buffer_ += layout_.carriage_returns ? "\r\n" : "\n";
}

EventsFile::~EventsFile() {
  std::fwrite(buffer_.data(), 1, buffer_.size(), file_);
  std::fclose(file_);
}

void EventsFile::end_row() {
  for (const auto column : layout_.order) {
    append_field(buffer_, fields_[column]);
    buffer_ += ',';
  }
  buffer_.pop_back();
  buffer_ += layout_.carriage_returns ? "\r\n" : "\n";
  for (auto& field : fields_) field.clear();
  ++rows_;
  if (buffer_.size() > 1 << 20) {
    std::fwrite(buffer_.data(), 1, buffer_.size(), file_);
    buffer_.clear();
  }
}

void write_table(const std::string& path, const std::vector<std::vector<std::string>>& rows) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) throw std::runtime_error(path + ": cannot be written");
  std::string text;
  for (const auto& row : rows) {
    for (const auto& field : row) {
      append_field(text, field);
      text += ',';
    }
    text.back() = '\n';
  }
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

}  // namespace plants
