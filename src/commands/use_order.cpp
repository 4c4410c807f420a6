// SPDX-License-Identifier: Apache-2.0
#include "commands/use_order.h"

namespace lotbook {

namespace {

struct Act {
  Purpose purpose;
  std::string_view notice, verb;
  LifeAsked asked;
};

/// The lot that should have gone first; none: it is in order. What was there on an earlier day is not known from what
/// is there now.
std::optional<Proposed> passed_over(const Look& look, const Draft& draft, const TakenInOrder& taken, const Act& act) {
  const View& view = look.view();
  const Masters& masters = look.masters();
  const Date today = look.day(taken.from);
  if (today != masters.zone_of(taken.from).day_of(look.moment().now)) return std::nullopt;
  Want nobody;
  nobody.site = masters.site_of(taken.from);
  // A vessel gives what is lowest: nobody can take another of its layers first (R75).
  const bool is_vessel = masters.use_of(taken.from) == PlaceKind::vessel;
  return first_to_go(view, taken.lot, nobody.site, {act.purpose, today, act.asked},
                     [&](const LotState& other, Id<Place> place) {
                       if (is_vessel && place == taken.from) return Decimal();
                       return left_there(draft, other, place) - view.held_apart(other, place) -
                              bound_for_others(view, other.lot.id, nobody);
                     });
}

void note_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const Act& act, const Proposed& first) {
  const View& view = look.view();
  const Lot& lot = taken.lot.lot;
  const bool is_fifo = look.masters().items.find(lot.item)->picking == Picking::fifo;
  draft.notice(std::string(act.notice),
               spoken(view, lot) + " " + std::string(act.verb) + " before lot " + first.lot->lot.code +
                   (is_fifo ? " of " : ", due ") + Date{view.pick_day(first.lot->lot)}.text() + ", which lies in " +
                   std::string(look.masters().places.code_of(first.place)) + ".",
               lot.id);
}

}  // namespace

void judge_passing_over(Look& look, Draft& draft, const PassingOver& passing, const PassedOverLot& passed) {
  if (!passing.is_asked) {
    const std::string place(look.masters().places.code_of(passed.first.place));
    Refusal refusal{
        Code::not_first_to_go, passed.field,
        passed.what + ". " + passed.advice + "; only who has the right \"override_fefo\" may pass it over."};
    refusal.facts = {
        {"lot", passed.first.lot->lot.code}, {"place", place}, {"available", passed.first.quantity.text()}};
    return look.refuse(std::move(refusal));
  }
  if (!look.moment().actor.may(Right::override_fefo))
    return look.refuse(
        Code::right_needed, "/override_fefo",
        "Taking another lot than the one that goes first needs the right \"override_fefo\". " + passed.what + ".");
  if (passing.reason.empty()) return look.refuse(Code::missing, "/reason", "Overriding needs a reason.");
  draft.notice("override_fefo", passed.what + ", and was passed over.", passed.taken.lot.id);
}

Decimal left_there(const Draft& draft, const LotState& lot, Id<Place> place) {
  Decimal left = lot.on_hand(place);
  for (const Line& line : draft.entry.lines) {
    if (line.lot != lot.lot.id) continue;
    if (line.from == place) left -= line.quantity;
    if (line.to == place) left += line.quantity;
  }
  return left;
}

void judge_use_order(Look& look, Draft& draft, const TakenInOrder& taken, const PassingOver& passing,
                     std::string field) {
  const Act act{Purpose::consume, "used_out_of_order", "was used", {}};
  const std::optional<Proposed> first = passed_over(look, draft, taken, act);
  if (!first) return;
  if (look.masters().items.find(taken.lot.lot.item)->enforce_use_order)
    judge_passing_over(
        look, draft, passing,
        {taken.lot, *first,
         spoken(look.view(), first->lot->lot) + " in " + std::string(look.masters().places.code_of(first->place)) +
             " goes before " + spoken(look.view(), taken.lot.lot),
         "Take that one", std::move(field)});
  else
    note_out_of_order(look, draft, taken, act, *first);
}

void note_dispatch_out_of_order(Look& look, Draft& draft, const TakenInOrder& taken, const LifeAsked& asked) {
  const Act act{Purpose::dispatch, "dispatched_out_of_order", "left", asked};
  if (const std::optional<Proposed> first = passed_over(look, draft, taken, act))
    note_out_of_order(look, draft, taken, act, *first);
}

}  // namespace lotbook
