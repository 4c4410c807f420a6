// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/sha256.h"

// The newest head that was acknowledged, kept outside the book: who gets an older book under its name finds out. It is
// written behind each commit without waiting for the disk, which survives the end of the process; `sync` makes it
// survive a power cut. So it may lag behind the book, and is never ahead of it.

namespace lotbook {

class HeadFile {
 public:
  struct Head {
    std::uint64_t seq = 0;
    Hash hash{};
    std::string text() const;  ///< NUMBER:HASH
    bool operator==(const Head&) const = default;
  };

  /// `state` is what the names of the state's files begin with: a folder with its slash, or a book's name with a dash.
  /// Makes the folder when it is not there. Throws StoreFailure: also when the file is there and says nothing readable.
  explicit HeadFile(const std::string& state);
  ~HeadFile();
  HeadFile(const HeadFile&) = delete;
  HeadFile& operator=(const HeadFile&) = delete;

  const std::optional<Head>& remembered() const { return remembered_; }
  /// Remembers a head, also one that is lower. False when it could not be written; the book goes on all the same.
  bool note(const Head& head);
  void sync();  ///< may be called from any thread

  /// What is remembered there, without making anything.
  static std::optional<Head> read(const std::string& state);
  static void forget(const std::string& state);

 private:
  bool write(const Head& head, int slot);
  std::string name_;
  int file_ = -1;
  std::optional<Head> remembered_;
  int slot_ = 0;  // two lines, written in turn: a torn one leaves the other
};

}  // namespace lotbook
