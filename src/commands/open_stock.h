// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"

namespace lotbook {

struct OpenStockLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to, issuer, supplier_lot;
  Date received_on, produced_on, expires_on, best_before_on, retest_on;
  Quality quality = Quality::released;
  bool confirm_new_lot = false;
  static constexpr auto fields() {
    using L = OpenStockLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out: from the series.").at_most(60),
        field<&L::quantity>("quantity", "How much. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::to>("to", "Location where it lies.").required().at_most(60),
        field<&L::issuer>("issuer",
                          "Partner who gave the lot code on the label; left out: the maker, else the supplier.")
            .at_most(60),
        field<&L::supplier_lot>("supplier_lot", "Lot code on the label.").at_most(60),
        field<&L::received_on>("received_on", "Day it came, if known."),
        field<&L::produced_on>("produced_on", "Day it was made, if known."),
        field<&L::expires_on>("expires_on", "Last day of use (R45)."),
        field<&L::best_before_on>("best_before_on", "Best-before day."),
        field<&L::retest_on>("retest_on", "Day after which it waits for quality."),
        field<&L::quality>("quality", "Quality status it has at the start."),
        field<&L::confirm_new_lot>("confirm_new_lot", "It is another lot than the one whose code it resembles (R10)."));
  }
};

/// Stock that was there before this book (R58): traces backwards end here, saying so.
struct OpenStock {
  std::vector<OpenStockLine> lines;
  std::string supplier;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = OpenStock;
    return field_list(field<&C::lines>("lines", "What lies there.").required().at_most(1000),
                      field<&C::supplier>("supplier", "Partner it came from, if known.").at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it was so; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const OpenStock& command, const Moment& moment, const View& view);

}  // namespace lotbook
