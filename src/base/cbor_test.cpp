// SPDX-License-Identifier: Apache-2.0
#include "base/cbor.h"

#include <catch2/catch.hpp>
#include <functional>

#include "base/test_seed.h"

using namespace lotbook;

namespace {

Bytes written(const std::function<void(CborWriter&)>& write) {
  Bytes bytes;
  CborWriter writer(bytes);
  write(writer);
  return bytes;
}
std::string integer_hex(std::int64_t value) {
  return hex(written([&](CborWriter& w) { w.integer(value); }));
}
std::string decimal_hex(std::string_view text) {
  return hex(written([&](CborWriter& w) { w.decimal(Decimal::parse(text).value()); }));
}
template <class Read>
auto read(std::string_view hexadecimal, Read reading) {
  const Bytes bytes = from_hex(hexadecimal).value();
  CborReader reader(bytes);
  auto value = reading(reader);
  reader.expect_end();
  return value;
}
std::int64_t integer_of(std::string_view hexadecimal) {
  return read(hexadecimal, [](CborReader& r) { return r.integer(); });
}
std::string text_of_hex(std::string_view hexadecimal) {
  return read(hexadecimal, [](CborReader& r) { return std::string(r.text()); });
}
Decimal decimal_of(std::string_view hexadecimal) {
  return read(hexadecimal, [](CborReader& r) { return r.decimal(); });
}

}  // namespace

TEST_CASE("integers are written as RFC 8949 shows them") {
  const std::pair<std::int64_t, const char*> examples[] = {{0, "00"},
                                                           {23, "17"},
                                                           {24, "1818"},
                                                           {255, "18ff"},
                                                           {256, "190100"},
                                                           {65'535, "19ffff"},
                                                           {65'536, "1a00010000"},
                                                           {4'294'967'295, "1affffffff"},
                                                           {4'294'967'296, "1b0000000100000000"},
                                                           {INT64_MAX, "1b7fffffffffffffff"},
                                                           {-1, "20"},
                                                           {-24, "37"},
                                                           {-25, "3818"},
                                                           {-257, "390100"},
                                                           {INT64_MIN, "3b7fffffffffffffff"}};
  for (const auto& [value, bytes] : examples) {
    CAPTURE(value);
    CHECK(integer_hex(value) == bytes);
    CHECK(integer_of(bytes) == value);
  }
}

TEST_CASE("numbers that are not in their shortest form are refused") {
  for (const char* bad : {"1800", "1817", "190000", "1900ff", "1a00000000", "1a0000ffff", "1b0000000000000000",
                          "1b00000000ffffffff", "3800", "3817", "3900ff", "3a0000ffff", "3b00000000ffffffff"}) {
    INFO(bad);
    CHECK_THROWS_AS(integer_of(bad), CborError);
  }
  for (const char* bad : {"780161", "79000161", "7a0000000161", "7b000000000000000161"}) {
    INFO(bad);
    CHECK_THROWS_AS(text_of_hex(bad), CborError);
  }
}

TEST_CASE("numbers beyond 64 bits, indefinite lengths, other types and reserved heads are refused") {
  for (const char* bad : {"1b8000000000000000",
                          "1bffffffffffffffff",
                          "3b8000000000000000",
                          "3bffffffffffffffff",
                          "1c",
                          "1d",
                          "1e",
                          "1f",
                          "3f",
                          "60",
                          "40",
                          "80",
                          "a0",
                          "c100",
                          "f4",
                          "f6",
                          "f7",
                          "f90000",
                          "fb0000000000000000",
                          "ff"}) {
    INFO(bad);
    CHECK_THROWS_AS(integer_of(bad), CborError);
  }
  CHECK_THROWS_AS(text_of_hex("7f6161ff"), CborError);
  CHECK_THROWS_AS(read("9f00ff", [](CborReader& r) { return r.array(); }), CborError);
  CHECK_THROWS_AS(read("5f4100ff", [](CborReader& r) { return r.bytes().size(); }), CborError);
  for (const char* bad : {"00", "f6", "f7", "f800", "f814"}) {
    INFO(bad);
    CHECK_THROWS_AS(read(bad, [](CborReader& r) { return r.boolean(); }), CborError);
  }
}

TEST_CASE("text must be UTF-8 and no longer than the bytes") {
  CHECK(text_of_hex("63616263") == "abc");
  CHECK(text_of_hex("60").empty());
  for (const char* bad : {"61ff", "62c0af", "63eda080", "64f4908080", "61c3", "6261", "7bffffffffffffffff61"}) {
    INFO(bad);
    CHECK_THROWS_AS(text_of_hex(bad), CborError);
  }
  CHECK_THROWS_AS(read("8400", [](CborReader& r) { return r.array(); }), CborError);
  CHECK_THROWS_AS(read("0000", [](CborReader& r) { return r.integer(); }), CborError);
}

TEST_CASE("a decimal has one form of bytes") {
  CHECK(decimal_hex("12.345") == "1a000181cb");
  CHECK(decimal_hex("12.345000") == decimal_hex("12.345"));
  CHECK(decimal_hex("0") == "00");
  CHECK(decimal_hex("1") == "08");
  CHECK(decimal_hex("-1.5") == "3876");
  for (const char* bad :
       {"01", "07", "0f", "1851", "20", "820c00", "830c0000", "81", "1b7ffffffffffffff8", "82001b0000000000000006",
        "821b7fffffffffffffff07", "821b7fffffffffffffff20", "821b7ffffffffffffff806", "60", "f6"}) {
    INFO(bad);
    CHECK_THROWS_AS(decimal_of(bad), CborError);
  }
}

TEST_CASE("decimals of every size come back, and neighbours differ") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  std::vector<std::int64_t> values = {0,
                                      1,
                                      -1,
                                      INT64_MAX,
                                      INT64_MIN,
                                      INT64_MAX - 1,
                                      INT64_MAX / 8,
                                      INT64_MAX / 8 + 1,
                                      INT64_MIN / 8,
                                      INT64_MIN / 8 - 1};
  for (int i = 0; i < 20'000; ++i)
    values.push_back(static_cast<std::int64_t>(random() >> random() % 64) * (random() % 2 ? 1 : -1));
  for (const std::int64_t millionths : values) {
    CAPTURE(millionths);
    const Bytes bytes = written([&](CborWriter& w) { w.decimal(Decimal::from_millionths(millionths)); });
    CborReader reader(bytes);
    REQUIRE(reader.decimal().millionths() == millionths);
    REQUIRE(reader.at_end());
  }
}

TEST_CASE("whatever bytes are read as a value, writing the value gives the same bytes") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  int read_well = 0;
  for (int i = 0; i < 200'000; ++i) {
    Bytes bytes(1 + random() % 12);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const std::uint8_t heads[] = {0x18, 0x19, 0x1a, 0x1b, 0x38, 0x39, 0x3b, 0x82};
    if (random() % 2) bytes[0] = heads[random() % 8];
    const bool as_decimal = random() % 2;
    Bytes again;
    CborWriter writer(again);
    try {
      CborReader reader(bytes);
      if (as_decimal)
        writer.decimal(reader.decimal());
      else
        writer.integer(reader.integer());
      reader.expect_end();
    } catch (const CborError&) {
      continue;
    }
    ++read_well;
    CAPTURE(hex(bytes), as_decimal);
    REQUIRE(hex(again) == hex(bytes));
  }
  CHECK(read_well > 1'000);
}

TEST_CASE("an entry cut short anywhere is refused, and so is one with bytes after it") {
  const std::string long_text(300, 'x');
  const Bytes bytes = written([&](CborWriter& w) {
    w.array(7);
    w.integer(-70'000), w.text(long_text), w.bytes(Bytes(40, 7)), w.boolean(true), w.null();
    w.decimal(Decimal::from_millionths(12'345'678)), w.decimal(Decimal::from_millionths(INT64_MAX));
  });
  const auto read_all = [&](ByteView view) {
    CborReader r(view);
    if (r.array() != 7) throw CborError("other");
    const bool good = r.integer() == -70'000 && r.text() == long_text && r.bytes().size() == 40 && r.boolean() &&
                      r.is_null() && r.decimal().millionths() == 12'345'678 && r.decimal().millionths() == INT64_MAX;
    r.expect_end();
    return good;
  };
  CHECK(read_all(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    // A buffer of exactly that size, so that a sanitizer sees a read beyond it.
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    REQUIRE_THROWS_AS(read_all(cut), CborError);
  }
  Bytes longer = bytes;
  longer.push_back(0xf6);
  CHECK_THROWS_AS(read_all(longer), CborError);
}

TEST_CASE("null is taken only where it stands") {
  const Bytes bytes = from_hex("f600").value();
  CborReader reader(bytes);
  CHECK(reader.is_null());
  CHECK_FALSE(reader.is_null());
  CHECK(reader.integer() == 0);
  CHECK(reader.at_end());
  CHECK_THROWS_AS(reader.is_null(), CborError);
}
