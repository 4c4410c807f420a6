// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/order.h"
#include "commands/run_lines.h"

namespace lotbook {

/// Lots come out of a production order (R47, R48, R62, R65, R70, R71).
struct Yield {
  std::string document;
  std::vector<OutputLine> lines;
  std::vector<LossLine> losses;
  bool open_order = false;
  OrderKind kind = OrderKind::production;
  std::string place;
  bool confirm_new_lot = false;
  ProcessNotes process;
  std::optional<WrittenTime> occurred_at;
  std::string reference, reason;
  static constexpr auto fields() {
    using C = Yield;
    return field_list(
        field<&C::document>("document", "Number of the order.").required().at_most(60),
        field<&C::lines>("lines", "What came out.").required().at_most(1000),
        field<&C::losses>("losses", "What was lost on the way (R70).").at_most(100),
        field<&C::open_order>("open_order", "Open the order when the book does not know it."),
        field<&C::kind>("kind", "What an order opened here does."),
        field<&C::place>("place", "Where an order opened here runs; left out: where its first goods are put.")
            .at_most(60),
        field<&C::confirm_new_lot>("confirm_new_lot", "A code that resembles another one is meant (R10)."),
        field<&C::process>("process", "Shift, machine, people and process values (R72)."),
        field<&C::occurred_at>("occurred_at", "When it came out; left out: now."),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Yield& command, const Moment& moment, const View& view);

}  // namespace lotbook
