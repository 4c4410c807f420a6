// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/decimal.h"

// Units of measure by UN/CEFACT Recommendation 20 code. Conversions inside a dimension are exact ratios (R15).

namespace lotbook {

enum class Dimension : std::uint8_t { count, mass, volume, length, area, time, energy, pack };

struct Unit {
  std::string_view code;  ///< "KGM"
  std::string_view name;  ///< "kilogram"
  std::string_view symbol;
  Dimension dimension;
  std::int64_t numerator, denominator;  ///< one of it = numerator / denominator of the dimension's smallest common unit
};

std::span<const Unit> all_units();
const Unit* find_unit(std::string_view code);
/// Exact conversion inside one dimension, rounded half up once to `decimals`; nullopt across dimensions, for two
/// different packs, or when it does not fit.
std::optional<Decimal> convert(Decimal quantity, const Unit& from, const Unit& to, int decimals);

}  // namespace lotbook
