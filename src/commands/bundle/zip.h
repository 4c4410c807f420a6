// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "commands/bundle/csv.h"

struct zip;

namespace lotbook {

/// A bundle that came as one .zip: read in memory, so that no name in it can reach a folder. Its files lie at the top
/// or together in one folder. Sizes are bounded before anything is unpacked, and again while it is.
class ZippedBundle {
 public:
  /// Looks for these files; what is wrong with the archive as a whole is added to `faults`.
  ZippedBundle(const std::string& archive, std::span<const char* const> wanted, std::vector<BundleFault>& faults);
  ~ZippedBundle();
  ZippedBundle(const ZippedBundle&) = delete;
  ZippedBundle& operator=(const ZippedBundle&) = delete;

  /// Nullopt when it is not in the archive, or cannot be read; then there is a fault.
  std::optional<std::string> read(const std::string& name, std::vector<BundleFault>& faults);

 private:
  void find(std::span<const char* const> wanted, std::vector<BundleFault>& faults);
  std::string archive_;
  zip* zip_ = nullptr;
  std::map<std::string, std::uint64_t> places_;  // of the files that were found
  std::uint64_t bytes_left_;
};

}  // namespace lotbook
