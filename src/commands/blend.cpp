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
  Lot blend;
  std::set<Id<Lot>> lots;
  Whole sum;
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
    if (!look.allow(*lot.state, from, {.purpose = Purpose::consume, .item_allows_at_risk = item.use_at_risk},
                    at("lines", i, "lot")))
      continue;
    if (lot.state->lot.quality != Quality::released || look.standing(*lot.state, from) == Standing::quarantine)
      blend.quality = Quality::quarantine;
    take_earliest(blend, lot.state->lot);
    blend.item = lot.item.id;
    lots.insert(lot.id());
    look.take(draft, {*lot.state, from, ends::conversion, *quantity, *quantity2, command.confirm_here,
                      at("lines", i, "quantity")});
    Look::typed(draft, line.quantity, line.unit, item);
    sum.quantity += *quantity, sum.quantity2 += *quantity2;
  }
  if (lots.size() < 2 && !look.refused())
    look.refuse(Code::missing, "/lines", "A blend is of two lots or more. To give one lot a new code, relabel it.");
  if (look.refused()) return look.refusals();
  const LotOpened* child = open_child(look, draft, blend, {command.new_lot, to, command.confirm_new_lot, "/new_lot"});
  if (!child) return look.refusals();
  draft.line(child->lot, ends::conversion, to, sum.quantity, sum.quantity2);
  // Lots on hold are not blended (R40), so no hold is there to follow; one on another place does not cover these goods.
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, to);
  return draft;
}

}  // namespace lotbook
