// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"

namespace lotbook {

/// A batch number that is taken before anything is made (R13).
struct BatchAhead {
  std::string item, code;
  static constexpr auto fields() {
    return field_list(field<&BatchAhead::item>("item", "Item that will be made.").required().at_most(60),
                      field<&BatchAhead::code>("code", "Own code; left out: one from the series.").at_most(60));
  }
};

/// A production order is released: its plan, and the batch numbers to print labels with (R13, R64).
struct ReleaseOrder {
  std::string document;
  OrderKind kind = OrderKind::production;
  std::string place, recipe;
  std::optional<Decimal> output_quantity;
  std::vector<RecipeLine> planned;
  std::vector<BatchAhead> batches;
  bool confirm_new_lot = false;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = ReleaseOrder;
    return field_list(
        field<&C::document>("document", "Number of the order; left out: one from the series.").at_most(60),
        field<&C::kind>("kind", "What the order does."),
        field<&C::place>("place", "Location where it runs.").required().at_most(60),
        field<&C::recipe>("recipe", "Recipe it follows.").at_most(60),
        field<&C::output_quantity>("output_quantity",
                                   "Planned quantity of the recipe's first output, in the recipe's unit; left out: as "
                                   "much as the recipe says."),
        field<&C::planned>("planned", "What is planned beside the recipe, or without one.").at_most(500),
        field<&C::batches>("batches", "Batch numbers to take ahead.").at_most(100),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::occurred_at>("occurred_at", "When it was released; left out: now."),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const ReleaseOrder& command, const Moment& moment, const View& view);

/// Writes down what a recipe plans, for as much of its first output as asked.
void plan_by_recipe(Look& look, Draft& draft, Id<Run> run, const std::string& recipe,
                    const std::optional<Decimal>& output_quantity);

}  // namespace lotbook
