// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// An exact decimal number: a 64-bit count of millionths (scale 10^-6), so at most 9,223,372,036,854.775807 in size.
// Sums that leave this range throw BrokenLaw; text that does not fit is refused by `parse`. No floating point anywhere.

namespace lotbook {

class Decimal {
 public:
  static constexpr int scale = 6;
  static constexpr std::int64_t one = 1'000'000;

  constexpr Decimal() = default;
  static constexpr Decimal from_millionths(std::int64_t m) {
    Decimal d;
    d.millionths_ = m;
    return d;
  }
  static constexpr Decimal whole(std::int64_t n) { return from_millionths(n * one); }

  /// Reads "12", "12.345", "-3.5", ".5" is refused, exponents, blanks, '+' and grouping are refused.
  /// At most six digits after the point and thirteen before it; nullopt otherwise.
  static std::optional<Decimal> parse(std::string_view text);

  constexpr std::int64_t millionths() const { return millionths_; }
  constexpr bool is_zero() const { return millionths_ == 0; }
  constexpr bool is_positive() const { return millionths_ > 0; }
  constexpr bool is_negative() const { return millionths_ < 0; }

  /// Digits after the point that are not trailing zeros: 12.340 has two.
  int decimals() const;
  /// True when no digit beyond `decimals` places is set: 12.34 fits two.
  bool fits(int decimals) const;
  /// Rounded half away from zero to `decimals` places (0–6). The one place where quantities are rounded (R15).
  Decimal rounded(int decimals) const;
  /// Rounded towards zero; for shares (R16).
  Decimal truncated(int decimals) const;

  /// "12.34": shortest form without trailing zeros.
  std::string text() const;
  /// "12.340": exactly `decimals` places (more if the value needs them, so that nothing is hidden).
  std::string text(int decimals) const;

  Decimal operator-() const;
  Decimal operator+(Decimal other) const;
  Decimal operator-(Decimal other) const;
  Decimal& operator+=(Decimal other) { return *this = *this + other; }
  Decimal& operator-=(Decimal other) { return *this = *this - other; }
  constexpr auto operator<=>(const Decimal&) const = default;

 private:
  std::int64_t millionths_ = 0;
};

/// value × numerator / denominator, exact in 128 bits, then rounded half up once to `decimals` places (R15);
/// nullopt when the result does not fit. Denominator is above zero.
std::optional<Decimal> scaled(Decimal value, std::int64_t numerator, std::int64_t denominator, int decimals);
/// value × factor, both decimals, rounded half up once to `decimals` places; nullopt when it does not fit.
std::optional<Decimal> multiplied(Decimal value, Decimal factor, int decimals);
/// part / whole as a share of `total`, rounded down at `decimals` places; for proportional shares (R16). whole > 0.
Decimal share(Decimal total, Decimal part, Decimal whole, int decimals);

}  // namespace lotbook
