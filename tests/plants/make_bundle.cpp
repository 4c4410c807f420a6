// SPDX-License-Identifier: Apache-2.0
// make_bundle [--rough] LOTS OUTDIR SEED: writes the bundle of a made-up plant with so many lots, and seeds_*.csv with
// lots to trace from: raw and heavy ones forward, finished ones (fin) backward, odd ones both ways.
#include <filesystem>
#include <iostream>
#include <memory>

#include "rough_plant.h"

int main(int count, char** words) {
  std::vector<std::string> arguments(words + 1, words + count);
  // A rough bundle of ours has no serials, vessels, pallets or catch weight: --basic says nothing new.
  const bool rough = std::erase(arguments, "--rough") > 0;
  std::erase(arguments, "--basic");
  if (arguments.size() != 3) {
    std::cerr << "usage: make_bundle [--rough] LOTS OUTDIR SEED\n";
    return 2;
  }
  try {
    const plants::Plant::Size size{static_cast<plants::Number>(std::stoul(arguments[0])), std::stoull(arguments[2]),
                                   rough};
    std::filesystem::create_directories(arguments[1]);
    std::unique_ptr<plants::Plant> plant;
    if (rough)
      plant = std::make_unique<plants::RoughPlant>(arguments[1], size);
    else
      plant = std::make_unique<plants::Plant>(arguments[1], size);
    plant->play();
  } catch (const std::exception& trouble) {
    std::cerr << trouble.what() << '\n';
    return 1;
  }
  return 0;
}
