// SPDX-License-Identifier: Apache-2.0
#include "queries/trade_order.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/fefo.h"
#include "ledger/handling_units.h"

namespace lotbook {

namespace {

TradeOrderRow order_row(const Masters& masters, const TradeOrder& order) {
  TradeOrderRow row;
  row.kind = order.kind, row.number = order.number, row.partner = masters.partners.code_of(order.partner);
  row.address = masters.addresses.code_of(order.address), row.site = masters.places.code_of(order.site);
  row.due_on = order.due_on, row.state = order.state, row.entry = order.opened_in;
  row.is_done = std::all_of(order.lines.begin(), order.lines.end(),
                            [](const TradeLine& line) { return line.done >= line.quantity; });
  return row;
}

Result<const TradeOrder*> find_order(const View& view, TradeKind kind, const std::string& number,
                                     std::string_view pointer) {
  if (const TradeOrder* order = view.trade_order_numbered(kind, number)) return order;
  return Refusal{
      Code::not_found, std::string(pointer),
      "There is no " + std::string(name_of(kind)) + " order \"" + number + "\". Look it up with \"trade_orders\"."};
}

/// The day by which it is judged what may leave for the order (R25).
Date day_of(const Snapshot& snapshot, const TradeOrder& order) {
  return today_at(snapshot.view.masters(), order.site, snapshot.now);
}

/// "due 2026-03-06", or how a FIFO item is picked.
std::string day_spoken(const View& view, const LotState& lot) {
  const Date day{view.pick_day(lot.lot)};
  const Item* item = view.masters().items.find(lot.lot.item);
  if (!day.is_set()) return "no day";
  return (item && item->picking == Picking::fifo ? "here since " : "due ") + day.text();
}

PickRow pick_row(const View& view, std::uint32_t line, const LotState& lot, Id<Place> place) {
  const Item* item = view.masters().items.find(lot.lot.item);
  PickRow row;
  row.line = line, row.item = item ? item->code : std::string(), row.lot = lot.lot.code;
  row.place = view.masters().places.code_of(place), row.unit = item ? item->unit : std::string();
  row.governing_day = lot.lot.governing_day();
  return row;
}

/// What earlier rows of the list take of a lot: loose in a place, or off one pallet or case.
using TakenSoFar = std::map<std::tuple<Id<Lot>, Id<Place>, Id<HandlingUnit>>, Decimal>;

/// A row of the list for what lies loose, and for what has to be taken off each pallet or case. Nothing is taken off a
/// held one.
void off_pallets(const View& view, const Proposed& proposed, const PickRow& row, TakenSoFar& taken,
                 std::vector<PickRow>& rows) {
  const Id<Lot> lot = proposed.lot->lot.id;
  Decimal left = proposed.quantity;
  const auto take = [&](Id<HandlingUnit> unit, Decimal there) {
    Decimal& before = taken[{lot, proposed.place, unit}];
    const Decimal part = std::min(left, there - before);
    if (!part.is_positive()) return;
    PickRow& next = rows.emplace_back(row);
    next.quantity = part;
    if (unit) next.sscc = view.handling_unit(unit)->sscc;
    before += part, left -= part;
  };
  if (!view.has_handling_units()) return rows.push_back(row);
  take({}, proposed.lot->on_hand(proposed.place) - packed_in(view, lot, proposed.place));
  for (const Id<HandlingUnit> id : view.handling_units_with(lot)) {
    const HandlingUnit& unit = *view.handling_unit(id);
    if (unit.place != proposed.place || !view.holds_on(id).empty()) continue;
    Decimal on_it;
    for (const PackedGoods& goods : unit.goods)
      if (goods.lot == lot) on_it += goods.quantity;
    take(id, on_it);
  }
  if (!left.is_positive()) return;
  PickRow& rest = rows.emplace_back(row);
  rest.quantity = left;
}

void list_picks(const View& view, const LinePlan& planned, TakenSoFar& taken, PickListAnswer& answer) {
  const auto& [line, want, plan] = planned;
  for (std::size_t i = 0; i < plan.take.size(); ++i) {
    const Proposed& p = plan.take[i];
    PickRow row = pick_row(view, line->line, *p.lot, p.place);
    row.quantity = p.quantity;
    row.why = (i == 0 ? "goes first: " : "next: ") + day_spoken(view, *p.lot);
    off_pallets(view, p, row, taken, answer.take);
  }
  if (plan.covered >= want.quantity) return;
  ShortRow lacking;
  const Item* item = view.masters().items.find(line->item);
  lacking.line = line->line, lacking.item = item->code, lacking.unit = item->unit;
  lacking.quantity = want.quantity - plan.covered;
  lacking.why = plan.entitled < want.quantity ? "Orders made before want what is there."
                : plan.passed.empty()         ? "There is no more at the site."
                                              : "What else is there cannot be taken; see passed_over.";
  answer.lacking.push_back(std::move(lacking));
  for (const PassedOver& p : plan.passed) {
    PickRow row = pick_row(view, line->line, *p.lot, p.place);
    row.quantity = p.quantity, row.why = text_of(p.why).name;
    answer.passed_over.push_back(std::move(row));
  }
}

}  // namespace

Result<TradeOrdersAnswer> ask(const TradeOrdersQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  Id<Partner> partner;
  if (!question.partner.empty()) {
    partner = view.masters().partners.id_of(question.partner);
    if (!partner)
      return Refusal{Code::unknown_partner, "/partner",
                     "There is no partner \"" + question.partner + "\". Look it up with \"partners\"."};
  }
  TradeOrdersAnswer answer;
  std::vector<Id<TradeOrder>> found;
  const std::size_t most = rows_allowed(question.limit);
  std::string last;
  view.behind().trade_orders_after(question.kind, question.after, [&](const TradeOrder& order) {
    if ((question.state && order.state != *question.state) || (partner && order.partner != partner)) return true;
    if (found.size() == most) {
      answer.next = last;
      return false;
    }
    found.push_back(order.id), last = order.number;
    return true;
  });
  for (const Id<TradeOrder> id : found) answer.rows.push_back(order_row(view.masters(), *view.trade_order(id)));
  return answer;
}

Result<TradeOrderAnswer> ask(const TradeOrderQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Result<const TradeOrder*> found = find_order(view, question.kind, question.number, "/number");
  if (!found) return found.refusals();
  const TradeOrder& order = **found;
  TradeOrderAnswer answer;
  answer.order = order_row(view.masters(), order);
  std::map<Id<Item>, Decimal> reserved;
  for (const TradeLine& line : order.lines) {
    const Item* item = view.masters().items.find(line.item);
    TradeLineRow row;
    row.line = line.line, row.item = item->code, row.unit = item->unit, row.ordered = line.quantity;
    row.bound = line.bound, row.picked = line.picked, row.done = line.done;
    if (order.state == TradeState::open) row.open = line.open();
    if (order.is_waiting(line)) {
      Want want = want_of(view, order, line, day_of(snapshot, order));
      want.use.life = {};
      Decimal& of_item = reserved[line.item];
      const Decimal before = view.wanted_before(order.id, line.item, order.site) + of_item;
      row.reserved = std::clamp(usable_stock(view, want, before + want.quantity) - before, Decimal(), want.quantity);
      of_item += row.reserved;
    }
    answer.lines.push_back(std::move(row));
  }
  return answer;
}

Result<PickListAnswer> ask(const PickListQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Result<const TradeOrder*> found = find_order(view, TradeKind::sales, question.order, "/order");
  if (!found) return found.refusals();
  const TradeOrder& order = **found;
  PickListAnswer answer;
  answer.order = order.number, answer.site = view.masters().places.code_of(order.site);
  TakenSoFar taken;
  const Date day = day_of(snapshot, order);
  for (const LinePlan& planned : plan_order(view, order, day, Explain::yes)) list_picks(view, planned, taken, answer);
  for (const Allotment& a : view.allotments_for(order.id)) {
    const LotState* lot = view.lot(a.lot);
    const TradeLine* line = order.line(a.line);
    if (!a.is_picked || !lot || !line) continue;
    const std::optional<Code> why = why_not_usable(view, *lot, a.place, want_of(view, order, *line, day).use);
    const Decimal back = why ? a.quantity : std::min(a.quantity, view.held_apart(*lot, a.place));
    if (back.is_zero()) continue;
    PickRow row = pick_row(view, a.line, *lot, a.place);
    row.quantity = back, row.why = text_of(why.value_or(Code::lot_is_on_hold)).name;
    answer.put_back.push_back(std::move(row));
  }
  return answer;
}

Result<AvailabilityAnswer> ask(const AvailabilityQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Result<Id<Item>> item = find_item(view, question.item, "/item");
  if (!item) return item.refusals();
  const Result<Id<Place>> site = find_place(view, question.site, "/site");
  if (!site) return site.refusals();
  const Item& record = *masters.items.find(*item);
  Want want;
  want.item = *item, want.site = masters.site_of(*site);
  want.use.day = today_at(masters, want.site, snapshot.now);
  AvailabilityAnswer answer;
  answer.item = record.code, answer.site = masters.places.code_of(want.site), answer.unit = record.unit;
  answer.usable = usable_stock(view, want, Decimal::from_millionths(INT64_MAX));
  answer.reserved = view.wanted_before(Id<TradeOrder>{UINT32_MAX}, *item, want.site);
  answer.available = std::max(answer.usable - answer.reserved, Decimal());
  return answer;
}

}  // namespace lotbook
