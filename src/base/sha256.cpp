// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/check.h"

namespace lotbook {

namespace {

struct Hasher {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  Hasher() { check(algorithm && context, "the system's OpenSSL offers SHA-256"); }
  ~Hasher() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
  }
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
};

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Hash sha256(std::initializer_list<ByteView> parts) {
  thread_local Hasher hasher;
  Hash hash;
  bool good = EVP_DigestInit_ex2(hasher.context, hasher.algorithm, nullptr) == 1;
  for (const ByteView part : parts) good = good && EVP_DigestUpdate(hasher.context, part.data(), part.size()) == 1;
  good = good && EVP_DigestFinal_ex(hasher.context, hash.data(), nullptr) == 1;
  check(good, "SHA-256 can be computed");
  return hash;
}

Hash hmac_sha256(ByteView key, ByteView message) {
  // RFC 2104 over the hasher above: HMAC() of OpenSSL 3 fetches its algorithm anew at every call.
  std::array<std::uint8_t, 64> inner{}, outer{};
  const Hash hashed = key.size() > 64 ? sha256({key}) : Hash{};
  const ByteView used = key.size() > 64 ? ByteView(hashed) : key;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::uint8_t byte = i < used.size() ? used[i] : 0;
    inner[i] = byte ^ 0x36, outer[i] = byte ^ 0x5c;
  }
  const Hash first = sha256({inner, message});
  return sha256({outer, first});
}

std::string hex(ByteView bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) out += digits[byte >> 4], out += digits[byte & 15];
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  check(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1, "the system gives random bytes");
  return bytes;
}

}  // namespace lotbook
