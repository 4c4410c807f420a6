// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

// Bugs, not refusals: a condition that the code itself must keep. Always on. A failed check throws `BrokenLaw`, the
// write in progress is rolled back and the book takes no further writes until it is opened again.

namespace lotbook {

struct BrokenLaw : std::logic_error {
  using std::logic_error::logic_error;
};

inline void check(bool condition, const char* why_it_must_hold) {
  if (!condition) throw BrokenLaw(why_it_must_hold);
}

inline void check(bool condition, const std::string& why_it_must_hold) {
  if (!condition) throw BrokenLaw(why_it_must_hold);
}

}  // namespace lotbook
