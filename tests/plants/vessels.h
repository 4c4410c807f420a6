// SPDX-License-Identifier: Apache-2.0
// Tanks and silos, told apart into what any row can say: a fill that mixes becomes inputs and an output of a run of its
// own, a draw that names no lot becomes a row for each lot that it takes.
//
// Readings of R74 to R76:
// - A vessel that mixes holds one lot. A fill of another lot onto it makes a new one of all that is in it and what
// comes.
// - In layers the first that came goes first.
// - A vessel that was drawn empty, and neither emptied nor cleaned since, gives its last lot to the next fill, which is
// a
//   new lot then. The bundle says no residue, so that one declared emptied gives nothing.
// - A lot made by a fill has the code of `into`; without, only the book knows it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "history.h"

namespace plants {

class Vessels {
 public:
  using Visit = std::function<void(const Row&)>;
  // Opens a lot of the item, with the code or with none, for what is told by a row of that line.
  using OpenLot = std::function<std::uint32_t(std::uint32_t item, std::string_view code, std::size_t line)>;
  // `name_fill` numbers the run that a fill is, by its line.
  using NameFill = std::function<std::uint32_t(std::size_t line)>;
  Vessels(const std::string& folder, OpenLot open_lot, NameFill name_fill);

  bool any() const { return !vessels_.empty(); }
  // Whether the row takes goods from a vessel without saying which.
  bool draws_unnamed(const Row& row) const;
  void pass(Row row, const Visit& visit);

 private:
  struct Held {
    std::uint32_t lot;
    Amount quantity;
  };
  struct Vessel {
    bool mixes = false, is_told_empty = false;
    std::vector<Held> held;
    std::uint32_t last = none;
  };
  Vessel* find(std::string_view place);
  void draw(Row row, Vessel& vessel, const Visit& visit);
  void fill(Row row, Vessel& vessel, const Visit& visit);
  void note(const Row& row);
  void change(std::string_view place, std::uint32_t lot, Amount amount);

  std::map<std::string, Vessel, std::less<>> vessels_;
  OpenLot open_lot_;
  NameFill name_fill_;
};

}  // namespace plants
