// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/whole_units.h"

// Tanks and silos (R74-R76).

namespace lotbook {

struct FillLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string from, sscc;
  static constexpr auto fields() {
    using L = FillLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out: what is in the vessel it is drawn from.").at_most(60),
        field<&L::quantity>("quantity", "How much goes in.").required(),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&L::from>("from", "Location it is taken from.").required().at_most(60), off_unit_field<&L::sscc>());
  }
};

/// Goods go into a vessel. What they mix with there, or what may still cling to it, makes them a new lot (R74, R76).
struct Fill {
  std::string vessel;
  std::vector<FillLine> lines;
  std::string new_lot;
  bool confirm_here = false, confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Fill;
    return field_list(
        field<&C::vessel>("vessel", "Tank or silo that is filled.").required().at_most(60),
        field<&C::lines>("lines", "What goes in.").required().at_most(1000),
        field<&C::new_lot>("new_lot",
                           "Own code of what is in it then, if it becomes a new lot; left out: one from the series.")
            .at_most(60),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Fill& command, const Moment& moment, const View& view);

/// A vessel is empty: no more than its residue of what it held goes into the next fill. Or it is clean: nothing does
/// (R76).
template <bool is_clean>
struct DeclareVessel {
  std::string vessel;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = DeclareVessel;
    return field_list(
        field<&C::vessel>("vessel", is_clean ? "Tank or silo that was cleaned." : "Tank or silo that was emptied.")
            .required()
            .at_most(60),
        field<&C::occurred_at>("occurred_at", "When; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
using Empty = DeclareVessel<false>;
using Clean = DeclareVessel<true>;
Result<Draft> decide(const Empty& command, const Moment& moment, const View& view);
Result<Draft> decide(const Clean& command, const Moment& moment, const View& view);

}  // namespace lotbook
