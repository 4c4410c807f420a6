// SPDX-License-Identifier: Apache-2.0
#include "commands/transfer.h"

#include <map>

#include "commands/correct.h"
#include "commands/restocking.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

struct InTransit {
  Decimal quantity, quantity2;
};

/// What is on the road under that document, by lot.
std::map<Id<Lot>, InTransit> in_transit_under(const View& view, const std::string& document) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.documents(document)) {
    const Entry* entry = view.entry(seq);
    entries.push_back(entry);
    // A correction may be on another paper: the lots know it.
    for (const Line& line : entry->lines)
      for (const std::uint64_t other : view.history(line.lot.value)) entries.push_back(view.entry(other));
  }
  std::map<Id<Lot>, InTransit> on_the_road;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (entry->document != document) continue;
    for (const Line& line : entry->lines) {
      InTransit& lot = on_the_road[line.lot];
      if (line.to == ends::in_transit) lot.quantity += line.quantity, lot.quantity2 += line.quantity2;
      if (line.from == ends::in_transit) lot.quantity -= line.quantity, lot.quantity2 -= line.quantity2;
    }
  }
  return on_the_road;
}

/// Whether the unit went on its way under that document.
bool left_under(const View& view, const HandlingUnit& unit, const std::string& document) {
  for (const Entry* entry : standing_under(view, document))
    for (const Fact& fact : entry->facts)
      if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact);
          moved && moved->handling_unit == unit.id.value && moved->to == ends::in_transit.value)
        return true;
  return false;
}

/// Pallets arrive with all that is on them. Where; none: none is named, or something was refused.
Id<Place> arrive_whole(Look& look, Draft& draft, const TransferIn& command, std::map<Id<Lot>, InTransit>& on_the_road) {
  if (command.handling_units.empty()) return {};
  if (command.to.empty())
    return look.refuse(Code::missing, "/to", "Say where the handling units come to."), Id<Place>{};
  const Id<Place> to = look.place(command.to, "/to");
  for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_in_transit)) {
    if (!left_under(look.view(), whole.outer(), command.document)) {
      look.refuse(Code::more_than_in_transit, whole.field,
                  "Handling unit " + whole.outer().sscc + " did not leave under " + command.document +
                      ". Give the number of the transfer that it left under.");
      continue;
    }
    for (const HandlingUnit* unit : whole.units) {
      for (const PackedGoods& goods : unit->goods) {
        InTransit& sent = on_the_road[goods.lot];
        if (goods.quantity > sent.quantity || goods.quantity2 > sent.quantity2)
          look.refuse(Code::more_than_in_transit, whole.field,
                      "On " + unit->sscc + " is more of " + spoken(look.view(), look.view().lot(goods.lot)->lot) +
                          " than is in transit under " + command.document +
                          ". Unpack what did not come, and book in the rest.");
        sent.quantity -= goods.quantity, sent.quantity2 -= goods.quantity2;
      }
      add_goods(look, draft, *unit, to, whole.field);
    }
    carry(draft, whole.units, to);
    draft.quantity_field = whole.field;
  }
  return to;
}

}  // namespace

Result<Draft> decide(const TransferOut& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::transfer_out, view);
  const Masters& masters = view.masters();
  const Id<Place> to = look.place(command.to_site, "/to_site");
  for (std::size_t i = 0; to && i < command.lines.size(); ++i) {
    const Id<Place> from = masters.places.id_of(command.lines[i].from);
    if (from && masters.site_of(from) == masters.site_of(to))
      look.refuse(Code::not_the_same_site, "/to_site",
                  "The goods are at that site already. Inside one site, record a move.");
    const FoundItem item = look.item(command.lines[i].item, at("lines", i, "item"));
    if (!from || !item) continue;
    const LotState* lot = view.lot(view.lot_called(item.id, command.lines[i].lot));
    if (lot) judge_restocking(look, {{item, lot}, from, ends::in_transit}, at("lines", i, "from"));
  }
  if (look.refused()) return look.refusals();
  Id<Place> where = take_lines(look, draft, command.lines, {Purpose::move, ends::in_transit, command.confirm_here});
  for (const WholeUnit& whole : whole_units(look, command.handling_units, unit_here)) {
    const Id<Place> from = whole.outer().place;
    if (masters.site_of(from) == masters.site_of(to))
      look.refuse(Code::not_the_same_site, "/to_site",
                  "Handling unit " + whole.outer().sscc + " is at that site already. Inside one site, use move_unit.");
    else
      take_whole(look, draft, whole, {Purpose::move, ends::in_transit});
    if (!where) where = from;
  }
  if (!where && !look.refused()) look.refuse(Code::missing, "/lines", "Say what leaves: lines, or handling units.");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  draft.fact(Reading{0, "to_site", std::string(masters.places.code_of(masters.site_of(to))), ""});
  return draft;
}

Result<Draft> decide(const TransferIn& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::transfer_in, view);
  std::map<Id<Lot>, InTransit> on_the_road = in_transit_under(view, command.document);
  Id<Place> where;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const ArrivalLine& line = command.lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.to, "to");
    if (!asked) continue;
    const auto& [lot, to, quantity, quantity2] = *asked;
    const Item& item = *lot.item.item;
    InTransit& sent = on_the_road[lot.id()];
    if (quantity > sent.quantity || quantity2 > sent.quantity2) {
      const bool is_first = quantity > sent.quantity;
      const std::string rest = is_first ? sent.quantity.text(item.decimals) + " " + item.unit
                                        : sent.quantity2.text(item.decimals2) + " " + item.unit2;
      look.refuse(Code::more_than_in_transit, at("lines", i, is_first ? "quantity" : "quantity2"),
                  "Under " + command.document + ", " + rest + " of " + spoken(view, lot.state->lot) +
                      " is in transit. Book that much in; what is more is a count at this site.");
      continue;
    }
    sent.quantity -= quantity, sent.quantity2 -= quantity2;
    draft.line(lot.id(), ends::in_transit, to, quantity, quantity2);
    look.into(draft, to, at("lines", i, "to"));
    Look::typed(draft, line.quantity, line.unit, item);
    name_known_serials(look, draft, serials_asked(line, item, "/lines/" + std::to_string(i)));
    draft.quantity_field = at("lines", i, "quantity");
    if (!where) where = to;
  }
  if (const Id<Place> to = arrive_whole(look, draft, command, on_the_road)) where = to;
  if (!where && !look.refused()) look.refuse(Code::missing, "/lines", "Say what arrives: lines, or handling units.");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
