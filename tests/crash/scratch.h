// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "fault_vfs.h"
#include "sent.h"
#include "store/sqlite/sqlite_store.h"

namespace lotbook {

/// A folder of its own that goes away.
class Scratch {
 public:
  Scratch() {
    std::string folder = (std::filesystem::temp_directory_path() / "lotbook-crash-XXXXXX").string();
    if (!mkdtemp(folder.data())) throw std::runtime_error("cannot make a folder");
    folder_ = folder;
  }
  ~Scratch() { clear(true); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  /// Takes all files away.
  void clear(bool with_folder = false) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    if (!with_folder) std::filesystem::create_directory(folder_, ignored);
  }
  /// What a disk holds after the power came back, under the names that the files had.
  void restore(const DiskImage& image) {
    clear();
    for (const auto& [path, bytes] : image) {
      std::ofstream out(folder_ / std::filesystem::path(path).filename(), std::ios::binary);
      out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace lotbook
