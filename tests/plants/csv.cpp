// SPDX-License-Identifier: Apache-2.0
#include "csv.h"

#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plants {

CsvFile::CsvFile(std::string path) : path_(std::move(path)) {
  const int file = ::open(path_.c_str(), O_RDONLY);
  if (file < 0) throw std::runtime_error(path_ + ": cannot be opened");
  struct stat about {};
  ::fstat(file, &about);
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size > 0) {
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped == MAP_FAILED) {
      ::close(file);
      throw std::runtime_error(path_ + ": cannot be read");
    }
    begin_ = static_cast<const char*>(mapped);
    end_ = begin_ + size;
  }
  ::close(file);
  at_ = begin_;
  if (size >= 3 && std::memcmp(begin_, "\xEF\xBB\xBF", 3) == 0) at_ += 3;
  if (!read_record()) throw std::runtime_error(path_ + ": has no header");
  for (const auto field : fields_) header_.emplace_back(trimmed(field));
}

CsvFile::~CsvFile() {
  if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), static_cast<std::size_t>(end_ - begin_));
}

bool CsvFile::exists(const std::string& path) { return ::access(path.c_str(), R_OK) == 0; }

bool CsvFile::next() {
  while (read_record()) {
    if (fields_.size() == 1 && fields_[0].empty()) continue;  // an empty line, as spreadsheets leave at the end
    if (fields_.size() != header_.size()) fail("", "has another number of fields than the header");
    return true;
  }
  return false;
}

bool CsvFile::read_record() {
  fields_.clear();
  record_line_ = line_;
  if (at_ == end_) return false;
  while (true) {
    if (at_ != end_ && *at_ == '"') {
      read_quoted();
    } else {
      const char* start = at_;
      while (at_ != end_ && *at_ != ',' && *at_ != '\n' && *at_ != '\r') ++at_;
      fields_.emplace_back(start, static_cast<std::size_t>(at_ - start));
    }
    if (at_ == end_) return true;
    const char stop = *at_++;
    if (stop == ',') continue;
    if (stop == '\r' && at_ != end_ && *at_ == '\n')
      ++at_;
    else if (stop != '\n')
      fail("", "has text behind a closing quote or a bare carriage return");
    ++line_;
    return true;
  }
}

void CsvFile::read_quoted() {
  const char* start = ++at_;
  bool doubled = false;
  while (true) {
    const auto* quote = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
    if (quote == nullptr) fail("", "opens a quote that nothing closes");
    for (; at_ != quote; ++at_)
      if (*at_ == '\n') ++line_;
    ++at_;
    if (at_ == end_ || *at_ != '"') break;
    doubled = true;
    ++at_;
  }
  const std::string_view raw(start, static_cast<std::size_t>(at_ - 1 - start));
  if (!doubled) {
    fields_.push_back(raw);
    return;
  }
  std::string plain;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    plain += raw[i];
    if (raw[i] == '"') ++i;
  }
  fields_.push_back(undone_.emplace_back(std::move(plain)));
}

int CsvFile::column(std::string_view name) const {
  for (std::size_t i = 0; i < header_.size(); ++i)
    if (header_[i] == name) return static_cast<int>(i);
  return absent;
}

int CsvFile::required(std::string_view name) const {
  const int found = column(name);
  if (found == absent) throw std::runtime_error(path_ + ":1: " + std::string(name) + ": this column is missing");
  return found;
}

void CsvFile::fail(std::string_view column_name, std::string_view reason) const {
  std::string text = path_ + ":" + std::to_string(record_line_) + ": ";
  if (!column_name.empty()) text.append(column_name).append(": ");
  throw std::runtime_error(text.append(reason));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace plants
