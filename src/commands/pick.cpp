// SPDX-License-Identifier: Apache-2.0
#include "commands/pick.h"

#include <algorithm>

#include "commands/leaving.h"
#include "commands/order_units.h"
#include "commands/picked_goods.h"
#include "commands/use_order.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// What is bound for a line after the draft, of one lot or of all.
Decimal bound_to(const View& view, const Draft& draft, const TradeOrder& order, std::uint32_t line, Id<Lot> lot) {
  Decimal bound;
  for (const Allotment& a : view.allotments_for(order.id))
    if (!a.is_picked && a.line == line && (!lot || a.lot == lot)) bound += a.quantity;
  for (const Fact& fact : draft.entry.facts)
    if (const auto* gone = std::get_if<Unbound>(&fact);
        gone && gone->order == order.id.value && gone->order_line == line && (!lot || gone->lot == lot.value))
      bound -= gone->quantity;
  return bound;
}

class PickRound {
 public:
  PickRound(const Pick& command, Look& look, Draft& draft, const TradeOrder& order, Id<Place> to)
      : command_(command),
        look_(look),
        view_(look.view()),
        draft_(draft),
        order_(order),
        to_(to),
        asked_(command.lines),
        fields_(command.lines.size()) {}

  void take(std::size_t i);
  /// A pallet goes to staging whole: what is on it is for lines of the order that are open.
  void take_whole(const WholeUnit& whole);
  /// Call when all lines are in the draft: what one line leaves, another may have taken.
  void judge_order_of_lots();

 private:
  struct Taken {
    std::size_t i;
    const TradeLine* line;
    const LotState* lot;
    Id<Place> from;
    Decimal quantity, unbound_of_lot, unbound;  ///< beyond what was bound of the lot, and of all lots
  };
  void judge_fefo(const Taken& taken);
  void judge_reserved(const Taken& taken);
  Decimal left_at_site(const LotState& lot) const;
  Decimal bound_after(Id<Lot> lot) const;
  Decimal for_other_lines(const Taken& taken) const;
  std::string day_spoken(const LotState& lot) const;
  std::string field(std::size_t i, std::string_view name) const {
    return fields_[i].empty() ? at("lines", i, name) : fields_[i];
  }
  bool share_out(const WholeUnit& whole, const HandlingUnit& unit, PackedGoods goods);
  Decimal open_of(const TradeLine& line) const;

  const Pick& command_;
  Look& look_;
  const View& view_;
  Draft& draft_;
  const TradeOrder& order_;
  const Id<Place> to_;
  std::vector<PickedLine> asked_;    ///< what the command lists, then what is on pallets that it names
  std::vector<std::string> fields_;  ///< of those on pallets, where the pallet was named
  std::vector<Taken> taken_;
};

/// What is open of a line beside what the draft takes for it.
Decimal PickRound::open_of(const TradeLine& line) const {
  Decimal open = line.open();
  for (const Taken& taken : taken_)
    if (taken.line == &line) open -= taken.quantity;
  return open;
}

void PickRound::take_whole(const WholeUnit& whole) {
  for (const HandlingUnit* unit : whole.units)
    for (const PackedGoods& goods : unit->goods)
      if (!share_out(whole, *unit, goods)) return;
  carry(draft_, whole.units, to_);
  draft_.quantity_field = whole.field;
}

/// Goods of a pallet among the lines of the order that want the item; false when some of it is for none, or refused.
bool PickRound::share_out(const WholeUnit& whole, const HandlingUnit& unit, PackedGoods goods) {
  const Lot& lot = view_.lot(goods.lot)->lot;
  const Serial* serial = view_.serial(goods.serial);
  for (const TradeLine& line : order_.lines) {
    const Decimal part = std::min(open_of(line), goods.quantity);
    if (line.item != lot.item || !part.is_positive()) continue;
    const bool is_last = part == goods.quantity;
    // What is weighed is not parted among lines: nobody knows what each part weighs.
    if (!is_last && goods.quantity2.is_positive()) continue;
    PickedLine asked;
    asked.line = line.line, asked.lot = lot.code, asked.quantity = part;
    if (goods.quantity2.is_positive()) asked.quantity2 = goods.quantity2;
    asked.from = look_.masters().places.code_of(unit.place);
    if (serial) asked.serials = {serial->code};
    asked_.push_back(std::move(asked)), fields_.push_back(whole.field);
    const std::size_t first = draft_.entry.lines.size(), before = taken_.size();
    take(asked_.size() - 1);
    if (taken_.size() == before) return false;
    for (std::size_t i = first; i < draft_.entry.lines.size(); ++i) draft_.entry.lines[i].handling_unit = unit.id.value;
    goods.quantity -= part;
    if (is_last) return true;
  }
  look_.refuse(Code::more_than_ordered, whole.field,
               "On " + unit.sscc + " are " + goods.quantity.text() + " of " + spoken(view_, lot) +
                   " more than is open of order " + order_.number +
                   ". Take what is wanted off it, by lines that name it as sscc.");
  return false;
}

void PickRound::take(std::size_t i) {
  const PickedLine asked = asked_[i];
  const TradeLine* line = order_line_named(look_, order_, asked.line, field(i, "line"));
  const Id<Place> from = look_.place(asked.from, field(i, "from"));
  if (!line || !from) return;
  const Item& item = *look_.masters().items.find(line->item);
  const std::string at_line = "/lines/" + std::to_string(i);
  const FoundLot lot = lot_for_order(look_, item, asked.lot, asked.serials, at_line);
  const SerialsAsked units = serials_asked(asked, item, at_line);
  const std::optional<Decimal> quantity = quantity_asked(look_, units);
  const std::optional<Decimal> quantity2 = look_.quantity2(asked.quantity2, item, field(i, "quantity2"));
  if (!lot || !quantity || !quantity2) return;
  if (look_.masters().site_of(from) != order_.site)
    return look_.refuse(Code::not_the_same_site, field(i, "from"),
                        "Order " + order_.number + " is delivered from " +
                            std::string(look_.masters().places.code_of(order_.site)) +
                            ". Transfer the goods there first, or take others.");
  if (from == to_)
    return look_.refuse(Code::same_place, field(i, "from"), "The goods are in staging already. Name another location.");
  if (*quantity > open_of(*line))
    return look_.refuse(Code::more_than_ordered, field(i, "quantity"),
                        "Of line " + std::to_string(line->line) + " only " + line->open().text() + " are open. Take " +
                            line->open().text() + " at most, or have the order changed.");
  const Want want = want_of(view_, order_, *line, look_.day(order_.site));
  if (!judge_leaving(look_, draft_, {*lot.state, from, want.use.life, field(i, "lot")},
                     {command_.override_life, command_.override_best_before, command_.reason, command_.consent}))
    return;
  const Decimal bound_of_lot = bound_to(view_, draft_, order_, line->line, lot.id());
  const Decimal bound = bound_to(view_, draft_, order_, line->line, {});
  // A unit lies where the book has it: nobody has another one of its number here.
  const bool may_confirm = command_.confirm_here && item.tracking != Tracking::serial;
  const std::size_t first = draft_.entry.lines.size();
  look_.take(draft_, {*lot.state, from, to_, *quantity, *quantity2, may_confirm, field(i, "quantity")});
  Look::typed(draft_, asked.quantity, asked.unit, item);
  step_of_order(look_, draft_, units, {order_, line->line, OrderStep::picked});
  take_off(look_, draft_, {asked.sscc, from, first, at_line});
  Allotment here;
  here.lot = lot.id(), here.place = from;
  unbind(view_, draft_, order_, line->line, *quantity, here);
  taken_.push_back({i, line, lot.state, from, *quantity, *quantity - bound_of_lot, *quantity - bound});
  if (!asked.is_short) return;
  draft_.notice("short_pick",
                "No more of " + spoken(view_, lot.state->lot) + " was in " + asked.from + "; the book has " +
                    left_there(draft_, *lot.state, from).text() + " more there. Count the place.",
                lot.id());
}

Decimal PickRound::left_at_site(const LotState& lot) const {
  const Masters& masters = look_.masters();
  Decimal left;
  for (const LotState::Cell& cell : lot.cells)
    if (masters.site_of(cell.place) == order_.site && masters.use_of(cell.place) != PlaceKind::staging &&
        place_allows(masters.use_of(cell.place), Purpose::dispatch))
      left += left_there(draft_, lot, cell.place) - view_.held_apart(lot, cell.place);
  return left;
}

/// What is bound of a lot at the site once the draft is posted, for whatever line.
Decimal PickRound::bound_after(Id<Lot> lot) const {
  Decimal bound = bound_at(view_, lot, order_.site);
  for (const Fact& fact : draft_.entry.facts)
    if (const auto* gone = std::get_if<Unbound>(&fact); gone && gone->lot == lot.value) bound -= gone->quantity;
  return bound;
}

/// What other lines of the order take of the item by this draft, and what stays bound for them.
Decimal PickRound::for_other_lines(const Taken& taken) const {
  Decimal sum;
  for (const Taken& other : taken_)
    if (&other != &taken && other.line->item == taken.line->item) sum += other.quantity;
  for (const TradeLine& other : order_.lines)
    if (other.line != taken.line->line && other.item == taken.line->item)
      sum += bound_to(view_, draft_, order_, other.line, {});
  return sum;
}

void PickRound::judge_fefo(const Taken& taken) {
  const Want want = want_of(view_, order_, *taken.line, look_.day(order_.site));
  // What stays bound for this very line is picked on another walk; so the lots of a line may come in any order.
  const std::optional<Proposed> first =
      first_to_go(view_, *taken.lot, order_.site, want.use, [&](const LotState& other, Id<Place> place) {
        return std::min(left_there(draft_, other, place) - view_.held_apart(other, place),
                        left_at_site(other) - bound_after(other.lot.id));
      });
  if (!first) return;
  const std::string place(look_.masters().places.code_of(first->place));
  const std::string what = spoken(view_, first->lot->lot) + ", " + day_spoken(*first->lot) + ", goes before " +
                           spoken(view_, taken.lot->lot) + ", " + day_spoken(*taken.lot);
  judge_passing_over(look_, draft_, {command_.override_fefo, command_.reason},
                     {*taken.lot, *first, what, "Take it from " + place, field(taken.i, "lot")});
}

std::string PickRound::day_spoken(const LotState& lot) const {
  const bool is_fifo = look_.masters().items.find(lot.lot.item)->picking == Picking::fifo;
  const Date day{view_.pick_day(lot.lot)};
  if (!day.is_set()) return "without a day";
  return (is_fifo ? "here since " : "due ") + day.text();
}

/// R51: goods reserved for others are not available, unless they are beyond what the book knew of.
void PickRound::judge_reserved(const Taken& taken) {
  const Decimal left = left_at_site(*taken.lot);  // below zero: there is not enough, for whomever
  if (taken.unbound_of_lot.is_positive() && !left.is_negative() && left < bound_after(taken.lot->lot.id)) {
    const std::string orders =
        orders_bound_to(view_, taken.lot->lot.id, [&](const Allotment& a) { return a.order != order_.id; });
    return look_.refuse(Code::reserved_for_others, field(taken.i, "lot"),
                        "What is left of " + spoken(view_, taken.lot->lot) + " is reserved" +
                            (orders.empty() ? std::string(" for other lines") : " for order " + orders) +
                            ". Take what the pick list names.");
  }
  if (!taken.unbound.is_positive()) return;
  Decimal new_here;  // counted in, or taken from where nothing is proposed: nobody has reckoned with it
  for (const Line& line : draft_.entry.lines)
    if (line.lot == taken.lot->lot.id && line.from == ends::count) new_here += line.quantity;
  if (!is_proposed_from(look_.masters().use_of(taken.from))) new_here += taken.lot->on_hand(taken.from);
  Want want = want_of(view_, order_, *taken.line, look_.day(order_.site));
  want.quantity = taken.quantity, want.for_other_lines = for_other_lines(taken);
  if (entitled(view_, want) + new_here >= taken.quantity) return;
  look_.refuse(Code::reserved_for_others, field(taken.i, "quantity"),
               "What is there of " + std::string(look_.masters().items.code_of(taken.line->item)) +
                   " is reserved for orders made before. Wait for goods, or have one of those orders changed.");
}

void PickRound::judge_order_of_lots() {
  for (const Taken& taken : taken_) {
    judge_fefo(taken);
    judge_reserved(taken);
  }
}

/// A line's lots as they are chosen now; whether that differs from what is bound.
bool bind_anew(Look& look, Draft& draft, const TradeOrder& order, const LinePlan& planned) {
  const View& view = look.view();
  const auto& [line, want, plan] = planned;
  std::vector<Allotment> bound;
  for (const Allotment& a : view.allotments_for(order.id))
    if (!a.is_picked && a.line == line->line) bound.push_back(a);
  const bool is_same =
      bound.size() == plan.take.size() && std::all_of(plan.take.begin(), plan.take.end(), [&](const Proposed& p) {
        return std::any_of(bound.begin(), bound.end(), [&](const Allotment& a) {
          return a.lot == p.lot->lot.id && a.place == p.place && a.quantity == p.quantity;
        });
      });
  if (!is_same) {
    unbind(view, draft, order, line->line, line->bound);
    for (const Proposed& p : plan.take)
      draft.fact(Bound{order.id.value, line->line, p.lot->lot.id.value, p.place.value, p.quantity});
  }
  if (plan.covered < want.quantity)
    draft.notice("not_all_allocated", (want.quantity - plan.covered).text() + " of line " + std::to_string(line->line) +
                                          " (" + std::string(look.masters().items.code_of(line->item)) +
                                          ") cannot be had" +
                                          (plan.entitled < want.quantity ? ": orders made before want what is there."
                                                                         : ": the pick list says why, lot by lot."));
  return !is_same;
}

}  // namespace

Result<Draft> decide(const ReleasePick& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::release_pick, view);
  const TradeOrder* order = open_trade_order(look, TradeKind::sales, command.order, "/order");
  if (!order) return look.refusals();
  bool is_changed = false, is_open = false;
  Decimal bound;
  for (const LinePlan& planned : plan_order(view, *order, look.day(order->site), Explain::no)) {
    is_open = true, bound += planned.line->bound;
    is_changed |= bind_anew(look, draft, *order, planned);
  }
  if (!is_open)
    return Refusal{Code::nothing_to_pick, "/order", "All of order " + command.order + " is picked or dispatched."};
  if (!is_changed && bound.is_zero())
    return Refusal{Code::nothing_to_pick, "/order",
                   "Nothing is there for order " + command.order + ". The pick list says why, lot by lot."};
  if (!is_changed) {
    for (const std::uint64_t seq : view.history(order->id.value))
      if (const Entry* entry = view.entry(seq); entry && entry->kind == EntryKind::release_pick) draft.same_as = seq;
    return draft;
  }
  draft.entry.partner = order->partner, draft.entry.address = order->address;
  Look::paper(draft, {std::nullopt, command.order, {}, command.reason}, order->site);
  return draft;
}

Result<Draft> decide(const Pick& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::pick, view);
  const TradeOrder* order = open_trade_order(look, TradeKind::sales, command.order, "/order");
  const Id<Place> to = look.place(command.to, "/to");
  if (!order || !to) return look.refusals();
  if (look.masters().use_of(to) != PlaceKind::staging || look.masters().site_of(to) != order->site)
    return Refusal{Code::place_not_allowed, "/to",
                   command.to + " is not for picked goods. Name a location of the kind \"staging\" at " +
                       std::string(look.masters().places.code_of(order->site)) + "."};
  PickRound round(command, look, draft, *order, to);
  for (std::size_t i = 0; i < command.lines.size(); ++i) round.take(i);
  for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_here)) round.take_whole(whole);
  if (draft.entry.lines.empty() && !look.refused())
    look.refuse(Code::missing, "/lines", "Say what was taken: lines, or handling units with something on them.");
  if (look.refused()) return look.refusals();
  round.judge_order_of_lots();
  if (look.refused()) return look.refusals();
  draft.entry.partner = order->partner, draft.entry.address = order->address;
  Look::paper(draft, {command.occurred_at, command.order, {}, command.reason}, order->site);
  return draft;
}

}  // namespace lotbook
