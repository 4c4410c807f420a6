// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/run_lines.h"

namespace lotbook {

/// Goods are taken apart (R73): what has a known code comes back as itself, all else as new lots linked to the whole.
struct Disassemble {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string from, sscc;
  std::vector<OutputLine> parts;
  bool confirm_here = false, confirm_new_lot = false;
  ProcessNotes process;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Disassemble;
    return field_list(
        field<&C::item>("item", "Item that is taken apart.").required().at_most(60),
        field<&C::lot>("lot", "Own code of its lot; left out for untracked items.").at_most(60),
        field<&C::quantity>("quantity", "How much is taken apart. Left out for units that are named by serial number."),
        serials_field<&C::serials>(),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&C::from>("from", "Location it is taken from.").required().at_most(60), off_unit_field<&C::sscc>(),
        field<&C::parts>("parts", "What came out; a known lot comes back as itself.").required().at_most(1000),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::process>("process", "Shift, machine, people and process values (R72)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Disassemble& command, const Moment& moment, const View& view);

}  // namespace lotbook
