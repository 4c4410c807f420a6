// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <set>

#include "base/flat_map.h"

// Where dated stock lies that may be proposed for use, in picking order, while a history comes in: so that each use can
// be asked what should have gone first (R51) without looking at every lot.

namespace lotbook {

class StockInOrder {
 public:
  struct Cell {
    std::int32_t day = 0;  ///< picking day of the lot
    std::uint32_t lot = 0, place = 0;
    auto operator<=>(const Cell&) const = default;
  };
  void put(std::uint32_t item, std::uint32_t site, Cell cell) { cells_[key(item, site)].insert(cell); }
  void drop(std::uint32_t item, std::uint32_t site, Cell cell) {
    if (std::set<Cell>* cells = cells_.find(key(item, site))) cells->erase(cell);
  }
  /// The first cell whose day lies in [from, before) and that `fits`; null when there is none.
  template <class Fits>
  const Cell* first(std::uint32_t item, std::uint32_t site, std::int32_t from, std::int32_t before, Fits fits) const {
    const std::set<Cell>* cells = cells_.find(key(item, site));
    if (!cells) return nullptr;
    for (auto cell = cells->lower_bound({from, 0, 0}); cell != cells->end() && cell->day < before; ++cell)
      if (fits(*cell)) return &*cell;
    return nullptr;
  }

 private:
  static std::uint64_t key(std::uint32_t item, std::uint32_t site) { return std::uint64_t{item} << 32 | site; }
  FlatMap<std::uint64_t, std::set<Cell>> cells_;
};

}  // namespace lotbook
