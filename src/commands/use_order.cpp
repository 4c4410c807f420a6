// SPDX-License-Identifier: Apache-2.0
#include "commands/use_order.h"

#include <algorithm>
#include <set>
#include <variant>

#include "commands/picked_goods.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

struct Act {
  Purpose purpose;
  std::string_view notice, verb;
  LifeAsked asked;
};

bool changes_state(const Fact& fact, Id<Lot> lot) {
  const auto names = [&](const std::vector<std::uint32_t>& lots) {
    return std::find(lots.begin(), lots.end(), lot.value) != lots.end();
  };
  if (const auto* changed = std::get_if<LotChanged>(&fact)) return changed->lot == lot.value;
  if (const auto* placed = std::get_if<HoldPlaced>(&fact)) return names(placed->lots);
  if (const auto* extended = std::get_if<HoldExtended>(&fact)) return names(extended->lots);
  if (const auto* lifted = std::get_if<HoldLifted>(&fact)) return names(lifted->lots);
  return false;
}

/// How much of a lot lay in a place through all of a time that is past. Nothing, when its status or days changed since:
/// nobody knows then that it would have been taken.
Decimal lay_there(const View& view, Id<Lot> lot, Id<Place> place, const Interval& when) {
  for (const std::uint64_t seq : view.history(lot.value)) {
    const Entry& entry = *view.entry(seq);
    if (entry.settled_at > when.earliest() &&
        std::any_of(entry.facts.begin(), entry.facts.end(), [&](const Fact& fact) { return changes_state(fact, lot); }))
      return {};
  }
  Decimal there;
  std::optional<Decimal> least;
  for (const Happening& happening : timeline(view, lot)) {
    if (happening.settled_at > when.latest()) break;
    if (happening.settled_at > when.earliest() && !least) least = there;
    if (happening.line.to == place) there += happening.line.quantity;
    if (happening.line.from == place) there -= happening.line.quantity;
    if (least) least = std::min(*least, there);
  }
  return std::min(least.value_or(there), there);
}

/// The lot that should have gone first; none: it is in order. An act of the past is held against what lay there then
/// and lies there still: what is gone since is judged no more.
std::optional<Proposed> passed_over(const Look& look, const Draft& draft, const TakenInOrder& taken, const Act& act) {
  const View& view = look.view();
  const Masters& masters = look.masters();
  if (look.masters().external_place_of(taken.from)) return std::nullopt;  // what lies with a partner is his to take
  const Interval when = look.occurred(taken.from);
  const Id<Place> site = masters.site_of(taken.from);
  // A vessel gives what is lowest: nobody can take another of its layers first (R75).
  const bool is_vessel = masters.use_of(taken.from) == PlaceKind::vessel;
  return first_to_go(view, taken.lot, site, {act.purpose, look.day(taken.from), act.asked},
                     [&](const LotState& other, Id<Place> place) {
                       if (is_vessel && place == taken.from) return Decimal();
                       const Decimal left = left_there(draft, other, place) - view.held_apart(other, place) -
                                            bound_at(view, other.lot.id, site);
                       if (!look.is_back_dated() || !left.is_positive()) return left;
                       return std::min(left, lay_there(view, other.lot.id, place, when));
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

void note_reserved_goods(const Look& look, Draft& draft) {
  const View& view = look.view();
  const Masters& masters = look.masters();
  std::set<std::pair<Id<Lot>, Id<Place>>> taken;
  for (const Line& line : draft.entry.lines)
    if (masters.places.find(line.from) && !masters.places.find(line.to) && is_proposed_from(masters.use_of(line.from)))
      taken.emplace(line.lot, masters.site_of(line.from));
  for (const auto& [id, site] : taken) {
    const Decimal bound = bound_at(view, id, site);
    const LotState* lot = view.lot(id);
    if (!bound.is_positive() || !lot) continue;
    Decimal had, left;
    for (const LotState::Cell& cell : lot->cells)
      if (masters.site_of(cell.place) == site && is_proposed_from(masters.use_of(cell.place)))
        had += cell.quantity, left += left_there(draft, *lot, cell.place);
    const Decimal lacking = std::min(bound, had) - std::max(left, Decimal());
    if (!lacking.is_positive()) continue;
    const std::string orders =
        orders_bound_to(view, id, [&](const Allotment& a) { return masters.site_of(a.place) == site; });
    draft.notice("reserved_goods_gone",
                 lacking.text() + " of " + spoken(view, lot->lot) + " had been chosen for order " + orders +
                     ". Release picking again: the pick list chooses what is there now.",
                 id);
  }
}

}  // namespace lotbook
