// SPDX-License-Identifier: Apache-2.0
#include "model/checkpoint.h"

namespace lotbook {

std::string text_of(const Checkpoint& c) {
  return "lotbook checkpoint 1\nnumber " + std::to_string(c.number) + "\nentry " + std::to_string(c.entry) + "\nhash " +
         hex(c.hash) + "\nprevious " + hex(c.previous) + "\nmade_at " + c.made_at.text() + "\nkey " + hex(c.key) + "\n";
}

Hash hash_of(const Checkpoint& checkpoint) { return sha256({bytes_of(text_of(checkpoint))}); }

}  // namespace lotbook
