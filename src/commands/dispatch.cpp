// SPDX-License-Identifier: Apache-2.0
#include "commands/dispatch.h"

#include <algorithm>

#include "commands/correct.h"
#include "commands/hold.h"
#include "commands/leaving.h"
#include "commands/use_order.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// What had been picked for an order, and lies somewhere else now, is picked for it only if that is staging, too.
void leave_to_order(const Look& look, Draft& draft, const Entry& dispatched, std::size_t line) {
  const auto here = static_cast<std::uint32_t>(draft.entry.lines.size() - 1);
  const Id<Place> to = draft.entry.lines.back().to;
  for (const Fact& fact : dispatched.facts) {
    const auto* step = std::get_if<ForOrder>(&fact);
    if (!step || step->line != line || step->step != OrderStep::dispatched) continue;
    draft.fact(ForOrder{step->order, step->order_line, here, OrderStep::put_back});
    if (look.masters().use_of(to) == PlaceKind::staging)
      draft.fact(ForOrder{step->order, step->order_line, here, OrderStep::picked});
  }
}

/// A pallet leaves with all that is on it, if all of it may leave. Where it stood; none when it may not.
Id<Place> send_unit(Look& look, Draft& draft, const Dispatch& command, std::size_t i,
                    std::vector<std::pair<FoundLot, Id<Place>>>& taken) {
  const std::string field = "/handling_units/" + std::to_string(i);
  const HandlingUnit* outer = handling_unit_named(look, command.handling_units[i], field);
  if (!outer) return {};
  const std::vector<const HandlingUnit*> units = with_nested(look.view(), *outer);
  for (const HandlingUnit* unit : units) {
    Id<Lot> judged;  // units of one lot stand behind each other
    for (const PackedGoods& goods : unit->goods) {
      if (goods.lot == judged) continue;
      judged = goods.lot;
      const LotState& lot = *look.view().lot(goods.lot);
      const Item& item = *look.masters().items.find(lot.lot.item);
      const LifeAsked life = life_asked(look.masters(), item, draft.entry.partner, draft.entry.address);
      judge_leaving(look, draft, {lot, unit->place, life, field},
                    {command.override_life, command.override_best_before, command.reason, command.consent});
      if (!lot.is_untracked()) taken.emplace_back(FoundLot{{lot.lot.item, &item}, &lot}, unit->place);
    }
    add_goods(look, draft, *unit, ends::customer, field);
  }
  carry(draft, units, ends::customer);
  draft.quantity_field = field;
  return outer->place;
}

}  // namespace

Result<Draft> decide(const Dispatch& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::dispatch, view);
  draft.entry.partner = look.partner(command.customer, Role::customer, "/customer");
  draft.entry.address = look.address(command.address, draft.entry.partner, "/address");
  Id<Place> where;
  std::vector<std::pair<FoundLot, Id<Place>>> taken;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const DispatchLine& line = command.lines[i];
    const FoundLot lot = lot_asked(look, line, "/lines/" + std::to_string(i));
    const Id<Place> from = look.place(line.from, at("lines", i, "from"));
    if (!lot || !from) continue;
    const std::optional<Decimal> quantity =
        quantity_asked(look, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    const std::optional<Decimal> quantity2 =
        look.quantity2(line.quantity2, *lot.item.item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) continue;
    const LifeAsked life = life_asked(look.masters(), *lot.item.item, draft.entry.partner, draft.entry.address);
    if (!judge_leaving(look, draft, {*lot.state, from, life, at("lines", i, "lot")},
                       {command.override_life, command.override_best_before, command.reason, command.consent}))
      continue;
    look.take(draft, {*lot.state, from, ends::customer, *quantity, *quantity2, command.confirm_here,
                      at("lines", i, "quantity")});
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    note_attributes(look, draft, {AskedAt::dispatch, lot.item, lot.id().value, at("lines", i, "attributes")},
                    line.attributes);
    if (!lot.state->is_untracked()) taken.emplace_back(lot, from);
    where = from;
  }
  for (std::size_t i = 0; i < command.handling_units.size(); ++i)
    if (const Id<Place> from = send_unit(look, draft, command, i, taken)) where = from;
  if (draft.entry.lines.empty() && !look.refused())
    look.refuse(Code::missing, "/lines", "Say what leaves: lines, or handling units with something on them.");
  for (const auto& [lot, from] : taken)
    note_dispatch_out_of_order(look, draft, {*lot.state, from},
                               life_asked(look.masters(), *lot.item.item, draft.entry.partner, draft.entry.address));
  if (look.refused()) return look.refusals();
  note_reserved_goods(look, draft);
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

Result<Draft> decide(const VoidDispatch& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::void_dispatch, view);
  const Id<Place> to = look.place(command.to, "/to");
  for (const Entry* entry : standing_under(view, command.document)) {
    if (entry->kind == EntryKind::return_goods && entry->reference == command.document)
      look.refuse(Code::in_the_way, "/document",
                  "Goods of this delivery came back (entry " + std::to_string(entry->seq) +
                      "), so they had left. Correct the return first if it is wrong.");
    if (entry->kind == EntryKind::dispatch && entry->document == command.document)
      draft.entry.reverses.push_back(entry->seq);
  }
  if (draft.entry.reverses.empty())
    look.refuse(Code::not_dispatched, "/document",
                "No dispatch stands under " + command.document + ". Check the number.");
  if (look.refused()) return look.refusals();
  for (const std::uint64_t seq : draft.entry.reverses) {
    const Entry& dispatched = *view.entry(seq);
    draft.entry.partner = dispatched.partner, draft.entry.address = dispatched.address;
    // What was moved late or counted in for it ("I have it here") was there all the same.
    for (const Line& line : dispatched.lines)
      if (line.to != ends::customer || line.from != to) {
        const bool had_left = line.to == ends::customer;
        draft.entry.lines.push_back(line), draft.entry.lines.back().to = had_left ? to : line.to;
        if (had_left)
          leave_to_order(look, draft, dispatched, static_cast<std::size_t>(&line - dispatched.lines.data()));
      }
  }
  // Pallets come back to where they stood, and are where the goods are now.
  for (const std::uint64_t seq : draft.entry.reverses)
    for (const Fact& fact : view.entry(seq)->facts)
      if (const auto* left = std::get_if<HandlingUnitMoved>(&fact); left && left->from != to.value)
        draft.fact(HandlingUnitMoved{left->handling_unit, left->from, to.value, left->old_inside,
                                     left->inside == left->old_inside ? left->inside : 0});
  Look::paper(draft, {std::nullopt, command.document, {}, command.reason}, to);
  return draft;
}

Decimal net_dispatched(const View& view, Id<Lot> lot, Id<Partner> customer) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(lot.value)) entries.push_back(view.entry(seq));
  Decimal net;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (entry->partner != customer) continue;
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      if (line.to == ends::customer) net += line.quantity;
      if (line.from == ends::customer) net -= line.quantity;
    }
  }
  return net;
}

Result<Draft> decide(const ReturnGoods& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::return_goods, view);
  draft.entry.partner = look.partner(command.customer, Role::customer, "/customer");
  if (!command.reference.empty()) {
    const std::vector<const Entry*> entries = standing_under(view, command.reference);
    const auto is_it = [&](const Entry* e) {
      return e->kind == EntryKind::dispatch && e->partner == draft.entry.partner && e->document == command.reference;
    };
    const auto found = std::find_if(entries.begin(), entries.end(), is_it);
    if (found == entries.end())
      look.refuse(Code::not_dispatched, "/reference",
                  "Nothing left to this customer on delivery note " + command.reference +
                      ". Check the number, or leave it out.");
    else
      draft.entry.address = (*found)->address;
  }
  Id<Place> where;
  std::vector<std::pair<Id<Lot>, Decimal>> taken;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const ReturnLine& line = command.lines[i];
    const FoundLot lot = lot_asked(look, line, "/lines/" + std::to_string(i));
    const Id<Place> to = look.place(line.to, at("lines", i, "to"));
    if (!lot || !to) continue;
    const std::optional<Decimal> quantity =
        quantity_asked(look, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    const std::optional<Decimal> quantity2 =
        look.quantity2(line.quantity2, *lot.item.item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) continue;
    const PlaceKind use = view.masters().use_of(to);
    if (use != PlaceKind::returns && use != PlaceKind::quarantine) {
      look.refuse(Code::place_not_allowed, at("lines", i, "to"),
                  "Returned goods go to a returns or quarantine location until quality decides. Name one.");
      continue;
    }
    Decimal had = net_dispatched(view, lot.id(), draft.entry.partner);
    for (const auto& [earlier, part] : taken)
      if (earlier == lot.id()) had -= part;
    taken.emplace_back(lot.id(), *quantity);
    if (*quantity > had && !lot.state->is_untracked()) {
      const std::string detail = "The book says that " + command.customer + " has " +
                                 std::max(had, Decimal()).text(lot.item.item->decimals) + " " + lot.item.item->unit +
                                 " of " + spoken(view, lot.state->lot) + ".";
      if (!command.confirm_unproven) {
        look.refuse(Code::more_than_dispatched, at("lines", i, "quantity"),
                    detail + " Check lot and quantity, or confirm with confirm_unproven to take it in on hold.");
        continue;
      }
      HoldPlaced placed;
      placed.hold = draft.new_id(), placed.number = hold_series_number(view, placed.hold),
      placed.reason = "returned goods of unproven origin", placed.place = to.value, placed.lots = {lot.id().value};
      draft.fact(std::move(placed));
      draft.notice("unproven_origin", detail + " Taken in on hold.", lot.id());
    }
    draft.line(lot.id(), ends::customer, to, *quantity, *quantity2);
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    where = to;
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
