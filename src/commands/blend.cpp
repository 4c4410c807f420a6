// SPDX-License-Identifier: Apache-2.0
#include "commands/blend.h"

#include <set>

#include "commands/child_lots.h"
#include "commands/take_lines.h"
#include "model/place_ends.h"

namespace lotbook {

Result<Draft> decide(const Blend& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::blend, view);
  const Id<Place> to = look.place(command.to, "/to");
  Mixture mixture(look, draft);
  std::set<Id<Lot>> lots;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const BlendLine& line = command.lines[i];
    const FoundLot lot = tracked_lot(look, command.item, line.lot, at("lines", i, "lot"));
    const Id<Place> from = look.place(line.from, at("lines", i, "from"));
    if (!lot || !from) continue;
    const Item& item = *lot.item.item;
    const std::optional<Decimal> quantity =
        look.quantity(line.quantity, line.unit, item, line.lot, at("lines", i, "quantity"));
    const std::optional<Decimal> quantity2 = look.quantity2(line.quantity2, item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) continue;
    if (to && view.masters().site_of(to) != view.masters().site_of(from))
      look.refuse(Code::not_the_same_site, at("lines", i, "from"),
                  "That is another site. Transfer the goods first, then blend them.");
    const std::size_t first = draft.entry.lines.size();
    if (!mixture.take({*lot.state,
                       from,
                       {*quantity, *quantity2},
                       command.confirm_here,
                       at("lines", i, "lot"),
                       at("lines", i, "quantity")}))
      continue;
    lots.insert(lot.id());
    take_off(look, draft, {line.sscc, from, first, "/lines/" + std::to_string(i)});
    Look::typed(draft, line.quantity, line.unit, item);
  }
  if (lots.size() < 2 && !look.refused())
    look.refuse(Code::missing, "/lines", "A blend is of two lots or more. To give one lot a new code, relabel it.");
  if (look.refused()) return look.refusals();
  if (!mixture.pour(to, {command.new_lot, to, command.confirm_new_lot, "/new_lot"})) return look.refusals();
  look.into(draft, to, "/to");
  // Lots on hold are not blended (R40), so no hold is there to follow; one on another place does not cover these goods.
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, to);
  return draft;
}

}  // namespace lotbook
