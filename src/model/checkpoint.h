// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/sha256.h"
#include "base/time.h"

// A checkpoint says, signed, that the ledger had this entry with this hash, and so all before it. Each names the one
// before it, so that of those kept elsewhere a single one is enough to prove all older ones.

namespace lotbook {

using Signature = std::array<std::uint8_t, 64>;

struct Checkpoint {
  std::uint64_t number = 0;  ///< from 1 without a gap
  std::uint64_t entry = 0;   ///< the newest entry then
  Hash hash{};               ///< its hash
  Hash previous{};           ///< SHA-256 of the text of the checkpoint before it; zero in the first
  Instant made_at;
  Hash key{};  ///< the public key (Ed25519)
  Signature signature{};
  bool operator==(const Checkpoint&) const = default;
};

/// What is signed; docs/ledger-format.md describes it.
std::string text_of(const Checkpoint& checkpoint);
Hash hash_of(const Checkpoint& checkpoint);

}  // namespace lotbook
