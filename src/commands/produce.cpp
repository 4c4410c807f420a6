// SPDX-License-Identifier: Apache-2.0
#include "commands/produce.h"

#include "commands/release_order.h"

namespace lotbook {

Result<Draft> decide(const Produce& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::produce, view);
  const OpenOrder order = open_new_order(look, draft, command.document, run_kind_of(command.kind), RunState::open);
  if (!order) return look.refusals();
  plan_by_recipe(look, draft, order.run, command.recipe, command.output_quantity);
  const Id<Place> place = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  if (command.inputs.empty()) look.refuse(Code::missing, "/inputs", "Say what goes in.");
  if (command.outputs.empty()) look.refuse(Code::missing, "/outputs", "Say what came out.");
  RunLines lines(look, draft,
                 {.run = order.run,
                  .kind = order.kind,
                  .place = place,
                  .occurred_at = command.occurred_at,
                  .confirm_here = command.confirm_here,
                  .confirm_new_lot = command.confirm_new_lot,
                  .override_best_before = command.override_best_before,
                  .override_fefo = command.override_fefo,
                  .reason = command.reason});
  lines.use(command.inputs, "inputs");
  lines.make(command.outputs, "outputs");
  lines.finish();
  note_process(look, draft, command.process, order.run);
  if (look.refused()) return look.refusals();
  const Accounting accounting{order.run, command.losses, command.not_used, command.reason};
  if (command.close) {
    close_accounts(look, draft, lines.before(), accounting);
    draft.fact(RunChanged{order.run.value, RunState::open, RunState::closed});
  } else {
    note_losses(look, draft, lines.before(), accounting);
  }
  if (look.refused()) return look.refusals();
  set_order_place(draft, lines.order_place());
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, lines.where());
  return draft;
}

}  // namespace lotbook
