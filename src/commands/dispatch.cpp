// SPDX-License-Identifier: Apache-2.0
#include "commands/dispatch.h"

#include <algorithm>
#include <set>

#include "commands/correct.h"
#include "commands/leaving.h"
#include "commands/use_order.h"
#include "ledger/handling_units.h"
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

using LotsTaken = std::vector<std::pair<FoundLot, Id<Place>>>;

/// A pallet leaves with all that is on it, if all of it may leave.
void send_unit(Look& look, Draft& draft, const Dispatch& command, const WholeUnit& whole, LotsTaken& taken) {
  for (const HandlingUnit* unit : whole.units) {
    for (const Id<Lot> id : lots_on(*unit)) {
      const LotState& lot = *look.view().lot(id);
      const Item& item = *look.masters().items.find(lot.lot.item);
      const LifeAsked life = life_asked(look.masters(), item, draft.entry.partner, draft.entry.address);
      judge_leaving(look, draft, {lot, unit->place, life, whole.field},
                    {command.override_life, command.override_best_before, command.reason, command.consent});
      taken.emplace_back(FoundLot{{lot.lot.item, &item}, &lot}, unit->place);
    }
    add_goods(look, draft, *unit, ends::customer, whole.field);
  }
  carry(draft, whole.units, ends::customer);
  draft.quantity_field = whole.field;
}

/// What the book asks for at dispatch is asked once for all that is on pallets, and noted of each lot.
void note_attributes_of_units(Look& look, Draft& draft, const Dispatch& command, const LotsTaken& taken) {
  if (taken.empty() && !command.attributes.empty())
    look.refuse(Code::malformed, "/attributes",
                "Nothing leaves on a handling unit. Give attributes with the line that they belong to.");
  std::set<Id<Lot>> noted;
  std::set<Id<Item>> items;
  for (const auto& [lot, from] : taken) {
    const bool is_said = !items.insert(lot.item.id).second && look.refused();
    if (!is_said && noted.insert(lot.id()).second)
      note_attributes(look, draft, {AskedAt::dispatch, lot.item, lot.id().value, "/attributes"}, command.attributes);
  }
}

/// The dispatches to take back: one customer's (R80).
std::vector<const Entry*> dispatches_of(Look& look, const VoidDispatch& command) {
  const View& view = look.view();
  Id<Partner> customer;
  if (!command.customer.empty()) customer = look.partner(command.customer, Role::customer, "/customer");
  std::vector<const Entry*> dispatches;
  std::set<Id<Partner>> customers;
  for (const Entry* entry : standing_under(view, command.document)) {
    if (customer && entry->partner != customer) continue;
    if (entry->kind == EntryKind::return_goods && entry->reference == command.document)
      look.refuse(Code::in_the_way, "/document",
                  "Goods of this delivery came back (entry " + std::to_string(entry->seq) +
                      "), so they had left. Correct the return first if it is wrong.");
    if (entry->kind == EntryKind::dispatch && entry->document == command.document)
      dispatches.push_back(entry), customers.insert(entry->partner);
  }
  if (dispatches.empty() && !look.refused())
    look.refuse(Code::not_dispatched, "/document",
                "No dispatch" + (customer ? " to " + command.customer : std::string()) + " stands under " +
                    command.document + ". Check the number.");
  if (customers.size() > 1) {
    std::string spoken;
    for (const Id<Partner> id : customers)
      spoken += (spoken.empty() ? "" : ", ") + std::string(view.masters().partners.code_of(id));
    look.refuse(Code::missing, "/customer",
                "Several customers have a delivery note " + command.document + ": " + spoken + ". Say whose is void.");
  }
  return dispatches;
}

/// Pallets come back to where they stood, packed as they left, and are where the goods are now. A case that left
/// without its pallet stands by itself when that is elsewhere by now.
void bring_back_units(const View& view, Draft& draft, const std::vector<const Entry*>& dispatches, Id<Place> to) {
  std::set<std::uint32_t> back;
  for (const Entry* dispatched : dispatches)
    for (const Fact& fact : dispatched->facts)
      if (const auto* left = std::get_if<HandlingUnitMoved>(&fact)) back.insert(left->handling_unit);
  for (const Entry* dispatched : dispatches)
    for (const Fact& fact : dispatched->facts) {
      // What a correction said of its load is so, whether it left or not.
      if (const auto* packed = std::get_if<Packed>(&fact)) draft.fact(*packed);
      const auto* left = std::get_if<HandlingUnitMoved>(&fact);
      if (!left) continue;
      const HandlingUnit* below =
          left->old_inside == 0 ? nullptr : view.handling_unit(Id<HandlingUnit>{left->old_inside});
      const bool is_there = below && below->is_known &&
                            (back.contains(left->old_inside) || (left->from == to.value && below->place == to));
      const std::uint32_t inside = is_there ? left->old_inside : 0;
      if (left->from != to.value || inside != left->old_inside)
        draft.fact(HandlingUnitMoved{left->handling_unit, left->from, to.value, left->old_inside, inside});
    }
}

}  // namespace

Result<Draft> decide(const Dispatch& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::dispatch, view);
  draft.entry.partner = look.partner(command.customer, Role::customer, "/customer");
  draft.entry.address = look.address(command.address, draft.entry.partner, "/address");
  Id<Place> where;
  LotsTaken taken, on_units;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const DispatchLine& line = command.lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.from, "from");
    if (!asked) continue;
    const auto& [lot, from, quantity, quantity2] = *asked;
    const LifeAsked life = life_asked(look.masters(), *lot.item.item, draft.entry.partner, draft.entry.address);
    if (!judge_leaving(look, draft, {*lot.state, from, life, at("lines", i, "lot")},
                       {command.override_life, command.override_best_before, command.reason, command.consent}))
      continue;
    const std::size_t first = draft.entry.lines.size();
    look.take(draft, {*lot.state, from, ends::customer, quantity, quantity2, command.confirm_here,
                      at("lines", i, "quantity")});
    Look::typed(draft, line.quantity, line.unit, *lot.item.item);
    name_known_serials(look, draft, serials_asked(line, *lot.item.item, "/lines/" + std::to_string(i)));
    take_off(look, draft, {line.sscc, from, first, "/lines/" + std::to_string(i)});
    note_attributes(look, draft, {AskedAt::dispatch, lot.item, lot.id().value, at("lines", i, "attributes")},
                    line.attributes);
    if (!lot.state->is_untracked()) taken.emplace_back(lot, from);
    where = from;
  }
  const std::vector<WholeUnit> leaving = whole_units(look, command.handling_units, unit_here);
  for (const WholeUnit& whole : leaving) send_unit(look, draft, command, whole, on_units), where = whole.outer().place;
  note_attributes_of_units(look, draft, command, on_units);
  for (const auto& [lot, from] : on_units)
    if (!lot.state->is_untracked()) taken.emplace_back(lot, from);
  if (draft.entry.lines.empty() && leaving.empty() && !look.refused())
    look.refuse(Code::missing, "/lines", "Say what leaves: lines, or handling units.");
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
  const std::vector<const Entry*> dispatches = dispatches_of(look, command);
  if (look.refused()) return look.refusals();
  for (const Entry* dispatched : dispatches) {
    draft.entry.reverses.push_back(dispatched->seq);
    draft.entry.partner = dispatched->partner, draft.entry.address = dispatched->address;
    // What was moved late or counted in for it ("I have it here") was there all the same.
    for (const Line& line : dispatched->lines)
      if (line.to != ends::customer || line.from != to) {
        const bool had_left = line.to == ends::customer;
        draft.entry.lines.push_back(line), draft.entry.lines.back().to = had_left ? to : line.to;
        if (had_left)
          leave_to_order(look, draft, *dispatched, static_cast<std::size_t>(&line - dispatched->lines.data()));
      }
  }
  bring_back_units(view, draft, dispatches, to);
  Look::paper(draft, {std::nullopt, command.document, {}, command.reason}, to);
  return draft;
}

}  // namespace lotbook
