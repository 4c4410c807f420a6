// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include <catch2/catch.hpp>

using namespace lotbook;

TEST_CASE("SHA-256 gives the published digests, in one part or several") {
  CHECK(hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256({bytes_of("abc")})) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256({bytes_of("a"), ByteView{}, bytes_of("bc")}) == sha256({bytes_of("abc")}));
}

TEST_CASE("HMAC-SHA-256 gives the digests of RFC 4231") {
  CHECK(hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(hmac_sha256(Bytes(131, 0xaa), bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hexadecimal is read as it is written, small letters only") {
  CHECK(hex(Bytes{0x00, 0xab, 0xff}) == "00abff");
  CHECK(from_hex("00abff") == Bytes{0x00, 0xab, 0xff});
  CHECK(from_hex("")->empty());
  for (const char* bad : {"0", "0g", "AB", "0x", " 0"}) CHECK_FALSE(from_hex(bad));
}

TEST_CASE("random bytes have the length asked for and differ") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(32).size() == 32);
  CHECK(random_bytes(32) != random_bytes(32));
}
