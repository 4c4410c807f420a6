// SPDX-License-Identifier: Apache-2.0
#include "commands/child_lots.h"

#include <algorithm>

#include "model/place_ends.h"

namespace lotbook {

namespace {

/// The child is as calculated as the expiry that it got.
void take_earliest(Lot& child, const Lot& input) {
  if (input.expires_on < child.expires_on) child.expiry_calculated = input.expiry_calculated;
  child.received_on = std::min(child.received_on, input.received_on);
  child.produced_on = std::min(child.produced_on, input.produced_on);
  child.expires_on = std::min(child.expires_on, input.expires_on);
  child.best_before_on = std::min(child.best_before_on, input.best_before_on);
  child.retest_on = std::min(child.retest_on, input.retest_on);
}

}  // namespace

LotOpened* open_child(Look& look, Draft& draft, const Lot& parent, const ChildAsked& asked) {
  if (!asked.code.empty() && (!look.new_code(asked.code, asked.field) ||
                              !look.free_code(parent.item, asked.code, asked.confirm_new_lot, asked.field)))
    return nullptr;
  LotOpened opened;
  opened.lot.value = draft.new_id(), opened.item = parent.item, opened.origin = Origin::produced;
  opened.code = asked.code.empty() ? look.series_code(parent.item, opened.lot, asked.place) : asked.code;
  opened.quality = parent.quality, opened.expiry_calculated = parent.expiry_calculated;
  opened.received_on = parent.received_on, opened.produced_on = parent.produced_on;
  opened.expires_on = parent.expires_on, opened.best_before_on = parent.best_before_on,
  opened.retest_on = parent.retest_on;
  for (const LotOpened& other : draft.entry.opened)
    if (other.item == opened.item && other.code == opened.code) {
      look.refuse(Code::lot_code_taken, asked.field,
                  "Lot " + opened.code + " is named twice. Give each new lot its own code.");
      return nullptr;
    }
  return &draft.entry.opened.emplace_back(std::move(opened));
}

void copy_holds(Look& look, Draft& draft, const LotState& parent, Id<Place> from,
                const std::vector<HeldChild>& children) {
  if (!parent.is_held) return;
  for (const Hold& hold : look.view().holds_on(parent.lot.id)) {
    if (hold.place && !look.masters().lies_in(from, hold.place)) continue;
    HoldExtended extended{hold.id.value, {}};
    for (const HeldChild& child : children) {
      if (hold.place && !look.masters().lies_in(child.to, hold.place))
        look.refuse(Code::lot_is_on_hold, child.field,
                    "Hold " + hold.number + " covers what lies in " +
                        std::string(look.masters().places.code_of(hold.place)) +
                        ". Put the new lot there; quality moves it out.");
      extended.lots.push_back(child.lot.value);
    }
    draft.fact(std::move(extended));
  }
}

std::optional<Whole> given_or_all(Look& look, const FoundLot& lot, Id<Place> from, const std::optional<Decimal>& typed,
                                  const std::string& unit, const std::optional<Decimal>& typed2) {
  const Item& item = *lot.item.item;
  if (!typed) {
    const Whole all{lot.state->on_hand(from), lot.state->on_hand2(from)};
    if (all.quantity.is_positive()) return all;
    look.refuse(Code::not_enough, "/from",
                "There is nothing of " + spoken(look.view(), lot.state->lot) + " in " +
                    std::string(look.masters().places.code_of(from)) + ". Name where it lies.");
    return std::nullopt;
  }
  const std::optional<Decimal> quantity = look.quantity(*typed, unit, item, lot.state->lot.code, "/quantity");
  const std::optional<Decimal> quantity2 = look.quantity2(typed2, item, "/quantity2");
  if (!quantity || !quantity2) return std::nullopt;
  return Whole{*quantity, *quantity2};
}

bool Mixture::take(const Part& part) {
  const Lot& lot = part.lot.lot;
  const Item& item = *look_.masters().items.find(lot.item);
  if (!look_.allow(part.lot, part.from, {.purpose = Purpose::consume, .item_allows_at_risk = item.use_at_risk},
                   part.lot_field))
    return false;
  if (lot.quality != Quality::released || look_.standing(part.lot, part.from) == Standing::quarantine)
    parent_.quality = Quality::quarantine;
  take_earliest(parent_, lot);
  parent_.item = lot.item;
  look_.take(draft_, {part.lot, part.from, ends::conversion, part.much.quantity, part.much.quantity2, part.confirm_here,
                      part.quantity_field});
  sum_.quantity += part.much.quantity, sum_.quantity2 += part.much.quantity2;
  return true;
}

Id<Lot> Mixture::pour(Id<Place> to, const ChildAsked& asked) {
  const LotOpened* child = open_child(look_, draft_, parent_, asked);
  if (!child) return {};
  const Id<Lot> lot = child->lot;
  draft_.line(lot, ends::conversion, to, sum_.quantity, sum_.quantity2);
  return lot;
}

}  // namespace lotbook
