// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

struct sqlite3_vfs;

// A SQLite VFS over the system's that counts what is done to files, may refuse any of it, and keeps apart what was
// synced and what was only written, so that the power can be cut at any operation.

namespace lotbook {

enum class DiskOp { open, read, write, truncate, sync, remove };

/// One operation, before it is done. `number` counts from 1 over all files.
struct DiskStep {
  std::uint64_t number = 0;
  DiskOp op = DiskOp::open;
  std::string file;
  bool changes_disk() const { return op != DiskOp::read; }
};

/// What a disk holds after a power cut: files by their path, with their bytes.
using DiskImage = std::map<std::string, std::vector<std::uint8_t>>;

class FaultVfs {
 public:
  /// Registers itself under `name`; the last one of that name must be gone. One at a time in a program.
  explicit FaultVfs(const char* name);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  /// Asked before every operation: 0 lets it happen, anything else is the SQLite error that it gives.
  std::function<int(const DiskStep&)> before;
  /// Whether a sync is passed on to the real disk; what is synced for a power cut is known without.
  bool syncs_for_real = true;
  /// Whether written and synced bytes are kept apart, for `cut_power`.
  bool remembers = false;
  std::uint64_t steps() const { return steps_; }

  /// What the disk would hold if the power failed now: all that was synced, and of the rest what `random` says, torn
  /// into sectors of 512 bytes.
  DiskImage cut_power(std::mt19937_64& random) const;

 private:
  friend struct FaultFile;
  friend struct FaultCalls;
  struct Pending {
    bool is_truncate = false;
    std::uint64_t offset = 0;  ///< of a write; the new size of a truncation
    std::vector<std::uint8_t> bytes;
  };
  struct Content {
    bool is_durable = false;  ///< its name is on the disk
    std::vector<std::uint8_t> synced;
    std::vector<Pending> pending;
  };
  struct Name {
    std::optional<Content> now;      ///< the file that bears the name
    std::optional<Content> removed;  ///< a file whose removal a power cut may forget
  };
  int step(DiskOp op, const std::string& file);
  void note(const std::string& file, Pending pending);
  void note_sync(const std::string& file);
  void note_folder_sync();
  void note_open(const std::string& file, bool is_new);
  void note_remove(const std::string& file, bool synced);
  static void apply(std::vector<std::uint8_t>& bytes, const Pending& pending, std::uint64_t from, std::uint64_t to);

  mutable std::mutex mutex_;
  std::uint64_t steps_ = 0;
  std::map<std::string, Name> names_;
  sqlite3_vfs* vfs_ = nullptr;
};

}  // namespace lotbook
