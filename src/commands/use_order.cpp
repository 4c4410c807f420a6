// SPDX-License-Identifier: Apache-2.0
#include "commands/use_order.h"

namespace lotbook {

namespace {

/// What stays of a lot in a place once the draft is posted.
Decimal left_there(const Draft& draft, const LotState& lot, Id<Place> place) {
  Decimal left = lot.on_hand(place);
  for (const Line& line : draft.entry.lines) {
    if (line.lot != lot.lot.id) continue;
    if (line.from == place) left -= line.quantity;
    if (line.to == place) left += line.quantity;
  }
  return left;
}

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
  const Lot& lot = taken.lot.lot;
  const Item& item = *masters.items.find(lot.item);
  const bool is_fifo = item.picking == Picking::fifo;
  const std::int32_t own_day = view.pick_day(lot);
  const std::int32_t tolerance = is_fifo || own_day == Date::none_day ? 0 : item.fefo_tolerance_days;
  const Id<Place> site = masters.site_of(taken.from);
  view.stock_to_use_before(
      lot.item, is_fifo ? INT32_MIN : today.day, own_day - tolerance, [&](const LotState& other, Id<Place> place) {
        const PlaceKind use = masters.use_of(place);
        if (other.lot.id == lot.id || masters.site_of(place) != site || use == PlaceKind::dock ||
            use == PlaceKind::staging || !place_allows(use, act.purpose) ||
            look.standing(other, place) != Standing::released || !act.asked.is_met(other.lot.expires_on, today) ||
            !left_there(draft, other, place).is_positive())
          return true;
        const Date first{view.pick_day(other.lot)};
        draft.notice(std::string(act.notice),
                     spoken(view, lot) + " " + std::string(act.verb) + " before lot " + other.lot.code +
                         (is_fifo ? " of " : ", due ") + first.text() + ", which lies in " +
                         std::string(masters.places.code_of(place)) + ".",
                     lot.id);
        return false;
      });
}

}  // namespace

void note_use_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken) {
  note_out_of_order(look, draft, taken, {Purpose::consume, "used_out_of_order", "was used", {}});
}

void note_dispatch_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const LifeAsked& asked) {
  note_out_of_order(look, draft, taken, {Purpose::dispatch, "dispatched_out_of_order", "left", asked});
}

}  // namespace lotbook
