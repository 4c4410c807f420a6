// SPDX-License-Identifier: Apache-2.0
#include "base/cbor.h"

#include "base/text.h"

namespace lotbook {

namespace {

/// The compiler makes one load and one swap of it.
template <class Unsigned>
Unsigned big_endian(const std::uint8_t* at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) value = value << 8 | at[i];
  return static_cast<Unsigned>(value);
}

constexpr std::int64_t powers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

}  // namespace

void CborWriter::long_head(unsigned major, std::uint64_t value) {
  const unsigned log = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffff'ffff ? 2 : 3;
  std::uint8_t bytes[9] = {static_cast<std::uint8_t>(major << 5 | (24 + log))};
  const int size = 1 << log;
  for (int i = 0; i < size; ++i) bytes[1 + i] = static_cast<std::uint8_t>(value >> (size - 1 - i) * 8);
  out_.insert(out_.end(), bytes, bytes + 1 + size);
}

void CborWriter::text(std::string_view value) {
  head(3, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void CborWriter::bytes(ByteView value) {
  head(2, value.size());
  out_.insert(out_.end(), value.begin(), value.end());
}

void CborWriter::decimal(Decimal value) {
  // mantissa · 8 + decimals can pass 64 bits only for quantities above 10^18 millionths with all six decimals: two
  // integers then.
  const int places = value.decimals();
  const std::int64_t mantissa = value.millionths() / powers[Decimal::scale - places];
  std::int64_t packed = 0;
  if (!__builtin_mul_overflow(mantissa, std::int64_t{8}, &packed) &&
      !__builtin_add_overflow(packed, std::int64_t{places}, &packed))
    return integer(packed);
  array(2);
  integer(mantissa), integer(places);
}

std::uint64_t CborReader::long_head(unsigned major) {
  if (at_ == end_) throw CborError("the bytes end early");
  const std::uint8_t first = *at_++;
  if (first >> 5 != major) throw CborError("another type than the format says");
  const unsigned low = first & 31u;
  if (low < 24) return low;
  if (low > 27) throw CborError("an indefinite or reserved length");
  const int size = 1 << (low - 24);
  if (end_ - at_ < size) throw CborError("the bytes end early");
  std::uint64_t value = 0;
  switch (size) {
    case 1: value = *at_; break;
    case 2: value = big_endian<std::uint16_t>(at_); break;
    case 4: value = big_endian<std::uint32_t>(at_); break;
    default: value = big_endian<std::uint64_t>(at_);
  }
  at_ += size;
  constexpr std::uint64_t least[] = {24, 0x100, 0x1'0000, 0x1'0000'0000};
  if (value < least[low - 24]) throw CborError("a number that is not in its shortest form");
  return value;
}

std::size_t CborReader::array() {
  const std::uint64_t count = head(4);
  if (count > static_cast<std::uint64_t>(end_ - at_)) throw CborError("an array longer than the bytes");
  return static_cast<std::size_t>(count);
}

std::int64_t CborReader::integer() {
  if (at_ == end_) throw CborError("the bytes end early");
  const bool negative = *at_ >> 5 == 1;
  const std::uint64_t value = head(negative ? 1 : 0);
  if (value > static_cast<std::uint64_t>(INT64_MAX)) throw CborError("a number beyond 64 bits");
  return negative ? static_cast<std::int64_t>(~value) : static_cast<std::int64_t>(value);
}

std::string_view CborReader::text() {
  const std::uint64_t size = head(3);
  if (size > static_cast<std::uint64_t>(end_ - at_)) throw CborError("a text longer than the bytes");
  const std::string_view value(reinterpret_cast<const char*>(at_), static_cast<std::size_t>(size));
  if (!is_utf8(value)) throw CborError("a text that is not UTF-8");
  at_ += size;
  return value;
}

ByteView CborReader::bytes() {
  const std::uint64_t size = head(2);
  if (size > static_cast<std::uint64_t>(end_ - at_)) throw CborError("a byte string longer than the bytes");
  const ByteView value(at_, static_cast<std::size_t>(size));
  at_ += size;
  return value;
}

bool CborReader::boolean() {
  if (at_ == end_) throw CborError("the bytes end early");
  const std::uint8_t byte = *at_++;
  if (byte != 0xf4 && byte != 0xf5) throw CborError("another type than the format says");
  return byte == 0xf5;
}

bool CborReader::is_null() {
  if (at_ == end_) throw CborError("the bytes end early");
  if (*at_ != 0xf6) return false;
  ++at_;
  return true;
}

Decimal CborReader::decimal() {
  std::int64_t mantissa = 0, places = 0;
  if (next_is_array()) {
    if (array() != 2) throw CborError("a decimal that is none");
    mantissa = integer(), places = integer();
    std::int64_t packed = 0;
    if (!__builtin_mul_overflow(mantissa, std::int64_t{8}, &packed) && !__builtin_add_overflow(packed, places, &packed))
      throw CborError("a decimal that is not in its shortest form");
  } else {
    const std::int64_t packed = integer();
    places = packed & 7, mantissa = (packed - places) / 8;
  }
  if (places < 0 || places > Decimal::scale) throw CborError("a decimal with too many places");
  if (places > 0 && mantissa % 10 == 0) throw CborError("a decimal with a trailing zero");
  std::int64_t millionths = 0;
  if (__builtin_mul_overflow(mantissa, powers[Decimal::scale - places], &millionths))
    throw CborError("a decimal out of range");
  return Decimal::from_millionths(millionths);
}

void CborReader::expect_end() const {
  if (at_ != end_) throw CborError("bytes after the end");
}

}  // namespace lotbook
