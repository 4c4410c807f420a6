// SPDX-License-Identifier: Apache-2.0
#include "commands/move.h"

#include "commands/restocking.h"

namespace lotbook {

Result<Draft> decide(const Move& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::move, view);
  Id<Place> where;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const MoveLine& line = command.lines[i];
    const FoundLot lot = lot_asked(look, line, "/lines/" + std::to_string(i));
    const Id<Place> from = look.place(line.from, at("lines", i, "from")),
                    to = look.place(line.to, at("lines", i, "to"));
    if (!lot || !from || !to) continue;
    const std::optional<Decimal> quantity =
        quantity_asked(look, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    const std::optional<Decimal> quantity2 =
        look.quantity2(line.quantity2, *lot.item.item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) continue;
    if (from == to) {
      look.refuse(Code::same_place, at("lines", i, "to"), "The goods are there already. Name another location.");
      continue;
    }
    if (view.masters().site_of(from) != view.masters().site_of(to)) {
      look.refuse(
          Code::not_the_same_site, at("lines", i, "to"),
          "That is another site: record a transfer out there and in here, so that goods on the road stay in the book.");
      continue;
    }
    if (!judge_restocking(look, {lot, from, to}, at("lines", i, "to"))) continue;
    if (!look.allow(*lot.state, from, {.purpose = Purpose::move}, at("lines", i, "lot"))) continue;
    const std::size_t first = draft.entry.lines.size();
    look.take(draft, {*lot.state, from, to, *quantity, *quantity2, command.confirm_here, at("lines", i, "quantity")});
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    take_off(look, draft, {line.sscc, from, first, "/lines/" + std::to_string(i)});
    where = from;
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
