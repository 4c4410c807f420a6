// SPDX-License-Identifier: Apache-2.0
#include "commands/disassemble.h"

namespace lotbook {

Result<Draft> decide(const Disassemble& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::disassemble, view);
  RunLines lines(look, draft,
                 {.run = {},
                  .kind = RunKind::disassembly,
                  .occurred_at = command.occurred_at,
                  .confirm_here = command.confirm_here,
                  .confirm_new_lot = command.confirm_new_lot,
                  .reason = command.reason});
  if (command.parts.empty()) look.refuse(Code::missing, "/parts", "Say what came out.");
  InputLine whole;
  whole.item = command.item, whole.lot = command.lot, whole.quantity = command.quantity, whole.unit = command.unit;
  whole.quantity2 = command.quantity2, whole.from = command.from, whole.sscc = command.sscc,
  whole.serials = command.serials;
  lines.use_one(whole);
  lines.make(command.parts, "parts");
  lines.finish();
  note_process(look, draft, command.process, {});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, lines.where());
  return draft;
}

}  // namespace lotbook
