// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/decimal.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/time.h"
#include "model/record.h"

namespace lotbook {

/// The one quality status of a lot (R37). Holds are beside it.
enum class Quality : std::uint8_t { quarantine, released, rejected };
template <>
struct Choices<Quality> {
  static constexpr std::array<std::string_view, 3> names{"quarantine", "released", "rejected"};
};

/// How a lot came into the book; where backward traces look for its beginning.
enum class Origin : std::uint8_t { received, produced, opened, found, unknown, untracked };
template <>
struct Choices<Origin> {
  static constexpr std::array<std::string_view, 6> names{"received", "produced", "opened",
                                                         "found",    "unknown",  "untracked"};
};

/// Stock of one item under one identity (R1). Never deleted; its number is never used again.
/// Items without tracking have one lot with the empty code and origin `untracked`, so that quantities live in one
/// place.
struct Lot {
  Id<Lot> id;
  Id<Item> item;
  std::string code;  ///< own code, unique among the lots of the item (R2)
  Quality quality = Quality::released;
  Origin origin = Origin::received;
  bool expiry_calculated = false;  ///< from shelf life, not from a label (R47)
  Date received_on, produced_on, expires_on, best_before_on, retest_on;
  std::uint64_t opened_in = 0;  ///< entry that opened it

  /// R46: the earliest of expires_on and retest_on; without these best_before_on; not set when the lot has no date.
  Date governing_day() const;
  /// Received or produced day, whichever is known first: the order of FIFO items and of ties (R50).
  Date came_on() const { return std::min(received_on, produced_on); }
};

/// One unit of a serial-tracked item (R78). Known by item, issuer and code; belongs to a lot and lies in one place, or
/// went to an end. It is there as long as the entry that opened it stands.
struct Serial {
  Id<Serial> id;
  Id<Item> item;
  Id<Lot> lot;
  Id<Partner> issuer;  ///< who gave the code; none: this book
  std::string code;
  Id<Place> place;    ///< where it lies, or the end it went to; none: it has not come yet
  Id<Serial> inside;  ///< the unit it is installed in (R79)
  std::uint64_t opened_in = 0;
};

/// How a lot is also called: by whom the code was given decides its kind (R3, R12).
enum class NameKind : std::uint8_t { own, former, issued };
template <>
struct Choices<NameKind> {
  static constexpr std::array<std::string_view, 3> names{"own", "former", "issued"};
};
struct LotName {
  Id<Item> item;
  Id<Lot> lot;
  NameKind kind = NameKind::own;
  Id<Partner> issuer;  ///< none for own and former codes
  std::string code;
};

/// How a hold reaches beyond the lots it was laid on (R42).
enum class Flow : std::uint8_t { lot, descendants, descendants_and_new };
template <>
struct Choices<Flow> {
  static constexpr std::array<std::string_view, 3> names{"lot", "descendants", "descendants_and_new"};
};
/// A block by decision (R37, R38). It covers lots, or what of them lies in one place with all below it.
struct Hold {
  Id<Hold> id;
  std::string number;
  std::string reason;
  std::string author;
  std::string recall;  ///< recall case behind it, empty if none
  Flow flow = Flow::lot;
  Id<Place> place;  ///< none: wherever the lot lies
  std::uint64_t opened_in = 0;
  std::uint64_t lifted_in = 0;  ///< 0 while it stands
};

/// One unit under a hold that covers it alone (R38).
struct HeldUnit {
  Id<Lot> lot;
  Id<Serial> serial;
  Id<Hold> hold;
  auto operator<=>(const HeldUnit&) const = default;
};

enum class RunKind : std::uint8_t { production, split, blend, relabel, rework, disassembly, repack };
template <>
struct Choices<RunKind> {
  static constexpr std::array<std::string_view, 7> names{"production", "split",       "blend", "relabel",
                                                         "rework",     "disassembly", "repack"};
};
enum class RunState : std::uint8_t { planned, released, open, closed, cancelled };
template <>
struct Choices<RunState> {
  static constexpr std::array<std::string_view, 5> names{"planned", "released", "open", "closed", "cancelled"};
};
/// A transformation that is known by a number: a production order, or a split, blend, … posted in parts.
struct Run {
  Id<Run> id;
  std::string number;
  RunKind kind = RunKind::production;
  RunState state = RunState::open;
  Id<Place> place;
  std::string recipe;
  std::uint64_t opened_in = 0;
  std::uint64_t closed_in = 0;
};

struct StockCell {
  Id<Place> place;
  Decimal quantity, quantity2;
};

}  // namespace lotbook
