// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"

// When book and reality differ (R59). A count says what was there; an adjustment says what was found more or less. The
// difference goes to or comes from the end `count`: never a link, always a line of the mass balance.
//
// A difference above the book's tolerance is accepted only with the name of a second person who saw it, and is listed
// for review as a notice. It is not refused for want of a right: whoever stands before the shelf knows what is there,
// and a stocktake that must wait for quality leaves the book wrong meanwhile.

namespace lotbook {

struct CountLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string sscc;
  static constexpr auto fields() {
    using L = CountLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity",
                            "So much was there; may be zero. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::sscc>("sscc",
                        "SSCC of the pallet or case that so much was on. A lot that is counted on pallets alone is not "
                        "counted beside them.")
            .at_most(18));
  }
};

/// At this instant, in this place, these lots were so much (R59), what is on pallets there included. A lot named twice
/// was found in two heaps: they add up. What is not there any more is taken off the pallets that had it.
struct Count {
  std::string place;
  std::vector<CountLine> lines;
  bool complete = false;
  std::string confirmed_by;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Count;
    return field_list(
        field<&C::place>("place", "Location that was counted, without those below it.").required().at_most(60),
        field<&C::lines>("lines", "What was there.").at_most(5000),
        field<&C::complete>("complete", "Everything there was counted: lots not named are gone."),
        field<&C::confirmed_by>("confirmed_by", "Account of the second person who saw a large difference.").at_most(60),
        field<&C::occurred_at>("occurred_at", "When it was counted; left out: now."),
        field<&C::document>("document", "Number of the count sheet.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Count& command, const Moment& moment, const View& view);

enum class MoreOrLess : std::uint8_t { more, less };
template <>
struct Choices<MoreOrLess> {
  static constexpr std::array<std::string_view, 2> names{"more", "less"};
};
struct AdjustLine {
  std::string item, lot;
  MoreOrLess found = MoreOrLess::less;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string place;
  static constexpr auto fields() {
    using L = AdjustLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::found>("found", "Whether there is more than the book has, or less.").required(),
        field<&L::quantity>("quantity", "By how much. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::place>("place", "Location where it was found.").required().at_most(60));
  }
};

/// A difference was found, with its reason (R59).
struct Adjust {
  std::vector<AdjustLine> lines;
  std::string confirmed_by;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Adjust;
    return field_list(
        field<&C::lines>("lines", "What differs.").required().at_most(1000),
        field<&C::confirmed_by>("confirmed_by", "Account of the second person who saw a large difference.").at_most(60),
        field<&C::occurred_at>("occurred_at", "When it was found; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Adjust& command, const Moment& moment, const View& view);

}  // namespace lotbook
