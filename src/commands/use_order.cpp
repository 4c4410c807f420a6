// SPDX-License-Identifier: Apache-2.0
#include "commands/use_order.h"

namespace lotbook {

namespace {

struct Act {
  Purpose purpose;
  std::string_view notice, verb;
  LifeAsked asked;
};

void note_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const Act& act) {
  const View& view = look.view();
  const Masters& masters = look.masters();
  const Date today = look.day(taken.from);
  // What was there on an earlier day is not known from what is there now.
  if (today != masters.zone_of(taken.from).day_of(look.moment().now)) return;
  Want nobody;
  nobody.site = masters.site_of(taken.from);
  const std::optional<Proposed> first = first_to_go(
      view, taken.lot, nobody.site, {act.purpose, today, act.asked}, [&](const LotState& other, Id<Place> place) {
        return left_there(draft, other, place) - view.held_units(other, place) -
               bound_for_others(view, other.lot.id, nobody);
      });
  if (!first) return;
  const Lot& lot = taken.lot.lot;
  const bool is_fifo = masters.items.find(lot.item)->picking == Picking::fifo;
  draft.notice(std::string(act.notice),
               spoken(view, lot) + " " + std::string(act.verb) + " before lot " + first->lot->lot.code +
                   (is_fifo ? " of " : ", due ") + Date{view.pick_day(first->lot->lot)}.text() + ", which lies in " +
                   std::string(masters.places.code_of(first->place)) + ".",
               lot.id);
}

}  // namespace

Decimal left_there(const Draft& draft, const LotState& lot, Id<Place> place) {
  Decimal left = lot.on_hand(place);
  for (const Line& line : draft.entry.lines) {
    if (line.lot != lot.lot.id) continue;
    if (line.from == place) left -= line.quantity;
    if (line.to == place) left += line.quantity;
  }
  return left;
}

void note_use_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken) {
  note_out_of_order(look, draft, taken, {Purpose::consume, "used_out_of_order", "was used", {}});
}

void note_dispatch_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const LifeAsked& asked) {
  note_out_of_order(look, draft, taken, {Purpose::dispatch, "dispatched_out_of_order", "left", asked});
}

}  // namespace lotbook
