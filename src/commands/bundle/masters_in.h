// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "commands/bundle/csv.h"
#include "commands/command.h"

namespace lotbook {

/// A bundle's files, read whole. Missing optional files are empty and absent.
struct BundleFiles {
  struct File {
    std::string name;
    std::string text;
    bool exists = false;
  };
  File items, partners, places, events, factors, recipes, addresses;
};
/// From a folder, or from a .zip of it.
BundleFiles read_bundle(const std::string& path, std::vector<BundleFault>& faults);

/// Turns the master data of a bundle into entries behind the view's head, one per file, as far as they say something
/// new, and hands each to `post`. Faults are added to the list.
void import_masters(const BundleFiles& files, const View& view, Instant now, const std::string& who,
                    std::vector<BundleFault>& faults, const std::function<void(Draft)>& post);

}  // namespace lotbook
