// SPDX-License-Identifier: Apache-2.0
// Exact amounts for the judge: whole numbers of 10^-6 of an item's base unit, converted once on entry and rounded half
// up there (R15). Wide enough that no sum of a history overflows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plants {

__extension__ typedef __int128 Amount;

// An exact decimal: mantissa times 10^-decimals.
struct Exact {
  Amount mantissa = 0;
  int decimals = 0;
};

std::optional<Exact> parse_exact(std::string_view text);

// How many of the base unit one of the other is, as a fraction, where both measure the same (mass, volume, length,
// area, count): UN/CEFACT Recommendation 20 codes. Nothing if they do not.
struct Ratio {
  Exact over;
  Exact under;
};
std::optional<Ratio> same_dimension(std::string_view unit, std::string_view base);

// The typed quantity times over/under, rounded half up to the decimals given, in 10^-6.
Amount in_base(const Exact& typed, const Ratio& ratio, int decimals);

// Shortest form: "12.5", "0", "-3".
std::string to_text(Amount millionths);

}  // namespace plants
