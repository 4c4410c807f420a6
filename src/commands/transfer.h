// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/take_lines.h"

// Goods go from one site to another by two entries under one document, out to "in transit" and in at the other end
// (R21). What was sent and did not arrive stays in transit until it arrives, is counted off or comes back.
//
// A place at a partner (kind `external`, R22) lies in the tree of the site that lends the goods, so bringing goods
// there and back is a plain `move`; no transfer is needed for it.

namespace lotbook {

struct TransferOut {
  std::vector<TakeLine> lines;
  std::vector<std::string> handling_units;
  std::string to_site;
  bool confirm_here = false;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = TransferOut;
    return field_list(
        field<&C::lines>("lines", "What leaves; may be left out where handling units do.").at_most(1000),
        handling_units_field<&C::handling_units>(),
        field<&C::to_site>("to_site", "Site it is sent to.").required().at_most(60),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::occurred_at>("occurred_at", "When it left; left out: now."),
        field<&C::document>("document", "Number of the transfer; arriving names it again.").required().at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const TransferOut& command, const Moment& moment, const View& view);

struct ArrivalLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to;
  static constexpr auto fields() {
    using L = ArrivalLine;
    return field_list(field<&L::item>("item", "Item.").required().at_most(60),
                      field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
                      field<&L::quantity>("quantity", "How much. Left out for units that are named by serial number."),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
                      serials_field<&L::serials>(),
                      field<&L::to>("to", "Location it comes to.").required().at_most(60));
  }
};
/// Whatever a lot's status is, goods that arrive can be booked in; the status stays with them. A pallet arrives whole;
/// one that came in parts is unpacked on the road first, and its goods arrive as lines.
struct TransferIn {
  std::vector<ArrivalLine> lines;
  std::vector<std::string> handling_units;
  std::string to;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = TransferIn;
    return field_list(field<&C::lines>("lines", "What arrives; may be left out where handling units do.").at_most(1000),
                      handling_units_field<&C::handling_units>(),
                      field<&C::to>("to", "Location the handling units come to.").at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it arrived; left out: now."),
                      field<&C::document>("document", "Number of the transfer it left under.").required().at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const TransferIn& command, const Moment& moment, const View& view);

}  // namespace lotbook
