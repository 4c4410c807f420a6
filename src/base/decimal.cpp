// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <algorithm>

#include "base/check.h"

namespace lotbook {

namespace {

__extension__ using Wide = __int128;  // GCC and Clang have it; the standard has nothing as wide

constexpr std::int64_t powers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

std::int64_t step_of(int decimals) {
  check(decimals >= 0 && decimals <= Decimal::scale, "a quantity has 0 to 6 decimals");
  return powers[Decimal::scale - decimals];
}

bool fits_in_64_bits(Wide value) { return value >= INT64_MIN + 1 && value <= INT64_MAX; }

/// Half away from zero, to a multiple of `step`.
Wide rounded_to(Wide numerator, Wide denominator, std::int64_t step) {
  const bool negative = numerator < 0;
  const Wide magnitude = negative ? -numerator : numerator;
  const Wide unit = denominator * step;
  Wide count = magnitude / unit;
  const Wide rest = magnitude % unit;
  if (rest >= unit - rest) ++count;
  const Wide result = count * step;
  return negative ? -result : result;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t i = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++i;
  std::int64_t whole_part = 0, fraction = 0;
  std::size_t digits = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++digits) {
    if (digits == 13) return std::nullopt;
    whole_part = whole_part * 10 + (text[i] - '0');
  }
  if (digits == 0) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != '.') return std::nullopt;
    int places = 0;
    for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, ++places) {
      if (places == scale) return std::nullopt;
      fraction = fraction * 10 + (text[i] - '0');
    }
    if (places == 0 || i != text.size()) return std::nullopt;
    fraction *= powers[scale - places];
  }
  const Wide value = static_cast<Wide>(whole_part) * one + fraction;
  if (!fits_in_64_bits(value)) return std::nullopt;
  const auto millionths = static_cast<std::int64_t>(value);
  return from_millionths(negative ? -millionths : millionths);
}

int Decimal::decimals() const {
  std::int64_t rest = millionths_ % one;
  if (rest == 0) return 0;
  int places = scale;
  for (; rest % 10 == 0; rest /= 10) --places;
  return places;
}

bool Decimal::fits(int places) const { return millionths_ % step_of(places) == 0; }

Decimal Decimal::rounded(int places) const {
  const Wide value = rounded_to(millionths_, 1, step_of(places));
  check(fits_in_64_bits(value), "a rounded quantity stays in range");
  return from_millionths(static_cast<std::int64_t>(value));
}

Decimal Decimal::truncated(int places) const {
  const std::int64_t step = step_of(places);
  return from_millionths(millionths_ / step * step);
}

std::string Decimal::text() const { return text(0); }

std::string Decimal::text(int least_decimals) const {
  const std::uint64_t magnitude =
      millionths_ < 0 ? 0 - static_cast<std::uint64_t>(millionths_) : static_cast<std::uint64_t>(millionths_);
  check(least_decimals >= 0 && least_decimals <= scale, "a quantity has 0 to 6 decimals");
  const int places = std::max(decimals(), least_decimals);
  char buffer[24];  // a sign, thirteen digits, a point, six digits
  char* const end = buffer + sizeof buffer;
  char* at = end;
  if (places > 0) {
    std::uint64_t rest = magnitude % one / static_cast<std::uint64_t>(powers[scale - places]);
    for (int i = 0; i < places; ++i, rest /= 10) *--at = static_cast<char>('0' + rest % 10);
    *--at = '.';
  }
  std::uint64_t whole_part = magnitude / one;
  do *--at = static_cast<char>('0' + whole_part % 10);
  while ((whole_part /= 10) > 0);
  if (millionths_ < 0) *--at = '-';
  return {at, end};
}

Decimal Decimal::operator-() const {
  check(millionths_ != INT64_MIN, "a quantity stays in range");
  return from_millionths(-millionths_);
}

Decimal Decimal::operator+(Decimal other) const {
  std::int64_t sum = 0;
  check(!__builtin_add_overflow(millionths_, other.millionths_, &sum), "a sum of quantities stays in range");
  return from_millionths(sum);
}

Decimal Decimal::operator-(Decimal other) const {
  std::int64_t difference = 0;
  check(!__builtin_sub_overflow(millionths_, other.millionths_, &difference),
        "a difference of quantities stays in range");
  return from_millionths(difference);
}

std::optional<Decimal> scaled(Decimal value, std::int64_t numerator, std::int64_t denominator, int decimals) {
  check(denominator > 0, "a ratio has a denominator above zero");
  const Wide result = rounded_to(static_cast<Wide>(value.millionths()) * numerator, denominator, step_of(decimals));
  if (!fits_in_64_bits(result)) return std::nullopt;
  return Decimal::from_millionths(static_cast<std::int64_t>(result));
}

std::optional<Decimal> multiplied(Decimal value, Decimal factor, int decimals) {
  return scaled(value, factor.millionths(), Decimal::one, decimals);
}

Decimal share(Decimal total, Decimal part, Decimal whole, int decimals) {
  check(whole.is_positive(), "a share is taken of something");
  const Wide exact = static_cast<Wide>(total.millionths()) * part.millionths() / whole.millionths();
  check(fits_in_64_bits(exact), "a share stays in range");
  return Decimal::from_millionths(static_cast<std::int64_t>(exact)).truncated(decimals);
}

}  // namespace lotbook
