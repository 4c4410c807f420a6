// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/attributes.h"
#include "commands/serials.h"

namespace lotbook {

struct ReceiptLine {
  std::string item;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to;
  std::string lot, supplier_lot, issuer;
  Date produced_on, expires_on, best_before_on, retest_on;
  std::string hold_reason, refused_because, sscc;
  std::vector<GivenAttribute> attributes;
  static constexpr auto fields() {
    using L = ReceiptLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::quantity>("quantity", "How much came. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::to>("to", "Location it is put; empty: that of the delivery.").at_most(60),
        field<&L::lot>("lot", "Own code to give; empty: from the series, or the issuer's (R4).").at_most(60),
        field<&L::supplier_lot>("supplier_lot", "Code on the label.").at_most(60),
        field<&L::issuer>("issuer", "Who gave that code; empty: the item's maker, else the supplier (R3).").at_most(60),
        field<&L::produced_on>("produced_on", "Day of production."),
        field<&L::expires_on>("expires_on", "Last day of use; a month is its last day (R45)."),
        field<&L::best_before_on>("best_before_on", "Best-before day."),
        field<&L::retest_on>("retest_on", "Day after which quality tests again."),
        field<&L::hold_reason>("hold_reason", "Received, but put on hold for this reason (R55).").at_most(500),
        field<&L::refused_because>("refused_because", "Refused at the dock for this reason: never stock (R55).")
            .at_most(500),
        field<&L::attributes>("attributes", "What the book asks for at receipt.").at_most(100),
        field<&L::sscc>("sscc", "SSCC of the pallet or case that it is on (R24).").at_most(18));
  }
};

/// A delivery is booked in: every lot gets its own code (R1-R11, R54-R56).
struct Receive {
  std::string supplier;
  std::string document, reference;
  std::string to;
  std::vector<ReceiptLine> lines;
  bool confirm_new_lot = false, confirm_delivery = false;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = Receive;
    return field_list(field<&C::supplier>("supplier", "Partner who delivered.").required().at_most(60),
                      field<&C::document>("document", "Number of the delivery note.").required().at_most(60),
                      field<&C::reference>("reference", "Number of the purchase order.").at_most(60),
                      field<&C::to>("to", "Location of all lines that name none.").at_most(60),
                      field<&C::lines>("lines", "What came.").required().at_most(1000),
                      field<&C::confirm_new_lot>(
                          "confirm_new_lot",
                          "A code that resembles another, or a known lot with another expiry, is a new lot (R7, R10)."),
                      field<&C::confirm_delivery>("confirm_delivery",
                                                  "The same delivery number and lot again is another delivery (R56)."),
                      field<&C::occurred_at>("occurred_at", "When it came; left out: now."),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Receive& command, const Moment& moment, const View& view);

}  // namespace lotbook
