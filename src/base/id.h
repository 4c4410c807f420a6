// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

// Everything in a book that has a history (lot, item, partner, place, run, hold, …) is known by a number from one
// counter, so that one table can say which entries speak of it. `Id<Lot>` and `Id<Item>` do not mix. Zero is "none".

namespace lotbook {

template <class Noun>
struct Id {
  std::uint32_t value = 0;

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

}  // namespace lotbook

template <class Noun>
struct std::hash<lotbook::Id<Noun>> {
  std::size_t operator()(lotbook::Id<Noun> id) const noexcept { return id.value; }
};
