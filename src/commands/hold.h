// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"
#include "commands/take_lines.h"

// A hold blocks lots by decision (R37): a thing of its own, with reason, author and reach. Several may lie on one lot;
// each is lifted alone.

namespace lotbook {

/// Units that a hold is on, or is lifted from.
struct UnitsRef {
  std::string item, lot;
  std::vector<std::string> serials;
  static constexpr auto fields() {
    using U = UnitsRef;
    return field_list(field<&U::item>("item", "Item.").required().at_most(60),
                      field<&U::lot>("lot", "Own code of their lot; left out: that of the first unit.").at_most(60),
                      field<&U::serials>("serials", "Serial numbers of the units.")
                          .required()
                          .at_most(static_cast<std::int64_t>(most_serials)));
  }
};

/// Covers whole lots, or single units, or what of them lies in one place and below it, or pallets with what is on them.
/// A hold on "some of it" is not a quantity: the part is moved to a place of its own, packed on a pallet of its own, or
/// split off, first (R38).
struct PlaceHold {
  std::vector<LotRef> lots;
  std::vector<UnitsRef> units;
  std::vector<std::string> handling_units;
  std::string place, number, recall;
  Flow flow = Flow::lot;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = PlaceHold;
    return field_list(
        field<&C::lots>("lots", "Lots to block.").at_most(10'000),
        field<&C::place>("place", "Only what lies in this location or below it; left out: wherever it lies (R38).")
            .at_most(60),
        field<&C::number>("number", "What people call the hold; left out: from the series.").at_most(60),
        field<&C::recall>("recall", "Recall case behind it.").at_most(60),
        field<&C::flow>("flow",
                        "How far it reaches: the lots, what was made of them, or also what still will be (R42)."),
        field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(2000),
        field<&C::units>("units", "Units to block; others of their lots stay free (R38).").at_most(1000),
        field<&C::handling_units>("handling_units",
                                  "SSCCs of pallets or cases to block, with all that is on them; the rest of those "
                                  "lots stays free (R38).")
            .at_most(1000));
  }
};
Result<Draft> decide(const PlaceHold& command, const Moment& moment, const View& view);

/// Sets lots free of one hold, all or some; other holds on them stay (R37).
struct LiftHold {
  std::string number;
  std::vector<LotRef> lots;
  std::vector<UnitsRef> units;
  std::vector<std::string> handling_units;
  Flow flow = Flow::lot;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = LiftHold;
    return field_list(
        field<&C::number>("number", "Number of the hold.").required().at_most(60),
        field<&C::lots>(
            "lots", "Lots to set free; without any, and without units and handling units: all, and the hold is over.")
            .at_most(10'000),
        field<&C::flow>("flow", "With named lots: these alone, or also what was made of them (R42)."),
        field<&C::occurred_at>("occurred_at", "When it was decided; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500),
        field<&C::units>("units", "Units to set free.").at_most(1000),
        field<&C::handling_units>("handling_units", "SSCCs of pallets or cases to set free.").at_most(1000));
  }
};
Result<Draft> decide(const LiftHold& command, const Moment& moment, const View& view);

/// The number of a hold that nobody named: "H000123".
std::string hold_series_number(const View& view, std::uint32_t hold);

}  // namespace lotbook
