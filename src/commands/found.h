// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"

namespace lotbook {

/// Goods turned up that the book has never seen. With a readable code they become a lot of origin "found" that waits in
/// quarantine (R61). Without one they become an unknown lot on hold, linked from every lot it may be (R63).
struct FoundGoods {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string place;
  bool unknown = false;
  std::vector<std::string> candidates;
  Date produced_on, expires_on, best_before_on, retest_on;
  bool confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = FoundGoods;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lot>("lot", "Own code to give; left out: from the series.").at_most(60),
        field<&C::quantity>("quantity", "How much was found. Left out for units that are named by serial number."),
        serials_field<&C::serials>(),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&C::place>("place", "Location where it is now.").required().at_most(60),
        field<&C::unknown>("unknown", "No code can be read: it may be any lot that was there (R63)."),
        field<&C::candidates>("candidates",
                              "Own codes of the lots it may be; left out: every lot of the item that was at the site "
                              "since the location was last counted completely.")
            .at_most(1000),
        field<&C::produced_on>("produced_on", "Day of production."),
        field<&C::expires_on>("expires_on", "Last day of use (R45)."),
        field<&C::best_before_on>("best_before_on", "Best-before day."),
        field<&C::retest_on>("retest_on", "Day after which quality tests again."),
        field<&C::confirm_new_lot>("confirm_new_lot", "It is another lot than the one whose code it resembles (R10)."),
        field<&C::occurred_at>("occurred_at", "When it was found; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "How it was found, in words.").at_most(500));
  }
};
Result<Draft> decide(const FoundGoods& command, const Moment& moment, const View& view);

}  // namespace lotbook
