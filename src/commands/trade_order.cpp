// SPDX-License-Identifier: Apache-2.0
#include "commands/trade_order.h"

#include <algorithm>

namespace lotbook {

namespace {

/// What both kinds of order say.
struct Wish {
  TradeKind kind;
  const std::string& number;
  Id<Partner> partner;
  Id<Address> address;
  const std::string& site;
  Date due_on;
  const std::vector<OrderedLine>& lines;
  const std::string& reason;
};

/// The lines wanted, in order of number, in base units.
std::vector<TradeLine> wanted_lines(Look& look, const std::vector<OrderedLine>& asked) {
  std::vector<TradeLine> lines;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const OrderedLine& line = asked[i];
    const FoundItem item = look.item(line.item, at("lines", i, "item"));
    if (!item) continue;
    const std::optional<Decimal> quantity =
        look.quantity(line.quantity, line.unit, *item.item, "", at("lines", i, "quantity"));
    if (!quantity) continue;
    TradeLine wanted;
    wanted.line = line.line != 0 ? line.line : static_cast<std::uint32_t>(i + 1);
    wanted.item = item.id, wanted.quantity = *quantity;
    if (std::any_of(lines.begin(), lines.end(), [&](const TradeLine& l) { return l.line == wanted.line; }))
      look.refuse(Code::code_taken, at("lines", i, "line"),
                  "Line " + std::to_string(wanted.line) + " is there twice. Give each line its own number.");
    lines.push_back(wanted);
  }
  std::sort(lines.begin(), lines.end(), [](const TradeLine& a, const TradeLine& b) { return a.line < b.line; });
  return lines;
}

bool is_so_already(const TradeOrder& order, const OrderSet& set, const std::vector<TradeLine>& lines) {
  if (order.partner.value != set.partner || order.address.value != set.address || order.site.value != set.site ||
      order.due_on != set.due_on || order.state != TradeState::open)
    return false;
  std::size_t standing = 0;
  for (const TradeLine& line : order.lines) standing += line.quantity.is_positive() ? 1 : 0;
  return standing == lines.size() && std::all_of(lines.begin(), lines.end(), [&](const TradeLine& line) {
           const TradeLine* known = order.line(line.line);
           return known && known->item == line.item && known->quantity == line.quantity;
         });
}

std::uint64_t last_setting(const View& view, const TradeOrder& order) {
  std::uint64_t last = order.opened_in;
  for (const std::uint64_t seq : view.history(order.id.value))
    if (const Entry* entry = view.entry(seq); entry && entry->kind == EntryKind::set_order) last = seq;
  return last;
}

Result<Draft> set_order(Look& look, const Wish& wish) {
  const View& view = look.view();
  Draft draft(EntryKind::set_order, view);
  const Id<Place> site = look.place(wish.site, "/site");
  if (site && look.masters().site_of(site) != site)
    look.refuse(Code::place_not_allowed, "/site",
                wish.site + " is not a site. Name the site it lies in: lots are chosen when picking is released.");
  const std::vector<TradeLine> lines = wanted_lines(look, wish.lines);
  if (wish.lines.empty())
    look.refuse(Code::missing, "/lines", "An order has lines. To give the whole order up, cancel it.");
  if (look.refused()) return look.refusals();
  const TradeOrder* known = view.trade_order_numbered(wish.kind, wish.number);
  OrderSet set{known ? known->id.value : draft.new_id(),
               wish.kind,
               wish.number,
               wish.partner.value,
               wish.address.value,
               site.value,
               wish.due_on,
               known ? known->state : TradeState::open,
               TradeState::open};
  if (known && is_so_already(*known, set, lines)) {
    draft.same_as = last_setting(view, *known);
    return draft;
  }
  if (known && known->state == TradeState::closed)
    return Refusal{Code::order_not_open, "/number",
                   "Order " + wish.number + " is closed. Order what is still wanted under a new number."};
  if (known)
    if (const std::string done = done_for(*known); !done.empty())
      return Refusal{
          Code::order_has_begun, "/number",
          "Order " + wish.number + " is being worked on: " + done +
              ". Order what is wanted beyond it under another number; what is not, put back or close short."};
  draft.entry.partner = wish.partner, draft.entry.address = wish.address;
  draft.fact(set);
  for (const TradeLine& line : lines) {
    const TradeLine* before = known ? known->line(line.line) : nullptr;
    if (before && before->item != line.item)
      return Refusal{Code::wrong_item, "/lines",
                     "Line " + std::to_string(line.line) + " of order " + wish.number + " is of " +
                         std::string(look.masters().items.code_of(before->item)) +
                         ". Give another item a line number of its own."};
    const Decimal was = before ? before->quantity : Decimal();
    if (was != line.quantity) draft.fact(OrderLineSet{set.order, line.line, line.item.value, was, line.quantity});
  }
  if (known)
    for (const TradeLine& before : known->lines) {
      const auto kept =
          std::find_if(lines.begin(), lines.end(), [&](const TradeLine& l) { return l.line == before.line; });
      if (kept == lines.end() && before.quantity.is_positive())
        draft.fact(OrderLineSet{set.order, before.line, before.item.value, before.quantity, {}});
      // Lots are chosen anew for what is wanted now, where it is wanted from.
      unbind(view, draft, *known, before.line, before.bound);
    }
  Look::paper(draft, {std::nullopt, wish.number, {}, wish.reason}, site);
  return draft;
}

Draft ending(const View& view, const TradeOrder& order, TradeState state, const std::string& reason) {
  Draft draft(EntryKind::set_order, view);
  draft.entry.partner = order.partner, draft.entry.address = order.address;
  draft.fact(OrderSet{order.id.value, order.kind, order.number, order.partner.value, order.address.value,
                      order.site.value, order.due_on, order.state, state});
  for (const TradeLine& line : order.lines) unbind(view, draft, order, line.line, line.bound);
  Look::paper(draft, {std::nullopt, order.number, {}, reason}, order.site);
  return draft;
}

const TradeOrder* trade_order(Look& look, TradeKind kind, const std::string& number, const std::string& field) {
  const TradeOrder* order = look.view().trade_order_numbered(kind, number);
  if (!order)
    look.refuse(
        Code::unknown_order, field,
        "There is no " + std::string(name_of(kind)) + " order " + number + ". Check the number, or set it first.");
  return order;
}

}  // namespace

const TradeOrder* open_trade_order(Look& look, TradeKind kind, const std::string& number, const std::string& field) {
  const TradeOrder* order = trade_order(look, kind, number, field);
  if (!order || order->state == TradeState::open) return order;
  look.refuse(
      Code::order_not_open, field,
      "Order " + number + " is " + std::string(name_of(order->state)) + ". Nothing can be done for it any more.");
  return nullptr;
}

std::string done_for(const TradeOrder& order) {
  std::string done;
  for (const TradeLine& line : order.lines) {
    std::string part;
    if (line.picked.is_positive()) part = line.picked.text() + " picked";
    if (line.done.is_positive())
      part += (part.empty() ? "" : ", ") + line.done.text() +
              (order.kind == TradeKind::sales ? " dispatched" : " received");
    if (!part.empty()) done += (done.empty() ? "line " : "; line ") + std::to_string(line.line) + ": " + part;
  }
  return done;
}

void unbind(const View& view, Draft& draft, const TradeOrder& order, std::uint32_t line, Decimal quantity,
            const Allotment& first) {
  if (!quantity.is_positive()) return;
  std::vector<Allotment> bound;
  for (const Allotment& a : view.allotments_for(order.id))
    if (!a.is_picked && a.line == line) bound.push_back(a);
  const auto distance = [&](const Allotment& a) { return a.lot != first.lot ? 2 : a.place != first.place ? 1 : 0; };
  std::stable_sort(bound.begin(), bound.end(),
                   [&](const Allotment& a, const Allotment& b) { return distance(a) < distance(b); });
  // What earlier lines of the same draft set free is free already.
  for (const Fact& fact : draft.entry.facts)
    if (const auto* gone = std::get_if<Unbound>(&fact);
        gone && gone->order == order.id.value && gone->order_line == line)
      for (Allotment& a : bound)
        if (a.lot.value == gone->lot && a.place.value == gone->place) a.quantity -= gone->quantity;
  for (const Allotment& a : bound) {
    const Decimal part = std::min(a.quantity, quantity);
    if (!part.is_positive()) continue;
    draft.fact(Unbound{order.id.value, line, a.lot.value, a.place.value, part});
    quantity -= part;
  }
}

Result<Draft> decide(const SetSalesOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Id<Partner> customer = look.partner(command.customer, Role::customer, "/customer");
  const Id<Address> address = look.address(command.address, customer, "/address");
  return set_order(look, {TradeKind::sales, command.number, customer, address, command.site, command.due_on,
                          command.lines, command.reason});
}

Result<Draft> decide(const SetPurchaseOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Id<Partner> supplier = look.partner(command.supplier, Role::supplier, "/supplier");
  return set_order(
      look,
      {TradeKind::purchase, command.number, supplier, {}, command.site, command.due_on, command.lines, command.reason});
}

Result<Draft> decide(const CancelTradeOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const TradeOrder* order = open_trade_order(look, command.kind, command.number, "/number");
  if (!order) return look.refusals();
  if (const std::string done = done_for(*order); !done.empty())
    return Refusal{Code::order_has_begun, "/number",
                   "Order " + command.number + " is being worked on: " + done +
                       ". Put back what is picked; what has left or come in stays: close the order short."};
  return ending(view, *order, TradeState::cancelled, command.reason);
}

Result<Draft> decide(const CloseTradeOrder& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const TradeOrder* order = open_trade_order(look, command.kind, command.number, "/number");
  if (!order) return look.refusals();
  if (std::any_of(order->lines.begin(), order->lines.end(), [](const TradeLine& l) { return l.picked.is_positive(); }))
    return Refusal{Code::order_has_begun, "/number",
                   "Goods lie in staging for order " + command.number + ": " + done_for(*order) +
                       ". Dispatch them, or put them back."};
  return ending(view, *order, TradeState::closed, command.reason);
}

}  // namespace lotbook
