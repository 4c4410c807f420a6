// SPDX-License-Identifier: Apache-2.0
#include "store/head_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "store/store.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;

// A line: number in 20 digits, ':', hash, ' ', the first 16 hexadecimal digits of SHA-256 of all before, end of line.
constexpr std::size_t number_size = 20, head_size = number_size + 1 + 64, line_size = head_size + 1 + 16 + 1;

std::string check_of(std::string_view head) { return hex(sha256({bytes_of(head)})).substr(0, 16); }

std::string padded(const HeadFile::Head& head) {
  const std::string number = std::to_string(head.seq);
  return std::string(number_size - number.size(), '0') + number + ":" + hex(head.hash);
}

std::optional<HeadFile::Head> parsed(std::string_view line) {
  if (line.size() != line_size || line.substr(head_size) != " " + check_of(line.substr(0, head_size)) + "\n")
    return std::nullopt;
  const std::optional<Bytes> hash = from_hex(line.substr(number_size + 1, 64));
  if (!hash) return std::nullopt;
  HeadFile::Head head;
  head.seq = std::strtoull(std::string(line.substr(0, number_size)).c_str(), nullptr, 10);
  std::copy(hash->begin(), hash->end(), head.hash.begin());
  return head;
}

struct Slots {
  std::optional<HeadFile::Head> lines[2];
  bool is_empty = false;
  int newest() const { return lines[1] && (!lines[0] || lines[1]->seq > lines[0]->seq) ? 1 : 0; }
};

Slots read_slots(int file, const std::string& name) {
  char text[2 * line_size];
  const ssize_t size = ::pread(file, text, sizeof text, 0);
  if (size < 0) throw StoreFailure(Kind::unavailable, "cannot read " + name + ": " + std::strerror(errno));
  Slots slots;
  // A file whose first line never reached the disk may read as zeros.
  slots.is_empty = std::all_of(text, text + size, [](char c) { return c == 0; });
  for (std::size_t i = 0; i < 2; ++i)
    if (const std::size_t end = (i + 1) * line_size; static_cast<std::size_t>(size) >= end)
      slots.lines[i] = parsed({text + i * line_size, line_size});
  if (!slots.is_empty && !slots.lines[0] && !slots.lines[1])
    throw StoreFailure(Kind::older_past, name + " is damaged, so nobody knows whether this book is as new as it was. " +
                                             "Look at the book, then accept it with: lotbook accept-past");
  return slots;
}

std::string file_in(const std::string& state) { return state + "head"; }

}  // namespace

std::string HeadFile::Head::text() const { return std::to_string(seq) + ":" + hex(hash); }

HeadFile::HeadFile(const std::string& state) : name_(file_in(state)) {
  std::error_code error;
  const std::string folder = std::filesystem::path(name_).parent_path().string();
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) throw StoreFailure(Kind::unavailable, "cannot make the folder " + folder + ": " + error.message());
  file_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw StoreFailure(Kind::unavailable, "cannot open " + name_ + ": " + std::strerror(errno));
  try {
    const Slots slots = read_slots(file_, name_);
    slot_ = slots.newest(), remembered_ = slots.lines[slot_];
  } catch (...) {
    ::close(file_);
    throw;
  }
}

HeadFile::~HeadFile() {
  sync();
  ::close(file_);
}

bool HeadFile::note(const Head& head) {
  if (remembered_ == head) return true;
  const bool is_first = !remembered_, goes_back = !is_first && head.seq <= remembered_->seq;
  slot_ = 1 - slot_;
  remembered_ = head;
  const bool written = write(head, slot_) && (!goes_back || write(head, 1 - slot_));
  if (is_first || goes_back) sync();
  return written;
}

bool HeadFile::write(const Head& head, int slot) {
  std::string line = padded(head);
  line += " " + check_of(line) + "\n";
  return ::pwrite(file_, line.data(), line.size(), static_cast<off_t>(slot) * static_cast<off_t>(line_size)) ==
         static_cast<ssize_t>(line.size());
}

void HeadFile::sync() { ::fdatasync(file_); }

std::optional<HeadFile::Head> HeadFile::read(const std::string& state) {
  const std::string name = file_in(state);
  const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  try {
    const Slots slots = read_slots(file, name);
    ::close(file);
    return slots.lines[slots.newest()];
  } catch (...) {
    ::close(file);
    throw;
  }
}

void HeadFile::forget(const std::string& state) { ::unlink(file_in(state).c_str()); }

std::string usual_state_folder(const std::string& book) {
  const auto set = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value ? value : "";
  };
  if (const std::string said = set("LOTBOOK_STATE"); !said.empty()) return said + "/";
  const std::size_t scheme = book.find("://");
  if (scheme == std::string::npos) return book + "-";
  // Of an address: without who signs in and how, which may change.
  std::string name = book.substr(scheme + 3);
  if (const std::size_t at = name.find('@'); at != std::string::npos && at < name.find('/')) name.erase(0, at + 1);
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '-') c = '_';
  std::string folder = set("STATE_DIRECTORY");
  if (folder.empty() && !set("XDG_STATE_HOME").empty()) folder = set("XDG_STATE_HOME") + "/lotbook";
  if (folder.empty()) folder = set("HOME") + "/.local/state/lotbook";
  return folder + "/" + name + "/";
}

}  // namespace lotbook
