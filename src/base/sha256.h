// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lotbook {

using Hash = std::array<std::uint8_t, 32>;
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// SHA-256 of the parts one after another. The algorithm object is fetched once per thread.
Hash sha256(std::initializer_list<ByteView> parts);
/// HMAC-SHA-256.
Hash hmac_sha256(ByteView key, ByteView message);
std::string hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
/// `count` bytes from the operating system's generator.
Bytes random_bytes(std::size_t count);

}  // namespace lotbook
