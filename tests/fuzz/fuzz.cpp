// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <iostream>

#include "targets.h"

// libFuzzer's entry: `fuzz --target=json CORPUS`. Words that begin with "--" are ours.

namespace {
lotbook::FuzzTarget target = nullptr;
}

extern "C" int LLVMFuzzerInitialize(int* count, char*** words) {
  for (int i = 1; i < *count; ++i)
    if (std::strncmp((*words)[i], "--target=", 9) == 0) target = lotbook::fuzz_target((*words)[i] + 9);
  if (target) return 0;
  std::cerr << "say --target=decimal, time, json, csv, http, entry or label\n";
  return std::exit(2), 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  target({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
