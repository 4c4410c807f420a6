// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"

// What the lines of open sales orders still want of an item at a site, added up by orders: each release asks what those
// before its own want, and there may be many thousands.

namespace lotbook {

struct Item;
struct Place;

/// Of one item at one site. Looking and changing cost about the root of the number of orders.
class WantedSum {
 public:
  /// Wider than a quantity: orders may ask for more than any stock.
  __extension__ using Wide = __int128;

  /// `millionths` more of that order; below zero: less.
  void add(std::uint32_t order, Wide millionths);
  /// Of orders with lower numbers; no more than a trillion.
  Decimal before(std::uint32_t order) const;

 private:
  struct OfOrder {
    std::uint32_t order;
    Wide wanted;
  };
  struct Part {
    Wide sum = 0;
    std::vector<OfOrder> orders;  ///< in order of number, none that wants nothing
  };
  std::vector<Part> parts_;  // in order of number, none empty
};

/// The sums that somebody asked for. Whoever changes an order keeps them right.
class WantedSums {
 public:
  bool is_empty() const { return sums_.empty(); }
  /// Null when nobody asked for it yet.
  WantedSum* find(Id<Item> item, Id<Place> site) {
    const auto known = sums_.find(key(item, site));
    return known == sums_.end() ? nullptr : &known->second;
  }
  WantedSum& make(Id<Item> item, Id<Place> site) { return sums_[key(item, site)]; }
  void forget() { sums_.clear(); }

 private:
  static std::uint64_t key(Id<Item> item, Id<Place> site) { return std::uint64_t{item.value} << 32 | site.value; }
  std::unordered_map<std::uint64_t, WantedSum> sums_;
};

}  // namespace lotbook
