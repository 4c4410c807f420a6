// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.h"

// How a personal value stands in the ledger (R96): not itself, but the hash of a salt and it. Salt and value are kept
// beside the ledger until they are erased.

namespace lotbook {

std::string sealed_text(const Hash& hash);  ///< "sha256:" and the hash in hex
/// The hash that a text stands for; nullopt for a text that is no sealed value.
std::optional<Hash> sealed_hash(std::string_view text);

}  // namespace lotbook
