// SPDX-License-Identifier: Apache-2.0
#include "ledger/fefo.h"

#include <algorithm>
#include <map>

#include "model/place_ends.h"

namespace lotbook {

namespace {

// Lots of one day are sorted among themselves up to so many; of more, those with the lowest numbers come first. All of
// them are right (R50), and an item without days must not cost a look at all its stock.
constexpr std::size_t most_sorted = 64;
constexpr std::size_t most_passed = 200;

struct Candidate {
  const LotState* lot;
  Id<Place> place;
  Decimal available;
};

/// R50, inside a day.
void sort_candidates(std::vector<Candidate>& candidates) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    const Lot &first = a.lot->lot, &second = b.lot->lot;
    return std::make_tuple(first.came_on(), a.available, std::cref(first.code), a.place) <
           std::make_tuple(second.came_on(), b.available, std::cref(second.code), b.place);
  });
}

bool is_fifo(const View& view, Id<Item> item) {
  const Item* record = view.masters().items.find(item);
  return record && record->picking == Picking::fifo;
}

/// What is bound for an order keeps nothing from its lines, until one of them is given it in the plan. Below zero: more
/// is given than was bound.
class OwnBinding {
 public:
  OwnBinding() = default;
  OwnBinding(const View& view, Id<TradeOrder> order) {
    for (const Allotment& own : view.allotments_for(order))
      if (!own.is_picked) bound_[{own.lot, own.place}] += own.quantity;
  }
  void give(const Proposed& goods) { bound_[{goods.lot->lot.id, goods.place}] -= goods.quantity; }
  Decimal in(Id<Lot> lot, Id<Place> place) const {
    const auto found = bound_.find({lot, place});
    return found == bound_.end() ? Decimal() : found->second;
  }
  Decimal at(const View& view, Id<Lot> lot, Id<Place> site) const {
    Decimal sum;
    for (auto row = bound_.lower_bound({lot, Id<Place>{}}); row != bound_.end() && row->first.first == lot; ++row)
      if (view.masters().site_of(row->first.second) == site) sum += row->second;
    return sum;
  }

 private:
  std::map<std::pair<Id<Lot>, Id<Place>>, Decimal> bound_;
};

class Planning {
 public:
  Planning(const View& view, const Want& want, const OwnBinding& own, Explain explain)
      : view_(view), want_(want), own_(own), explain_(explain) {
    plan_.entitled = entitled(view, want);
    left_ = std::min(want.quantity, plan_.entitled);
  }

  PickPlan run() {
    // What expired is passed by unread, unless somebody wants to know.
    const bool skips = explain_ == Explain::no && !is_fifo(view_, want_.item);
    std::int32_t day = INT32_MIN;
    view_.stock_in_order(want_.item, skips ? want_.use.day.day : INT32_MIN, [&](const StockRow& row) {
      if (row.pick_day != day || candidates_.size() == most_sorted) flush();
      day = row.pick_day;
      if (!left_.is_positive()) return false;
      look_at(row);
      return true;
    });
    flush();
    return std::move(plan_);
  }

 private:
  bool explains() const { return explain_ == Explain::yes && plan_.passed.size() < most_passed; }

  void look_at(const StockRow& row) {
    if (view_.masters().site_of(row.place) != want_.site || !row.quantity.is_positive()) return;
    if (row.blocked && !explains()) return;
    const PlaceKind kind = view_.masters().use_of(row.place);
    if (kind == PlaceKind::staging) return;
    const LotState* lot = view_.lot(row.lot);
    if (!lot) return;
    std::optional<Code> why = why_not_usable(view_, *lot, row.place, want_.use);
    if (!why && !is_proposed_from(kind)) why = Code::place_is_blocked;
    const Decimal available = why ? Decimal() : available_in(*lot, row.place);
    if (!why && !available.is_positive()) why = Code::reserved_for_others;
    if (!why)
      candidates_.push_back({lot, row.place, available});
    else if (explains())
      plan_.passed.push_back({lot, row.place, row.quantity, *why});
  }

  void flush() {
    sort_candidates(candidates_);
    for (const Candidate& c : candidates_) {
      // What is bound for others lies in one of the lot's places, and may be taken from another: the lot counts.
      Decimal& used = used_[c.lot->lot.id];
      const Decimal of_lot = lot_available(*c.lot) - used;
      const Decimal part = std::min({c.available, left_, of_lot});
      if (!part.is_positive()) continue;
      plan_.take.push_back({c.lot, c.place, part});
      plan_.covered += part, left_ -= part, used += part;
    }
    candidates_.clear();
  }

  /// R51: on hand, less what is bound for others.
  Decimal available_in(const LotState& lot, Id<Place> place) const {
    const Allotted there = view_.allotted(lot.lot.id, place);
    return lot.on_hand(place) - view_.held_apart(lot, place) - there.bound - there.picked + own_.in(lot.lot.id, place);
  }

  Decimal lot_available(const LotState& lot) const {
    Decimal sum;
    for (const LotState::Cell& cell : lot.cells)
      if (view_.masters().site_of(cell.place) == want_.site && is_proposed_from(view_.masters().use_of(cell.place)) &&
          !why_not_usable(view_, lot, cell.place, want_.use))
        sum += cell.quantity - view_.held_apart(lot, cell.place);
    return sum - bound_at(view_, lot.lot.id, want_.site) + own_.at(view_, lot.lot.id, want_.site);
  }

  const View& view_;
  const Want& want_;
  const OwnBinding& own_;
  const Explain explain_;
  PickPlan plan_;
  Decimal left_;
  std::vector<Candidate> candidates_;
  std::map<Id<Lot>, Decimal> used_;
};

}  // namespace

Condition condition_of(const View& view, const LotState& state, Id<Place> place, Date day) {
  Condition condition;
  condition.quality = state.lot.quality, condition.expires_on = state.lot.expires_on;
  condition.best_before_on = state.lot.best_before_on, condition.retest_on = state.lot.retest_on;
  condition.day = day;
  if (state.is_held)
    for (const Hold& hold : view.holds_on(state.lot.id)) {
      if (hold.place && place && !view.masters().lies_in(place, hold.place)) continue;
      condition.is_held = true;
      condition.is_recalled |= !hold.recall.empty();
    }
  return condition;
}

std::optional<Code> why_not_usable(const View& view, const LotState& state, Id<Place> place, const Use& use) {
  if (state.is_untracked()) return std::nullopt;
  if (!place_allows(view.masters().use_of(place), {.purpose = use.purpose, .is_order_of_holder = use.is_for_holder}))
    return Code::place_is_blocked;
  const Condition condition = condition_of(view, state, place, use.day);
  if (const std::optional<Code> code = refused_by_status(condition, {.purpose = use.purpose})) return code;
  if (use.purpose != Purpose::dispatch) return std::nullopt;
  if (!use.allows_past_best_before && condition.best_before_on && use.day > condition.best_before_on)
    return Code::best_before_has_passed;
  if (!use.life.is_met(condition.expires_on, use.day)) return Code::too_short_lived;
  return std::nullopt;
}

bool is_proposed_from(PlaceKind use) {
  return use != PlaceKind::dock && use != PlaceKind::staging && place_allows(use, Purpose::dispatch);
}

Want want_of(const View& view, const TradeOrder& order, const TradeLine& line, Date day) {
  const Masters& masters = view.masters();
  const LifeAsked life = life_asked(masters, *masters.items.find(line.item), order.partner, order.address);
  return {order.id, line.item, order.site, line.open(), {Purpose::dispatch, day, life}, {}};
}

Decimal bound_at(const View& view, Id<Lot> lot, Id<Place> site) {
  Decimal bound;
  for (const Allotted& there : view.allotted_of(lot))
    if (view.masters().site_of(there.place) == site) bound += there.bound;
  return bound;
}

Decimal usable_stock(const View& view, const Want& want, Decimal upto) {
  Decimal sum;
  const std::int32_t from = is_fifo(view, want.item) ? INT32_MIN : want.use.day.day;
  view.stock_in_order(want.item, from, [&](const StockRow& row) {
    if (row.blocked || view.masters().site_of(row.place) != want.site ||
        !is_proposed_from(view.masters().use_of(row.place)))
      return true;
    const LotState* lot = view.lot(row.lot);
    if (lot && !why_not_usable(view, *lot, row.place, want.use)) sum += row.quantity - view.held_apart(*lot, row.place);
    return sum < upto;
  });
  return sum;
}

Decimal entitled(const View& view, const Want& want) {
  if (!want.order) return want.quantity;
  const Decimal before = view.wanted_before(want.order, want.item, want.site);
  if (before.is_zero()) return want.quantity;
  // How long goods must live is asked by each customer for himself; who came first may take any of them.
  Want any = want;
  any.use.life = {};
  const Decimal spoken_for = before + want.for_other_lines;
  const Decimal beyond = usable_stock(view, any, spoken_for + want.quantity) - spoken_for;
  return std::min(want.quantity, std::max(beyond, Decimal()));
}

PickPlan plan_picks(const View& view, const Want& want) {
  return Planning(view, want, OwnBinding(), Explain::no).run();
}

std::vector<LinePlan> plan_order(const View& view, const TradeOrder& order, Date day, Explain explain) {
  OwnBinding own(view, order.id);
  std::map<Id<Item>, Decimal> given;
  std::vector<LinePlan> plans;
  for (const TradeLine& line : order.lines) {
    if (!order.is_waiting(line)) continue;
    Want want = want_of(view, order, line, day);
    Decimal& of_item = given[line.item];
    want.for_other_lines = of_item;
    PickPlan plan = Planning(view, want, own, Explain::no).run();
    if (explain == Explain::yes && plan.covered < want.quantity)
      plan.passed = Planning(view, want, own, Explain::yes).run().passed;
    for (const Proposed& goods : plan.take) own.give(goods);
    of_item += plan.covered;
    plans.push_back({&line, want, std::move(plan)});
  }
  return plans;
}

std::optional<Proposed> first_to_go(const View& view, const LotState& lot, Id<Place> site, const Use& use,
                                    const Left& left) {
  const Item* item = view.masters().items.find(lot.lot.item);
  const bool fifo = is_fifo(view, lot.lot.item);
  const std::int32_t own_day = view.pick_day(lot.lot);
  const std::int32_t tolerance = fifo || !item || own_day == Date::none_day ? 0 : item->fefo_tolerance_days;
  std::optional<Proposed> first;
  view.stock_to_use_before(lot.lot.item, fifo ? INT32_MIN : use.day.day, own_day - tolerance,
                           [&](const LotState& other, Id<Place> place) {
                             const Masters& masters = view.masters();
                             if (other.lot.id == lot.lot.id || masters.site_of(place) != site ||
                                 !is_proposed_from(masters.use_of(place)) || why_not_usable(view, other, place, use))
                               return true;
                             const Decimal rest = left(other, place);
                             if (!rest.is_positive()) return true;
                             first = Proposed{&other, place, rest};
                             return false;
                           });
  return first;
}

}  // namespace lotbook
