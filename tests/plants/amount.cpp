// SPDX-License-Identifier: Apache-2.0
#include "amount.h"

#include <array>
#include <stdexcept>

namespace plants {
namespace {

struct Known {
  std::string_view unit;
  char dimension;
  std::string_view size;  // in kilograms, cubic metres, metres, square metres or pieces
};

constexpr std::array known_units{
    Known{"KGM", 'm', "1"},
    Known{"GRM", 'm', "0.001"},
    Known{"MGM", 'm', "0.000001"},
    Known{"HGM", 'm', "0.1"},
    Known{"DTN", 'm', "100"},
    Known{"TNE", 'm', "1000"},
    Known{"LBR", 'm', "0.45359237"},
    Known{"ONZ", 'm', "0.028349523125"},
    Known{"STN", 'm', "907.18474"},
    Known{"LTN", 'm', "1016.0469088"},
    Known{"CWA", 'm', "45.359237"},
    Known{"CWI", 'm', "50.80234544"},
    Known{"MTQ", 'v', "1"},
    Known{"LTR", 'v', "0.001"},
    Known{"DMQ", 'v', "0.001"},
    Known{"HLT", 'v', "0.1"},
    Known{"DLT", 'v', "0.0001"},
    Known{"CLT", 'v', "0.00001"},
    Known{"MLT", 'v', "0.000001"},
    Known{"CMQ", 'v', "0.000001"},
    Known{"GLL", 'v', "0.003785411784"},
    Known{"GLI", 'v', "0.00454609"},
    Known{"QTL", 'v', "0.000946352946"},
    Known{"PTL", 'v', "0.000473176473"},
    Known{"PTI", 'v', "0.00056826125"},
    Known{"OZA", 'v', "0.0000295735295625"},
    Known{"OZI", 'v', "0.0000284130625"},
    Known{"MTR", 'l', "1"},
    Known{"CMT", 'l', "0.01"},
    Known{"MMT", 'l', "0.001"},
    Known{"KMT", 'l', "1000"},
    Known{"INH", 'l', "0.0254"},
    Known{"FOT", 'l', "0.3048"},
    Known{"YRD", 'l', "0.9144"},
    Known{"MTK", 'a', "1"},
    Known{"CMK", 'a', "0.0001"},
    Known{"FTK", 'a', "0.09290304"},
    Known{"EA", 'c', "1"},
    Known{"C62", 'c', "1"},
    Known{"H87", 'c', "1"},
    Known{"PR", 'c', "2"},
    Known{"DZN", 'c', "12"},
    Known{"GRO", 'c', "144"},
    Known{"CEN", 'c', "100"},
    Known{"MIL", 'c', "1000"},
};

const Known* find(std::string_view unit) {
  for (const auto& known : known_units)
    if (known.unit == unit) return &known;
  return nullptr;
}

Amount power_of_ten(int exponent) {
  Amount power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::optional<Exact> parse_exact(std::string_view text) {
  Exact exact;
  bool point = false;
  int digits = 0;
  for (const char letter : text) {
    if (letter == '.' && !point && digits > 0) {
      point = true;
      continue;
    }
    if (letter < '0' || letter > '9' || ++digits > 24) return std::nullopt;
    exact.mantissa = exact.mantissa * 10 + (letter - '0');
    if (point) ++exact.decimals;
  }
  if (digits == 0 || (point && exact.decimals == 0)) return std::nullopt;
  while (exact.decimals > 0 && exact.mantissa % 10 == 0) {
    exact.mantissa /= 10;
    --exact.decimals;
  }
  return exact;
}

std::optional<Ratio> same_dimension(std::string_view unit, std::string_view base) {
  if (unit == base) return Ratio{{1, 0}, {1, 0}};
  const Known* one = find(unit);
  const Known* other = find(base);
  if (one == nullptr || other == nullptr || one->dimension != other->dimension) return std::nullopt;
  return Ratio{*parse_exact(one->size), *parse_exact(other->size)};
}

Amount in_base(const Exact& typed, const Ratio& ratio, int decimals) {
  Amount over = typed.mantissa * ratio.over.mantissa;
  Amount under = ratio.under.mantissa;
  const int shift = decimals + ratio.under.decimals - typed.decimals - ratio.over.decimals;
  if (shift >= 0) {
    if (over != 0 && shift > 30) throw std::runtime_error("a quantity is too large for the judge");
    over *= power_of_ten(shift);
  } else {
    under *= power_of_ten(-shift);
  }
  const Amount rounded = (over * 2 + under) / (under * 2);
  return rounded * power_of_ten(6 - decimals);
}

std::string to_text(Amount millionths) {
  const bool negative = millionths < 0;
  Amount rest = negative ? -millionths : millionths;
  std::string text;
  for (int place = 0; rest > 0 || place < 7; ++place, rest /= 10) {
    if (place == 6) text.insert(text.begin(), '.');
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return negative ? "-" + text : text;
}

}  // namespace plants
