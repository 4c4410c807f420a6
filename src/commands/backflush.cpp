// SPDX-License-Identifier: Apache-2.0
#include "commands/backflush.h"

#include <algorithm>

#include "commands/run_lines.h"
#include "ledger/handling_units.h"
#include "ledger/timeline.h"

namespace lotbook {

namespace {

/// When the run began: its first happening that stands; now for one without any.
Instant began(const View& view, Id<Run> run, Instant now) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(run.value)) entries.push_back(view.entry(seq));
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX))
    if (entry->run == run && !entry->lines.empty()) now = std::min(now, entry->settled_at);
  return now;
}

/// The most of the lot that lay in the place since: what was there, and what came.
Decimal lay_there(const View& view, Id<Lot> lot, Id<Place> place, Instant since) {
  Decimal there, came;
  for (const Happening& happening : timeline(view, lot)) {
    const Line& line = happening.line;
    if (happening.settled_at < since) {
      if (line.to == place) there += line.quantity;
      if (line.from == place) there -= line.quantity;
    } else if (line.to == place && line.from != place) {
      came += line.quantity;
    }
  }
  return there + came;
}

/// Whether anything can have lain there since: empty now, and nothing recorded of it since, means no. Clocks may differ
/// by five minutes (R29).
bool may_have_lain(const View& view, const LotState& lot, Id<Place> place, Instant since) {
  if (!lot.on_hand(place).is_zero()) return true;
  const std::vector<std::uint64_t> history = view.history(lot.lot.id.value);
  const Entry* last = history.empty() ? nullptr : view.entry(history.back());
  return last && last->recorded_at.microseconds >= since.microseconds - 5 * microseconds_per_minute;
}

}  // namespace

Result<Draft> decide(const Backflush& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::consume, view);
  const OpenOrder order = order_to_post_to(look, draft, {command.document});
  const FoundItem item = look.item(command.item, "/item");
  const Id<Place> from = look.place(command.from, "/from");
  if (!order || !item || !from) return look.refusals();
  if (!item.item->backflush || item.item->tracking == Tracking::none || !item.item->unit2.empty()) {
    look.refuse(Code::backflush_not_allowed, "/item",
                command.item +
                    " is not consumed without naming lots. Consume it by lot, or allow backflush for the "
                    "item (catch-weight and untracked items cannot be).");
    return look.refusals();
  }
  if (item.item->enforce_use_order) {
    look.refuse(Code::backflush_not_allowed, "/item",
                "The order in which lots of " + command.item +
                    " are used is enforced, so each has to be named. Consume it by lot.");
    return look.refusals();
  }
  const std::optional<Decimal> quantity = look.quantity(command.quantity, command.unit, *item.item, "", "/quantity");
  if (!quantity) return look.refusals();

  Instant now = moment.now;
  if (command.occurred_at) now = command.occurred_at->at(view.masters().zone_of(from)).earliest();
  const Instant since = began(view, order.run, now);
  std::vector<const LotState*> there;
  std::vector<Assumed> assumed;
  for (const Id<Lot> id : view.lots_of(item.id)) {
    const LotState* lot = view.lot(id);
    if (!may_have_lain(view, *lot, from, since)) continue;
    const Decimal most = lay_there(view, id, from, since);
    if (!most.is_positive()) continue;
    assumed.push_back({order.run.value, id.value, 0, most});
    if (lot->on_hand(from).is_positive()) there.push_back(lot);
  }
  std::sort(there.begin(), there.end(), [](const LotState* a, const LotState* b) {
    return std::pair(a->lot.came_on(), a->lot.id) < std::pair(b->lot.came_on(), b->lot.id);
  });
  RunLines lines(look, draft,
                 {.run = order.run,
                  .kind = order.kind,
                  .place = view.run(order.run)->place,
                  .occurred_at = command.occurred_at,
                  .reason = command.reason});
  lines.go_on_from(content_of(view, order.run));
  Decimal left = *quantity;
  std::vector<InputLine> taken;
  for (const LotState* lot : there) {
    if (!left.is_positive()) break;
    // What may not be used is left lying: whoever filled the bin took from what may (R40).
    const Asking asking{.purpose = Purpose::consume,
                        .has_quality_right = moment.actor.may(Right::quality),
                        .item_allows_at_risk = item.item->use_at_risk,
                        .is_order_of_holder = view.masters().have_one_holder(view.run(order.run)->place, from)};
    if (!place_allows(view.masters().use_of(from), asking) || refused_by_status(look.condition(*lot, from), asking))
      continue;
    // What is on a pallet was not poured into the bin.
    const Decimal part = std::min(left, lot->on_hand(from) - packed_in(view, lot->lot.id, from));
    if (!part.is_positive()) continue;
    left -= part;
    InputLine& line = taken.emplace_back();
    line.item = command.item, line.lot = lot->lot.code, line.quantity = part, line.from = command.from;
  }
  if (left.is_positive()) {
    look.refuse(Code::not_enough, "/quantity",
                "Usable lots of " + command.item + " in " + command.from + " are " + left.text(item.item->decimals) +
                    " " + item.item->unit +
                    " short, beside what is on pallets. Move or unpack the goods there first, or count the place.");
    return look.refusals();
  }
  lines.use(taken, "taken");
  for (const Assumed& may : assumed) draft.fact(may);
  lines.finish();
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, draft.entry.document, command.reference, command.reason}, from);
  return draft;
}

}  // namespace lotbook
