// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <catch2/catch.hpp>
#include <vector>

#include "base/check.h"
#include "base/test_seed.h"

using namespace lotbook;

namespace {

__extension__ using Wide = __int128;

Decimal d(std::string_view text) { return Decimal::parse(text).value(); }
constexpr std::int64_t ten_to[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

/// Numbers of every size, small ones as often as large ones.
std::int64_t any_size(std::mt19937_64& random) {
  const auto value = static_cast<std::int64_t>(random() >> 1 >> random() % 63);
  return random() % 2 ? value : -value;
}

/// Half away from zero, told in another way than the code does: twice the rest against the divisor.
Wide divided_half_away(Wide numerator, Wide divisor) {
  const Wide quotient = numerator / divisor, rest = numerator % divisor;
  const Wide size = rest < 0 ? -rest : rest;
  return size * 2 >= divisor ? quotient + (numerator < 0 ? -1 : 1) : quotient;
}

}  // namespace

TEST_CASE("a decimal is read in one plain form only") {
  CHECK(d("12").millionths() == 12'000'000);
  CHECK(d("12.345").millionths() == 12'345'000);
  CHECK(d("-3.5").millionths() == -3'500'000);
  CHECK(d("0.000001").millionths() == 1);
  CHECK(d("-0").is_zero());
  CHECK(d("007.50") == d("7.5"));
  CHECK(d("9223372036854.775807").millionths() == INT64_MAX);
  CHECK(d("-9223372036854.775807").millionths() == -INT64_MAX);
  for (const char* bad : {"",
                          "-",
                          ".5",
                          "5.",
                          "-.5",
                          "+1",
                          " 1",
                          "1 ",
                          "1e3",
                          "1E3",
                          "1,5",
                          "1'000",
                          "0x1",
                          "--1",
                          "1.2.3",
                          "1.-2",
                          "nan",
                          "inf",
                          "1.0000000",
                          "0.0000001",
                          "12345678901234",
                          "9223372036854.775808",
                          "-9223372036854.775808",
                          "9999999999999",
                          "\xd9\xa1"}) {
    INFO(bad);
    CHECK_FALSE(Decimal::parse(bad));
  }
  CHECK_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST_CASE("a decimal is written shortest, or with the places asked for, and hides no digit") {
  CHECK(d("12.340").text() == "12.34");
  CHECK(d("-0.5").text() == "-0.5");
  CHECK(Decimal().text() == "0");
  CHECK(d("12.34").text(3) == "12.340");
  CHECK(d("12.34").text(1) == "12.34");
  CHECK(d("12").text(6) == "12.000000");
  CHECK(d("0.000001").text() == "0.000001");
  CHECK(Decimal::from_millionths(INT64_MIN).text() == "-9223372036854.775808");
  CHECK_THROWS_AS(d("1").text(7), BrokenLaw);
}

TEST_CASE("a decimal knows the places it uses") {
  CHECK(d("12").decimals() == 0);
  CHECK(d("100").decimals() == 0);
  CHECK(d("12.340").decimals() == 2);
  CHECK(d("-0.000001").decimals() == 6);
  CHECK(d("12.34").fits(2));
  CHECK_FALSE(d("12.34").fits(1));
  CHECK_THROWS_AS(d("1").fits(-1), BrokenLaw);
}

TEST_CASE("rounding is half away from zero and truncation goes towards it (R15, R16)") {
  CHECK(d("0.4535").rounded(3) == d("0.454"));
  CHECK(d("0.453499").rounded(3) == d("0.453"));
  CHECK(d("-0.4535").rounded(3) == d("-0.454"));
  CHECK(d("2.5").rounded(0) == d("3"));
  CHECK(d("0.4539").truncated(3) == d("0.453"));
  CHECK(d("-0.4539").truncated(3) == d("-0.453"));
}

TEST_CASE("one pound at three decimals is 0.454 kg (R15)") {
  CHECK(multiplied(d("1"), d("0.453592"), 3) == d("0.454"));
  CHECK(scaled(d("1"), 45'359'237, 100'000'000, 3) == d("0.454"));
  CHECK(scaled(d("1"), 1, 8, 2) == d("0.13"));
  CHECK(scaled(d("-1"), 1, 8, 2) == d("-0.13"));
  CHECK_FALSE(scaled(d("9223372036854.775807"), 2, 1, 6));
  CHECK_FALSE(scaled(d("9223372036854.775807"), 1, 1, 0));
  CHECK_FALSE(multiplied(d("4000000000"), d("4000000000"), 0));
  CHECK_THROWS_AS(scaled(d("1"), 1, 0, 0), BrokenLaw);
}

TEST_CASE("sums that leave the range are broken laws") {
  const Decimal largest = Decimal::from_millionths(INT64_MAX), smallest = Decimal::from_millionths(INT64_MIN);
  CHECK_THROWS_AS(largest + Decimal::from_millionths(1), BrokenLaw);
  CHECK_THROWS_AS(smallest - Decimal::from_millionths(1), BrokenLaw);
  CHECK_THROWS_AS(-smallest, BrokenLaw);
  CHECK_THROWS_AS(largest.rounded(0), BrokenLaw);
  CHECK(largest + -largest == Decimal());
}

TEST_CASE("decimals agree with 128-bit integers") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = any_size(random), b = any_size(random);
    const int places = static_cast<int>(random() % 7);
    const Decimal x = Decimal::from_millionths(a), y = Decimal::from_millionths(b);
    CAPTURE(a, b, places);
    REQUIRE(Decimal::parse(x.text()) == x);
    REQUIRE(Decimal::parse(x.text(places)) == x);
    REQUIRE((x < y) == (a < b));
    const Wide sum = static_cast<Wide>(a) + b;
    if (sum >= INT64_MIN && sum <= INT64_MAX) REQUIRE((x + y).millionths() == static_cast<std::int64_t>(sum));
    const std::int64_t step = ten_to[6 - places];
    REQUIRE(x.truncated(places).millionths() == a / step * step);
    REQUIRE(x.fits(places) == (x.decimals() <= places));

    const std::int64_t denominator = (b < 0 ? -b : b) + 1;
    const std::int64_t numerator = any_size(random);
    const Wide exact =
        divided_half_away(static_cast<Wide>(a) * numerator, static_cast<Wide>(denominator) * step) * step;
    const std::optional<Decimal> result = scaled(x, numerator, denominator, places);
    CAPTURE(numerator, denominator);
    if (exact > INT64_MAX || exact < -INT64_MAX)
      REQUIRE_FALSE(result);
    else
      REQUIRE(result.value().millionths() == static_cast<std::int64_t>(exact));
  }
}

TEST_CASE("shares rounded down never exceed the whole, and the last takes the rest (R16)") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  for (int round = 0; round < 2'000; ++round) {
    const int places = static_cast<int>(random() % 7);
    std::vector<Decimal> parts(1 + random() % 8);
    Decimal whole;
    for (Decimal& part : parts)
      whole += part = Decimal::from_millionths(static_cast<std::int64_t>(1 + random() % 1'000'000'000));
    const Decimal total =
        Decimal::from_millionths(static_cast<std::int64_t>(random() % 1'000'000'000'000)).truncated(places);
    Decimal given;
    for (const Decimal part : parts) {
      const Decimal piece = share(total, part, whole, places);
      CHECK(piece.fits(places));
      given += piece;
    }
    REQUIRE(given <= total);
    const auto widest = static_cast<std::int64_t>(parts.size()) * ten_to[6 - places];
    REQUIRE((total - given).millionths() < widest);
  }
  CHECK_THROWS_AS(share(d("1"), d("1"), d("0"), 2), BrokenLaw);
}
