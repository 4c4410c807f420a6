// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/whole_units.h"

// What several commands list: lots by item and own code, and goods taken out of a place.

namespace lotbook {

/// A lot as a person names it.
struct LotRef {
  std::string item, lot;
  static constexpr auto fields() {
    return field_list(field<&LotRef::item>("item", "Item.").required().at_most(60),
                      field<&LotRef::lot>("lot", "Own code of the lot.").required().at_most(60));
  }
};

/// Goods that leave a place for where the command says.
struct TakeLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string from, sscc;
  static constexpr auto fields() {
    using L = TakeLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::from>("from", "Location it leaves.").required().at_most(60), off_unit_field<&L::sscc>());
  }
};

struct Taking {
  Purpose purpose = Purpose::move;
  Id<Place> to;
  bool confirm_here = false;
};
/// Takes every line out of its place, as far as R40 allows it for the purpose. Gives the first place: its site's
/// calendar counts.
Id<Place> take_lines(Look& look, Draft& draft, const std::vector<TakeLine>& lines, const Taking& taking);

/// The lot named, which must be of an item that is tracked: what is not tracked has no status, dates or names.
FoundLot tracked_lot(Look& look, const std::string& item, const std::string& lot, const std::string& lot_field,
                     const std::string& item_field = "/item");
/// The same for several: each lot once, in the order named.
std::vector<const LotState*> tracked_lots(Look& look, const std::vector<LotRef>& lots);

}  // namespace lotbook
