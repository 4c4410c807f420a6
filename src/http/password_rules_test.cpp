// SPDX-License-Identifier: Apache-2.0
#include "http/password_rules.h"

#include <array>
#include <catch2/catch.hpp>

using namespace lotbook;

namespace {

const std::array<std::string, 3> names{"ana", "Harvest Lane Granola", "Granola"};
bool is_taken(std::string_view password) { return !password_weakness(password, names); }

}  // namespace

TEST_CASE("long passwords of any kind are taken") {
  CHECK(is_taken("correct horse battery"));
  CHECK(is_taken("xkcd-staple-mule-19"));
  CHECK(is_taken("k7fq-mz2t-9wpc-hr4d"));
  CHECK(is_taken("tisch lampe banane"));
  CHECK(is_taken("дерево окно дождь"));
  CHECK(is_taken("密码里有十二个不同的汉字"));
  CHECK(is_taken(std::string(200, 'x') + "yzmaple-torn-grill"));
}

TEST_CASE("short ones are not, counted in characters and not in bytes") {
  CHECK_FALSE(is_taken("k7fq-mz2t-9"));
  CHECK_FALSE(is_taken("ääööüüßßéé"));
  CHECK_FALSE(is_taken(""));
}

TEST_CASE("what others would try first is not taken") {
  for (const char* guess :
       {"password1234",      "Password2026!", "P@ssw0rd1234",     "passwordpassword", "qwertyuiop12",
        "qwertzuiop123",     "123456789012",  "abcdefghijkl",     "aaaaaaaaaaaa",     "abababababab",
        "abcabcabcabc",      "lotbook-2026!", "Welcome12345",     "welcomewelcome!",  "letmeinletmein",
        "admin-admin-admin", "Summer2026!!",  "987654321098",     "asdfghjklasdf",    "changeme2026",
        "WarehouseAdmin1",   "Granola-2026!", "ana-ana-ana-2026", "qualityQuality1"}) {
    INFO(guess);
    CHECK_FALSE(is_taken(guess));
  }
}

TEST_CASE("a password is the same from every keyboard") {
  CHECK(password_form("cafe\xCC\x81 au lait") == password_form("caf\xC3\xA9 au lait"));
  CHECK_FALSE(password_form("\xFF\xFE"));
  CHECK(password_form("Case Stays") == "Case Stays");
}
