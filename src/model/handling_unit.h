// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "model/lot.h"

namespace lotbook {

/// What lies on a handling unit of one lot, or one unit of a serial-tracked item. It is part of the stock of the place.
struct PackedGoods {
  Id<Lot> lot;
  Id<Serial> serial;
  Decimal quantity, quantity2;
  bool operator==(const PackedGoods&) const = default;
};

/// A pallet or case with an SSCC: in one place, or in another one that is (R24).
struct HandlingUnit {
  Id<HandlingUnit> id;
  std::string sscc;         ///< 18 digits, never given again
  Id<Place> place;          ///< where it is, or the end it went to
  Id<HandlingUnit> inside;  ///< the one it stands on or in; none: by itself
  bool is_known = true;     ///< the entry that opened it stands; its SSCC stays used all the same
  std::uint64_t opened_in = 0;
  std::vector<PackedGoods> goods;  ///< in order of lot and serial
};

/// A pallet or case under a hold, with whatever is on it (R38).
struct HeldHandlingUnit {
  Id<HandlingUnit> handling_unit;
  Id<Hold> hold;
  auto operator<=>(const HeldHandlingUnit&) const = default;
};

/// The check digit of GS1 keys (GS1 General Specifications 7.9.1) for digits without it: '0' to '9'.
char gs1_check_digit(std::string_view digits);
/// Whether the text is a Serial Shipping Container Code: 18 digits of which the last one is right.
bool is_sscc(std::string_view text);
/// The SSCC with this GS1 company prefix (6 to 12 digits) and serial reference.
std::string make_sscc(std::string_view company_prefix, std::uint64_t reference);

}  // namespace lotbook
