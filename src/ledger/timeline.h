// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/view.h"
#include "model/standing.h"

// Past stock of a lot in the order in which things happened (R27, R28), from the entries that speak of it. Corrected
// entries are as if they never happened; a correction stands where the entry stood that it corrects (R32).

namespace lotbook {

/// One movement of the lot that stands, at its settled place.
struct Happening {
  Instant settled_at;
  std::uint64_t position =
      0;                  ///< order among equal instants: the entry's number, for a correction that of what it corrects
  std::uint64_t seq = 0;  ///< the entry that says so
  Interval occurred;
  Line line;
};

/// The lot's movements that stand as known at entry `upto`, in settled order.
std::vector<Happening> timeline(const View& view, Id<Lot> lot, std::uint64_t upto = UINT64_MAX);

/// The position of an entry among those of one settled instant.
std::uint64_t position_of(const View& view, const Entry& entry);

/// Where a place would fall below zero.
struct Shortage {
  Id<Lot> lot;
  Id<Place> place;
  Decimal lacking;      ///< how much is missing (of the first or, if that suffices, the second quantity)
  Decimal had;          ///< what is or was there
  bool is_now = false;  ///< now, in order of entries; else at a past instant
  Instant at;           ///< that instant
  std::vector<std::uint64_t> in_the_way;  ///< entries that would be left without goods
};

/// R28 for a draft that has its settled instant but no number yet: the first place of the first lot that would be below
/// zero, after the entry or at any instant. nullopt: nowhere.
std::optional<Shortage> shortage_of(const View& view, const Entry& draft);

/// R27: the settled instant of a draft whose `occurred` is a whole day: the latest settled instant of its lots on that
/// day, else the day's first instant; any other precision: the instant given.
Instant settled_instant(const View& view, const Entry& draft, bool is_whole_day);

}  // namespace lotbook
