// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"
#include "commands/run_lines.h"

namespace lotbook {

/// Consumes and yields in one step: one entry opens the order, posts both sides and closes it. The inputs go into all
/// outputs, but for those that name one (R65, R66).
struct Produce {
  std::string document;
  OrderKind kind = OrderKind::production;
  std::string place, recipe;
  std::optional<Decimal> output_quantity;
  std::vector<InputLine> inputs;
  std::vector<OutputLine> outputs;
  std::vector<LossLine> losses;
  std::vector<std::string> not_used;
  bool close = true;
  bool confirm_here = false, confirm_new_lot = false, override_best_before = false, override_fefo = false;
  ProcessNotes process;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = Produce;
    return field_list(
        field<&C::document>("document", "Number of the order, which must be new; left out: one from the series.")
            .at_most(60),
        field<&C::kind>("kind", "What the order does."),
        field<&C::place>("place", "Where it runs; left out: where the goods are put.").at_most(60),
        field<&C::recipe>("recipe", "Recipe it follows; its tracked inputs must be there.").at_most(60),
        field<&C::output_quantity>("output_quantity", "Planned quantity of the recipe's first output."),
        field<&C::inputs>("inputs", "What goes in.").required().at_most(1000),
        field<&C::outputs>("outputs", "What came out.").required().at_most(1000),
        field<&C::losses>("losses", "Losses with their own reasons; the rest is calculated.").at_most(100),
        field<&C::not_used>("not_used", "Planned items that were not needed.").at_most(500),
        field<&C::close>("close", "Whether the order is finished with this."),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::override_best_before>(
            "override_best_before",
            "Past its best-before day, where the item allows; needs the right to and a reason (R44)."),
        field<&C::override_fefo>("override_fefo",
                                 "Another lot goes first where the item enforces it, and this one is taken; needs the "
                                 "right to and a reason (R44, R53)."),
        field<&C::process>("process", "Shift, machine, people and process values (R72)."),
        field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words; also why so much was lost or gained.").at_most(500));
  }
};
Result<Draft> decide(const Produce& command, const Moment& moment, const View& view);

}  // namespace lotbook
