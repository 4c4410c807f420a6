// SPDX-License-Identifier: Apache-2.0
#include "commands/relabel.h"

#include "commands/child_lots.h"
#include "commands/restocking.h"
#include "commands/take_lines.h"
#include "model/place_ends.h"

namespace lotbook {

Result<Draft> decide(const Relabel& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::relabel, view);
  const FoundLot lot = tracked_lot(look, command.item, command.lot, "/lot");
  const Id<Place> from = look.place(command.from, "/from");
  const Id<Place> to = command.to.empty() ? from : look.place(command.to, "/to");
  if (!lot || !from || !to) return look.refusals();
  if (view.masters().site_of(to) != view.masters().site_of(from))
    look.refuse(Code::not_the_same_site, "/to",
                "That is another site. Relabel where the goods are, then transfer the new lot.");
  judge_restocking(look, {lot, from, to, true}, "/to");
  look.allow(*lot.state, from, {.purpose = Purpose::relabel}, "/lot");
  const std::optional<Whole> whole = given_or_all(look, lot, from, command.quantity, command.unit, command.quantity2);
  const LotOpened* child =
      open_child(look, draft, lot.state->lot, {command.new_lot, to, command.confirm_new_lot, "/new_lot"});
  if (!whole || !child) return look.refusals();
  const Id<Lot> relabelled = child->lot;
  look.take(draft, {*lot.state, from, ends::conversion, whole->quantity, whole->quantity2, command.confirm_here,
                    command.quantity ? "/quantity" : "/from"});
  draft.line(relabelled, ends::conversion, to, whole->quantity, whole->quantity2);
  look.into(draft, to, command.to.empty() ? "/from" : "/to");
  if (command.quantity) Look::typed(draft, *command.quantity, command.unit, *lot.item.item);
  copy_holds(look, draft, *lot.state, from, {{relabelled, to, "/to"}});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, from);
  return draft;
}

}  // namespace lotbook
