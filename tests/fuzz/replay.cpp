// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "targets.h"

// Shows each target again what was found for it: `replay CORPORA`, with a folder for each target.

int main(int count, char** words) {
  if (count != 2) return std::cerr << "replay CORPORA\n", 2;
  std::size_t files = 0;
  for (const auto& folder : std::filesystem::directory_iterator(words[1])) {
    if (!folder.is_directory()) continue;
    const lotbook::FuzzTarget target = lotbook::fuzz_target(folder.path().filename().string());
    if (!target) return std::cerr << folder.path() << " is of no target\n", 1;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(in), {});
      std::cerr << file.path() << "\n";  // the last one named is the one that broke
      target(bytes);
      ++files;
    }
  }
  if (files < 7) return std::cerr << "the corpora are missing\n", 1;
  std::cout << files << " inputs\n";
}
