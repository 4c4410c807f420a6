// SPDX-License-Identifier: Apache-2.0
#include "commands/dispose.h"

#include "model/place_ends.h"

namespace lotbook {

Result<Draft> decide(const Dispose& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::dispose, view);
  const Id<Place> where =
      take_lines(look, draft, command.lines, {Purpose::dispose, ends::disposed, command.confirm_here});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
