// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/sha256.h"

// Deterministic CBOR (RFC 8949 §4.2.1), as little of it as entries need: unsigned and negative integers, text, byte
// strings, arrays, false, true and null; shortest integers and definite lengths only. The reader refuses everything
// else, so one content has one form of bytes. Decimals are mantissa·8 + number of decimals with trailing zeros
// stripped, one form only.

namespace lotbook {

class CborWriter {
 public:
  explicit CborWriter(Bytes& out) : out_(out) {}
  void array(std::size_t count) { head(4, count); }
  void integer(std::int64_t value) {
    if (value >= 0)
      head(0, static_cast<std::uint64_t>(value));
    else
      head(1, ~static_cast<std::uint64_t>(value));
  }
  void text(std::string_view value);
  void bytes(ByteView value);
  void boolean(bool value) { out_.push_back(value ? 0xf5 : 0xf4); }
  void null() { out_.push_back(0xf6); }
  void decimal(Decimal value);

 private:
  void head(unsigned major, std::uint64_t value) {
    if (value < 24)
      out_.push_back(static_cast<std::uint8_t>(major << 5 | value));
    else
      long_head(major, value);
  }
  void long_head(unsigned major, std::uint64_t value);
  Bytes& out_;
};

/// Thrown by the reader: the bytes are not in the one allowed form, or end early.
struct CborError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class CborReader {
 public:
  explicit CborReader(ByteView in) : at_(in.data()), end_(in.data() + in.size()) {}
  std::size_t array();  ///< number of elements that follow; refused when above the bytes left
  std::int64_t integer();
  std::string_view text();  ///< view into the input; must be UTF-8
  ByteView bytes();
  bool boolean();
  bool is_null();  ///< consumes the null when it is one
  bool next_is_array() const { return at_ != end_ && (*at_ >> 5) == 4; }
  Decimal decimal();
  bool at_end() const { return at_ == end_; }
  void expect_end() const;

 private:
  std::uint64_t head(unsigned major) {
    if (at_ != end_ && (*at_ >> 5) == major && (*at_ & 31u) < 24) return *at_++ & 31u;
    return long_head(major);
  }
  std::uint64_t long_head(unsigned major);
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

}  // namespace lotbook
