// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.h"

namespace lotbook {

namespace {

constexpr int text_bits = 20, group_shift = 60;

}  // namespace

std::int64_t search_place(SearchGroup group, std::uint64_t id, std::string_view text) {
  std::uint32_t bits = 2166136261u;  // FNV-1a: the same on every machine
  for (const char c : text) bits = (bits ^ static_cast<unsigned char>(c)) * 16777619u;
  bits = (bits ^ (bits >> text_bits)) & ((1u << text_bits) - 1);
  return (static_cast<std::int64_t>(group) << group_shift) | static_cast<std::int64_t>((id << text_bits) | bits);
}

SearchGroup group_at(std::int64_t place) { return static_cast<SearchGroup>(place >> group_shift); }

std::uint64_t id_at_place(std::int64_t place) {
  return (static_cast<std::uint64_t>(place) & ((std::uint64_t{1} << group_shift) - 1)) >> text_bits;
}

}  // namespace lotbook
