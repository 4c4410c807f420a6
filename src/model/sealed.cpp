// SPDX-License-Identifier: Apache-2.0
#include "model/sealed.h"

#include <algorithm>

namespace lotbook {

namespace {
constexpr std::string_view prefix = "sha256:";
}

std::string sealed_text(const Hash& hash) { return std::string(prefix) + hex(hash); }

std::optional<Hash> sealed_hash(std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const std::optional<Bytes> bytes = from_hex(text.substr(prefix.size()));
  if (!bytes || bytes->size() != std::tuple_size_v<Hash>) return std::nullopt;
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace lotbook
