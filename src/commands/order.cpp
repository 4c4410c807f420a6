// SPDX-License-Identifier: Apache-2.0
#include "commands/order.h"

namespace lotbook {

RunKind run_kind_of(OrderKind kind) { return kind == OrderKind::rework ? RunKind::rework : RunKind::production; }

std::string order_series_number(const View& view, Id<Run> run) {
  std::string digits = std::to_string(run.value);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  std::string number = "P" + digits;
  // Numbers never repeat, so only one that someone typed can be in the way.
  while (view.run_numbered(number)) number += "-2";
  return number;
}

const Run* known_order(Look& look, const std::string& document) {
  const Run* run = look.view().run_numbered(document);
  if (!run)
    look.refuse(Code::unknown_order, "/document",
                "There is no order " + document + ". Check the number, or release the order first.");
  return run;
}

OpenOrder open_new_order(Look& look, Draft& draft, const std::string& document, RunKind kind, RunState state) {
  if (!document.empty() && look.view().run_numbered(document)) {
    look.refuse(Code::order_exists, "/document",
                "Order " + document + " is in the book already. Post to it, or give another number.");
    return {};
  }
  const Id<Run> run{draft.new_id()};
  const std::string number = document.empty() ? order_series_number(look.view(), run) : document;
  draft.fact(RunOpened{run.value, number, kind, state, 0, {}});
  draft.entry.run = run, draft.entry.document = number;
  return {run, kind, true};
}

void set_order_place(Draft& draft, Id<Place> place) {
  for (Fact& fact : draft.entry.facts)
    if (auto* opened = std::get_if<RunOpened>(&fact)) opened->place = place.value;
}

OpenOrder order_to_post_to(Look& look, Draft& draft, const OrderAsked& asked) {
  const Run* run = look.view().run_numbered(asked.document);
  if (!run) {
    if (asked.open_order) return open_new_order(look, draft, asked.document, run_kind_of(asked.kind), RunState::open);
    look.refuse(Code::unknown_order, "/document",
                "There is no order " + asked.document +
                    ". Check the number, release the order first, or open it here with open_order.");
    return {};
  }
  if (run->state == RunState::closed || run->state == RunState::cancelled) {
    look.refuse(
        Code::order_not_open, "/document",
        "Order " + run->number + " is " + std::string(name_of(run->state)) +
            (run->state == RunState::closed ? ". Reopen it first, or name another order." : ". Name another order."));
    return {};
  }
  if (run->state != RunState::open) draft.fact(RunChanged{run->id.value, run->state, RunState::open});
  draft.entry.run = run->id, draft.entry.document = run->number;
  return {run->id, run->kind, false};
}

}  // namespace lotbook
