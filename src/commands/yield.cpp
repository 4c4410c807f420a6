// SPDX-License-Identifier: Apache-2.0
#include "commands/yield.h"

namespace lotbook {

Result<Draft> decide(const Yield& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::yield, view);
  const OpenOrder order = order_to_post_to(look, draft, {command.document, command.open_order, command.kind});
  if (!order) return look.refusals();
  const Id<Place> place = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  RunLines lines(look, draft,
                 {.run = order.run,
                  .kind = order.kind,
                  .place = order.is_new ? place : view.run(order.run)->place,
                  .occurred_at = command.occurred_at,
                  .confirm_new_lot = command.confirm_new_lot,
                  .reason = command.reason});
  if (!order.is_new) lines.go_on_from(content_of(view, order.run));
  if (command.lines.empty()) look.refuse(Code::missing, "/lines", "Say what came out.");
  lines.make(command.lines, "lines");
  note_process(look, draft, command.process, order.run);
  if (look.refused()) return look.refusals();
  note_losses(look, draft, lines.before(), {order.run, command.losses, {}, command.reason});
  lines.finish();
  if (look.refused()) return look.refusals();
  if (order.is_new) set_order_place(draft, lines.order_place());
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, lines.where());
  return draft;
}

}  // namespace lotbook
