// SPDX-License-Identifier: Apache-2.0
#include "commands/dispose.h"

#include "model/place_ends.h"

namespace lotbook {

Result<Draft> decide(const Dispose& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::dispose, view);
  Id<Place> where = take_lines(look, draft, command.lines, {Purpose::dispose, ends::disposed, command.confirm_here});
  where = take_whole(look, draft, whole_units(look, command.handling_units, unit_here),
                     {Purpose::dispose, ends::disposed}, where);
  if (!where && !look.refused())
    look.refuse(Code::missing, "/lines", "Say what is destroyed: lines, or handling units.");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
