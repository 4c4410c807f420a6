// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <catch2/catch.hpp>
#include <vector>

#include "base/test_seed.h"

using namespace lotbook;

TEST_CASE("only well-formed UTF-8 is text") {
  for (const char* good : {"", "plain", "Käse", "\u4e2d\u6587", "\U0001F9C0", "\xf4\x8f\xbf\xbf"}) CHECK(is_utf8(good));
  for (const char* bad : {"\xff", "\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "eight so far\xc3", "\xf8\x88\x80\x80\x80"}) {
    INFO(bad);
    CHECK_FALSE(is_utf8(bad));
    CHECK_FALSE(trimmed_nfc(bad));
  }
}

TEST_CASE("text is composed and its outer blanks go (R9)") {
  CHECK(trimmed_nfc("  a b \t\r\n") == "a b");
  CHECK(trimmed_nfc("e\u0301") == "\u00e9");
  CHECK(trimmed_nfc("\u00a0\u3000K\u00e4se\u2003") == "K\u00e4se");
  CHECK(trimmed_nfc("\u212b") == "\u00c5");
  CHECK(trimmed_nfc("\ufb01") == "\ufb01");
  CHECK(trimmed_nfc(" \u2003 ")->empty());
  CHECK(trimmed_nfc("")->empty());
}

TEST_CASE("marks without end on one letter are no text") {
  std::string piled = "a";
  for (int i = 0; i < 30; ++i) piled += i % 2 ? "\u0301" : "\u0323";
  CHECK(trimmed_nfc(piled));
  CHECK_FALSE(trimmed_nfc(piled + "\u0301"));
  std::string endless = "a";
  for (int i = 0; i < 200'000; ++i) endless += i % 2 ? "\u0323" : "\u0301";
  CHECK_FALSE(trimmed_nfc(endless));
  CHECK(folded(endless) == endless);
  CHECK_FALSE(skeleton(endless).empty());
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(length_in_characters("") == 0);
  CHECK(length_in_characters("K\u00e4se\U0001F9C0") == 5);
}

TEST_CASE("codes hold no control, invisible, direction, private or unassigned character (R9)") {
  for (const char* good : {"L-123/4", "K\u00e4se 7", "\u4e2d", "\u0627\u0628", "\u20ac5", "a\u0301"}) {
    INFO(good);
    CHECK_FALSE(has_forbidden_character(good));
  }
  for (const char* bad :
       {"a\tb", "a\x7f", "a\u0085", "\u200b", "a\u200d", "\u00ad", "\u202e1", "\u2066", "\ufeff", "\ue000", "\u0378",
        "\u2028", "\u3164", "\u115f", "\ufe0f", "\u034f", "\U000E0041", "\U0010FFFF", "\xff"}) {
    INFO(bad);
    CHECK(has_forbidden_character(bad));
  }
  CHECK(has_forbidden_character(std::string_view("a\0b", 3)));
}

TEST_CASE("folding finds without regard to case and form") {
  CHECK(folded("LoT-7") == "lot-7");
  CHECK(folded("STRASSE") == folded("stra\u00dfe"));
  CHECK(folded("\u00c9") == folded("e\u0301"));
  CHECK(folded("\uff21\uff22") == "ab");
  CHECK(folded("\u03a3") == folded("\u03c2"));
}

TEST_CASE("codes that look alike have one skeleton (R10)") {
  const std::vector<std::vector<const char*>> alike = {
      {"LOT-10", "lot 10", "L0T10", "l o t - 1 0", "LOT\u201310", "LOT\u221210", "IOT10", "|oT1O", "1\u041e\u0422-10"},
      {"AB12", "\u0410\u0412 12", "\u0391\u039212", "ab\u00a012", "a\u2010b\u201112"},
      {"\u00c9", "e\u0301", "\u0415\u0301"},
      {"\u0401", "\u00cb"},
      {"K3", "\u041a\u0417", "k\uff13"},
  };
  for (const auto& group : alike)
    for (const char* code : group) {
      INFO(code);
      CHECK(skeleton(code) == skeleton(group.front()));
    }
}

TEST_CASE("codes that do not look alike have their own skeleton") {
  const char* different[] = {"A1",  "A2",  "B1", "8", "\u00c91", "E1", "A_1",
                             "A.1", "A/1", "5",  "S", "-",       "--", "\u2013"};
  for (const char* a : different)
    for (const char* b : different)
      if (a != b) {
        INFO(a << " and " << b);
        CHECK(skeleton(a) != skeleton(b));
      }
}

TEST_CASE("random text: trimming and folding change nothing the second time, and bytes never crash them") {
  TestSeed seed;
  INFO(seed.text());
  std::mt19937_64 random = seed.generator();
  const char* pieces[] = {" ",      "a",      "O",      "\u00df", "\u0301", "\u0323", "\u1e69", "\u3000",    "\uac00",
                          "\u1112", "\u1161", "\u11ab", "-",      "\u0130", "\u03a9", "\u200b", "\U0001F9C0"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 12; n > 0; --n) text += pieces[random() % std::size(pieces)];
    CAPTURE(text);
    const std::string once = trimmed_nfc(text).value();
    REQUIRE(trimmed_nfc(once) == once);
    REQUIRE(folded(folded(once)) == folded(once));
    REQUIRE(skeleton(once) == skeleton(folded(once)));
    REQUIRE(is_utf8(skeleton(once)));

    std::string bytes(random() % 12, ' ');
    for (char& c : bytes) c = static_cast<char>(random());
    if (const std::optional<std::string> clean = trimmed_nfc(bytes)) REQUIRE(is_utf8(*clean));
    has_forbidden_character(bytes), folded(bytes), skeleton(bytes), length_in_characters(bytes);
  }
}
