// SPDX-License-Identifier: Apache-2.0
#include "commands/use_order.h"

namespace lotbook {

void note_use_out_of_order(Look& look, Draft& draft, const LotState& taken, const Item& item, Id<Place> from) {
  const View& view = look.view();
  const Masters& masters = look.masters();
  const Date today = look.day(from);
  // What was there on an earlier day is not known from what is there now.
  if (today != masters.zone_of(from).day_of(look.moment().now)) return;
  const bool is_fifo = item.picking == Picking::fifo;
  const std::int32_t own_day = view.pick_day(taken.lot);
  const std::int32_t tolerance = is_fifo || own_day == Date::none_day ? 0 : item.fefo_tolerance_days;
  const Id<Place> site = masters.site_of(from);
  view.stock_to_use_before(taken.lot.item, is_fifo ? INT32_MIN : today.day, own_day - tolerance,
                           [&](const LotState& other, Id<Place> place) {
                             const PlaceKind use = masters.use_of(place);
                             if (other.lot.id == taken.lot.id || masters.site_of(place) != site ||
                                 use == PlaceKind::dock || use == PlaceKind::staging ||
                                 !place_allows(use, Purpose::consume) ||
                                 look.standing(other, place) != Standing::released)
                               return true;
                             const Date first{view.pick_day(other.lot)};
                             draft.notice("used_out_of_order",
                                          spoken(view, taken.lot) + " was used before lot " + other.lot.code +
                                              (is_fifo ? " of " : ", due ") + first.text() + ", which lies in " +
                                              std::string(masters.places.code_of(place)) + ".",
                                          taken.lot.id);
                             return false;
                           });
}

}  // namespace lotbook
