// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"
#include "commands/run_lines.h"

namespace lotbook {

/// Lots go into a production order (R40, R53, R64-R66).
struct Consume {
  std::string document;
  std::vector<InputLine> lines;
  bool open_order = false;
  OrderKind kind = OrderKind::production;
  std::string place;
  bool confirm_here = false, override_best_before = false, override_fefo = false;
  ProcessNotes process;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = Consume;
    return field_list(
        field<&C::document>("document", "Number of the order.").required().at_most(60),
        field<&C::lines>("lines", "What goes in.").required().at_most(1000),
        field<&C::open_order>("open_order", "Open the order when the book does not know it."),
        field<&C::kind>("kind", "What an order opened here does."),
        field<&C::place>("place", "Where an order opened here runs; left out: where its first goods come from.")
            .at_most(60),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::override_best_before>(
            "override_best_before",
            "Past its best-before day, where the item allows; needs the right to and a reason (R44)."),
        field<&C::override_fefo>("override_fefo",
                                 "Another lot goes first where the item enforces it, and this one is taken; needs the "
                                 "right to and a reason (R44, R53)."),
        field<&C::process>("process", "Shift, machine, people and process values (R72)."),
        field<&C::occurred_at>("occurred_at", "When it was used; left out: now."),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Consume& command, const Moment& moment, const View& view);

struct GiveBackLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to, into;
  static constexpr auto fields() {
    using L = GiveBackLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much was not used. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::to>("to", "Location it is put back.").required().at_most(60),
        field<&L::into>("into", "Output it was assigned to, where it went into several.").at_most(60));
  }
};
/// Material comes back from an order as the lot it was (R68).
struct GiveBack {
  std::string document;
  std::vector<GiveBackLine> lines;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = GiveBack;
    return field_list(field<&C::document>("document", "Number of the order.").required().at_most(60),
                      field<&C::lines>("lines", "What comes back.").required().at_most(1000),
                      field<&C::occurred_at>("occurred_at", "When it came back; left out: now."),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const GiveBack& command, const Moment& moment, const View& view);

}  // namespace lotbook
