// SPDX-License-Identifier: Apache-2.0
#include "model/unit.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>

namespace lotbook {

namespace {

__extension__ using Wide = unsigned __int128;

std::string converted(const char* quantity, const char* from, const char* to, int decimals) {
  const std::optional<Decimal> result = convert(*Decimal::parse(quantity), *find_unit(from), *find_unit(to), decimals);
  return result ? result->text() : "none";
}

}  // namespace

TEST_CASE("every unit has one code, a name and a ratio above zero", "[unit]") {
  std::set<std::string_view> codes;
  for (const Unit& unit : all_units()) {
    CAPTURE(unit.code);
    CHECK(codes.insert(unit.code).second);
    CHECK(unit.code.size() >= 2);
    CHECK(unit.code.size() <= 3);
    CHECK_FALSE(unit.name.empty());
    CHECK(unit.numerator > 0);
    CHECK(unit.denominator > 0);
    CHECK(find_unit(unit.code) == &unit);
  }
  CHECK(find_unit("kgm") == nullptr);
  CHECK(find_unit("") == nullptr);
}

// proves: R15
TEST_CASE("conversions inside a dimension are exact and rounded half up once", "[unit]") {
  CHECK(converted("1", "LBR", "KGM", 3) == "0.454");
  CHECK(converted("1", "LBR", "GRM", 6) == "453.59237");
  CHECK(converted("1", "ONZ", "GRM", 6) == "28.349523");
  CHECK(converted("16", "ONZ", "LBR", 6) == "1");
  CHECK(converted("7000", "GRN", "LBR", 6) == "1");
  CHECK(converted("14", "LBR", "STI", 6) == "1");
  CHECK(converted("1", "STN", "LBR", 6) == "2000");
  CHECK(converted("1", "LTN", "LBR", 6) == "2240");
  CHECK(converted("1", "CWI", "LBR", 6) == "112");
  CHECK(converted("1", "CWA", "LBR", 6) == "100");
  CHECK(converted("1", "APZ", "GRN", 6) == "480");
  CHECK(converted("1.5", "TNE", "KGM", 0) == "1500");
  CHECK(converted("0.0005", "KGM", "KGM", 3) == "0.001");
  CHECK(converted("0.000499", "KGM", "KGM", 3) == "0");

  CHECK(converted("1", "GLL", "LTR", 6) == "3.785412");
  CHECK(converted("1000", "GLL", "LTR", 6) == "3785.411784");
  CHECK(converted("1", "GLI", "LTR", 6) == "4.54609");
  CHECK(converted("128", "OZA", "GLL", 6) == "1");
  CHECK(converted("160", "OZI", "GLI", 6) == "1");
  CHECK(converted("8", "PTL", "GLL", 6) == "1");
  CHECK(converted("8", "PTI", "GLI", 6) == "1");
  CHECK(converted("4", "QTL", "GLL", 6) == "1");
  CHECK(converted("4", "QTI", "GLI", 6) == "1");
  CHECK(converted("42", "GLL", "BLL", 6) == "1");
  CHECK(converted("231", "INQ", "GLL", 6) == "1");
  CHECK(converted("1728", "INQ", "FTQ", 6) == "1");
  CHECK(converted("27", "FTQ", "YDQ", 6) == "1");
  CHECK(converted("2150.42", "INQ", "BUA", 6) == "1");
  CHECK(converted("1", "MTQ", "LTR", 6) == "1000");

  CHECK(converted("12", "INH", "FOT", 6) == "1");
  CHECK(converted("3", "FOT", "YRD", 6) == "1");
  CHECK(converted("1760", "YRD", "SMI", 6) == "1");
  CHECK(converted("1000", "77", "INH", 6) == "1");
  CHECK(converted("144", "INK", "FTK", 6) == "1");
  CHECK(converted("9", "FTK", "YDK", 6) == "1");
  CHECK(converted("4840", "YDK", "ACR", 6) == "1");
  CHECK(converted("1", "HAR", "MTK", 6) == "10000");
  CHECK(converted("90", "MIN", "HUR", 6) == "1.5");
  CHECK(converted("1", "WEE", "DAY", 6) == "7");
  CHECK(converted("1", "KWH", "KJO", 6) == "3600");
  CHECK(converted("2", "DZN", "EA", 0) == "24");
  CHECK(converted("1", "GGR", "GRO", 0) == "12");
  CHECK(converted("1", "MIL", "CEN", 0) == "10");
  CHECK(converted("3", "PR", "H87", 0) == "6");
}

// proves: R17
TEST_CASE("nothing is converted across dimensions or between packs", "[unit]") {
  CHECK(converted("1", "KGM", "LTR", 3) == "none");
  CHECK(converted("1", "EA", "KGM", 3) == "none");
  CHECK(converted("1", "XBX", "XPX", 0) == "none");
  CHECK(converted("1", "XBX", "EA", 0) == "none");
  CHECK(converted("7", "XBX", "XBX", 0) == "7");
}

TEST_CASE("a quantity that does not fit after conversion is none", "[unit]") {
  CHECK(converted("9000000000000", "TNE", "MGM", 0) == "none");
  CHECK(converted("9223372036854.775807", "KGM", "KGM", 0) == "none");
}

TEST_CASE("every pair of units of a dimension can be converted", "[unit]") {
  for (const Unit& from : all_units())
    for (const Unit& to : all_units()) {
      if (from.dimension != to.dimension || from.dimension == Dimension::pack) continue;
      CAPTURE(from.code, to.code);
      CHECK(convert(Decimal(), from, to, 6) == Decimal());
    }
}

TEST_CASE("a quantity survives the way to a smaller unit and back", "[unit]") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 10'000; ++i) {
    const Unit& from = all_units()[random() % all_units().size()];
    const Unit& to = all_units()[random() % all_units().size()];
    if (from.dimension != to.dimension || from.dimension == Dimension::pack) continue;
    // `from` is at least as large as `to`: what is rounded away in `to` is less than half of a millionth of `from`.
    if (static_cast<Wide>(from.numerator) * static_cast<std::uint64_t>(to.denominator) <
        static_cast<Wide>(to.numerator) * static_cast<std::uint64_t>(from.denominator))
      continue;
    const Decimal quantity = Decimal::from_millionths(static_cast<std::int64_t>(random() % 1'000'000'000));
    const std::optional<Decimal> there = convert(quantity, from, to, 6);
    if (!there) continue;
    const std::optional<Decimal> back = convert(*there, to, from, 6);
    CAPTURE(from.code, to.code, quantity.text(), there->text());
    REQUIRE(back.has_value());
    REQUIRE(*back == quantity);
  }
}

}  // namespace lotbook
