// SPDX-License-Identifier: Apache-2.0
#include "ledger/order_moves.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/draft_parts.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

OrderMove bound(const auto& fact, bool plus) {
  return {{Id<Lot>{fact.lot},
           Id<TradeOrder>{fact.order},
           fact.order_line,
           Id<Place>{fact.place},
           false,
           plus ? fact.quantity : -fact.quantity,
           {}},
          {}};
}

OrderMove step(const ForOrder& fact, const Line& line, bool plus) {
  OrderMove move{{{}, Id<TradeOrder>{fact.order}, fact.order_line, {}, true, {}, {}}, {}};
  const auto goods = [&](Id<Place> place, bool come) {
    move.allotment.lot = line.lot, move.allotment.place = place;
    move.allotment.quantity = come == plus ? line.quantity : -line.quantity;
    move.allotment.quantity2 = come == plus ? line.quantity2 : -line.quantity2;
  };
  const Decimal much = plus ? line.quantity : -line.quantity;
  switch (fact.step) {
    case OrderStep::picked: goods(line.to, true); break;
    case OrderStep::put_back: goods(line.from, false); break;
    case OrderStep::dispatched: goods(line.from, false), move.done = much; break;
    case OrderStep::received: move.done = much; break;
  }
  return move;
}

using Cell = std::pair<Id<Lot>, Id<Place>>;

Decimal picked_there(const View& view, const Cell& cell) { return view.allotted(cell.first, cell.second).picked; }

std::string code_of(const View& view, Id<Lot> id) {
  const LotState* state = view.lot(id);
  return state ? spoken(view, state->lot) : "a lot";
}

std::string order_named(const View& view, Id<TradeOrder> id) {
  const TradeOrder* order = view.trade_order(id);
  return order ? order->number : "?";
}

using AllotmentKey = std::tuple<Id<TradeOrder>, std::uint32_t, Id<Lot>, Id<Place>, bool>;

AllotmentKey key_of(const Allotment& a) { return {a.order, a.line, a.lot, a.place, a.is_picked}; }

Decimal allotted_so_far(const View& view, const AllotmentKey& key) {
  Decimal sum;
  for (const Allotment& a : view.allotments_for(std::get<0>(key)))
    if (key_of(a) == key) sum += a.quantity;
  return sum;
}

std::optional<Refusal> refused_by_lines(const View& view, const Entry& draft, const std::string& field) {
  struct Sum {
    Decimal bound, picked, done;
    bool is_overdrawn = false;  ///< less than nothing of a lot, though there may be enough of others
  };
  std::map<std::pair<Id<TradeOrder>, std::uint32_t>, Sum> sums;
  std::map<AllotmentKey, Decimal> of_lots;
  for_each_part(view, draft, [&](const Entry& entry, bool forwards) {
    for_each_order_move(entry, forwards, [&](const OrderMove& move) {
      const Allotment& a = move.allotment;
      Sum& sum = sums[{a.order, a.line}];
      (a.is_picked ? sum.picked : sum.bound) += a.quantity;
      sum.done += move.done;
      if (a.lot) of_lots[key_of(a)] += a.quantity;
    });
  });
  for (const auto& [key, change] : of_lots)
    if (change.is_negative() && (allotted_so_far(view, key) + change).is_negative())
      sums[{std::get<0>(key), std::get<1>(key)}].is_overdrawn = true;
  for (const auto& [key, sum] : sums) {
    const TradeOrder* order = view.trade_order(key.first);
    const TradeLine* line = order ? order->line(key.second) : nullptr;
    if (!line || order->kind != TradeKind::sales) continue;
    Decimal quantity = line->quantity;
    for (const Fact& fact : draft.facts)
      if (const auto* set = std::get_if<OrderLineSet>(&fact);
          set && set->order == order->id.value && set->order_line == key.second)
        quantity = set->quantity;
    const Decimal bound = line->bound + sum.bound, picked = line->picked + sum.picked, done = line->done + sum.done;
    const std::string name = "Line " + std::to_string(key.second) + " of order " + order->number;
    if (bound.is_negative() || picked.is_negative() || done.is_negative() || sum.is_overdrawn)
      return Refusal{Code::in_the_way, field,
                     name +
                         " has gone on since: what this would take back was dispatched, put back or bound anew. "
                         "Take that back first."};
    if (bound + picked + done > quantity)
      return Refusal{Code::more_than_ordered, field,
                     name + " would get " + (bound + picked + done).text() + ", " + quantity.text() +
                         " were ordered. Put goods back first, or have the order changed."};
  }
  return std::nullopt;
}

}  // namespace

void for_each_order_move(const Entry& entry, bool forwards, const std::function<void(const OrderMove&)>& visit) {
  for (const Fact& fact : entry.facts) {
    if (const auto* f = std::get_if<Bound>(&fact)) visit(bound(*f, forwards));
    if (const auto* f = std::get_if<Unbound>(&fact)) visit(bound(*f, !forwards));
    if (const auto* f = std::get_if<ForOrder>(&fact); f && f->line < entry.lines.size())
      visit(step(*f, entry.lines[f->line], forwards));
  }
}

void release_lost_goods(const View& view, Entry& draft) {
  const std::size_t counted = draft.lines.size();
  for (std::size_t i = 0; i < counted; ++i) {
    const Cell cell{draft.lines[i].lot, draft.lines[i].from};
    if (draft.lines[i].to != ends::count || view.masters().use_of(cell.second) != PlaceKind::staging) continue;
    const LotState* state = view.lot(cell.first);
    const Decimal free = state ? state->on_hand(cell.second) - picked_there(view, cell) : Decimal();
    Decimal lost = std::max(draft.lines[i].quantity - std::max(free, Decimal()), Decimal());
    if (!lost.is_positive()) continue;
    for (const Allotment& a : view.allotments_of(cell.first)) {
      if (!a.is_picked || a.place != cell.second || !lost.is_positive()) continue;
      const Decimal part = std::min(lost, a.quantity);
      std::uint32_t line = static_cast<std::uint32_t>(i);
      if (part < draft.lines[i].quantity) {
        draft.lines[i].quantity -= part;
        Line own = draft.lines[i];
        own.quantity = part;
        own.quantity2 = std::min(
            own.quantity2, part == a.quantity ? a.quantity2 : share(a.quantity2, part, a.quantity, Decimal::scale));
        draft.lines[i].quantity2 -= own.quantity2;
        line = static_cast<std::uint32_t>(draft.lines.size());
        draft.lines.push_back(own);
      }
      lost -= part;
      draft.facts.emplace_back(ForOrder{a.order.value, a.line, line, OrderStep::put_back});
      draft.facts.emplace_back(Noticed{"picked_goods_lost",
                                       part.text() + " of " + code_of(view, a.lot) + ", picked for order " +
                                           order_named(view, a.order) + ", are not there any more.",
                                       a.lot.value});
    }
  }
}

std::optional<Refusal> refused_by_orders(const View& view, const Entry& draft, const std::string& field) {
  std::map<Cell, Decimal> on_hand, picked;
  for_each_part(view, draft, [&](const Entry& entry, bool forwards) {
    for (const Line& line : entry.lines)
      for (const bool is_from : {true, false}) {
        const Id<Place> place = is_from ? line.from : line.to;
        if (view.masters().use_of(place) == PlaceKind::staging)
          on_hand[{line.lot, place}] += is_from == forwards ? -line.quantity : line.quantity;
      }
    for_each_order_move(entry, forwards, [&](const OrderMove& move) {
      const Allotment& a = move.allotment;
      if (a.is_picked && a.lot) picked[{a.lot, a.place}] += a.quantity, on_hand[{a.lot, a.place}] += Decimal();
    });
  });
  if (std::optional<Refusal> refusal = refused_by_lines(view, draft, field)) return refusal;
  for (const auto& [cell, change] : on_hand) {
    const LotState* state = view.lot(cell.first);
    if (!state) continue;  // opened by this very draft: nobody has picked of it
    const auto also = picked.find(cell);
    const Decimal held = picked_there(view, cell) + (also == picked.end() ? Decimal() : also->second);
    if (!held.is_positive() || state->on_hand(cell.second) + change >= held) continue;
    std::string orders;
    for (const Allotment& a : view.allotments_of(cell.first))
      if (a.is_picked && a.place == cell.second) orders += (orders.empty() ? "" : ", ") + order_named(view, a.order);
    return Refusal{Code::picked_for_order, field,
                   held.text() + " of " + code_of(view, cell.first) + " in " +
                       std::string(view.masters().places.code_of(cell.second)) + " are picked for order " + orders +
                       ". Put them back from the order first, or take others."};
  }
  return std::nullopt;
}

}  // namespace lotbook
