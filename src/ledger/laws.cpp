// SPDX-License-Identifier: Apache-2.0
#include "ledger/laws.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "ledger/handling_units.h"
#include "ledger/order_moves.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

namespace {

constexpr std::array all_laws{
    Law{"lines_move_goods_between_places", lines_move_goods_between_places},
    Law{"lines_name_opened_lots", lines_name_opened_lots},
    Law{"lines_name_one_serial", lines_name_one_serial},
    Law{"serials_lie_in_one_place", serials_lie_in_one_place},
    Law{"nothing_is_below_zero", nothing_is_below_zero},
    Law{"assigned_inputs_precede_outputs", assigned_inputs_precede_outputs},
    Law{"corrections_point_at_standing_entries", corrections_point_at_standing_entries},
    Law{"orders_hold_what_is_there", orders_hold_what_is_there},
    Law{"vessels_hold_one_content", vessels_hold_one_content},
    Law{"handling_units_hold_what_is_there", handling_units_hold_what_is_there},
    Law{"signatures_bind_what_they_sign", signatures_bind_what_they_sign},
};

/// The first breach in an entry, or in one that it takes back or brings back.
template <class Of>
Breach first_breach(const View& after, const Entry& entry, Of of) {
  if (Breach breach = of(entry)) return breach;
  for (const auto* seqs : {&entry.reverses, &entry.reinstates})
    for (const std::uint64_t seq : *seqs)
      if (Breach breach = of(*after.entry(seq))) return breach;
  return std::nullopt;
}

std::string named(const LotState* state) { return state ? "lot " + state->lot.code : "a lot"; }

/// Whether the entry that opened a lot stands at entry `upto`. Dear, and asked only where a law looks broken. The view
/// of `verify` keeps no histories; it takes them from the table that it compares afterwards.
bool is_in_force(const View& after, const Entry& opened, std::uint64_t upto) {
  const std::uint32_t lot = opened.lines.front().lot.value;
  std::vector<std::uint64_t> seqs = after.history(lot);
  for (const std::uint64_t seq : after.behind().touches(lot, 0, SIZE_MAX)) seqs.push_back(seq);
  std::vector<const Entry*> entries{&opened};
  for (const std::uint64_t seq : seqs)
    if (seq < upto) entries.push_back(after.entry(seq));
  entries = standing(std::move(entries), upto);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry* e) { return e->seq == opened.seq; });
}

bool is_known_place(const View& view, Id<Place> place) {
  if (place.value >= ends::first_free_id) return view.masters().places.find(place) != nullptr;
  return place.value >= ends::supplier.value && place.value <= ends::in_transit.value;
}

}  // namespace

Breach lines_move_goods_between_places(const View& after, const Entry& entry) {
  for (const Line& line : entry.lines) {
    if (line.quantity.is_negative() || line.quantity2.is_negative()) return "a line moves less than nothing";
    if (line.quantity.is_zero() && line.quantity2.is_zero()) return "a line moves nothing";
    if (line.from == line.to) return "a line ends where it begins";
    if (!is_known_place(after, line.from) || !is_known_place(after, line.to))
      return "a line names a place that the book does not know";
    if (!ends::holds_stock(line.from) && !ends::holds_stock(line.to)) return "a line touches no stock";
  }
  return std::nullopt;
}

Breach lines_name_opened_lots(const View& after, const Entry& entry) {
  for (const Line& line : entry.lines)
    if (!after.lot(line.lot))
      return "a line names lot number " + std::to_string(line.lot.value) + ", which was never opened";
  return std::nullopt;
}

Breach lines_name_one_serial(const View& after, const Entry& entry) {
  for (const Line& line : entry.lines) {
    const LotState* state = after.lot(line.lot);
    const Item* item = state ? after.masters().items.find(state->lot.item) : nullptr;
    const bool by_unit = item && item->tracking == Tracking::serial;
    if (line.serial == 0) {
      if (by_unit) return "a line of " + named(state) + " names no serial number";
      continue;
    }
    if (!by_unit) return "a line of " + named(state) + " names a serial number, and its item has none";
    const Serial* serial = after.serial(Id<Serial>{line.serial});
    if (!serial) return "a line names unit number " + std::to_string(line.serial) + ", which was never opened";
    if (serial->lot != line.lot) return "a line names unit " + serial->code + ", which is of another lot";
    if (line.quantity != Decimal::whole(1) || !line.quantity2.is_zero())
      return "a line moves another quantity of unit " + serial->code + " than one";
  }
  return std::nullopt;
}

Breach serials_lie_in_one_place(const View& after, const Entry& entry) {
  const auto torn = [&](const Entry& moved) -> Breach {
    for (const Line& line : moved.lines)
      if (line.serial != 0 && after.is_torn(Id<Serial>{line.serial}))
        return "unit number " + std::to_string(line.serial) + " does not lie in one place";
    return std::nullopt;
  };
  if (Breach breach = torn(entry)) return breach;
  for (const auto* seqs : {&entry.reverses, &entry.reinstates})
    for (const std::uint64_t seq : *seqs)
      if (Breach breach = torn(*after.entry(seq))) return breach;
  for (const Fact& fact : entry.facts) {
    const auto* installed = std::get_if<Installed>(&fact);
    if (!installed) continue;
    if (!after.serial(Id<Serial>{installed->into})) return "a unit is installed in one that was never opened";
    for (const Serial* in = after.serial(Id<Serial>{installed->into}); in; in = after.serial(in->inside))
      if (in->id.value == installed->serial) return "unit " + in->code + " would be a part of itself";
  }
  return std::nullopt;
}

Breach nothing_is_below_zero(const View& after, const Entry& entry) {
  const auto below = [&](const Entry& moved) -> Breach {
    for (const Line& line : moved.lines) {
      const LotState* state = after.lot(line.lot);
      if (!state) continue;
      for (const LotState::Cell& cell : state->cells)
        if (cell.quantity.is_negative() || cell.quantity2.is_negative())
          return named(state) + " is below zero in a place";
    }
    return std::nullopt;
  };
  if (Breach breach = below(entry)) return breach;
  for (const std::uint64_t seq : entry.reverses)
    if (Breach breach = below(*after.entry(seq))) return breach;
  return std::nullopt;
}

Breach assigned_inputs_precede_outputs(const View& after, const Entry& entry) {
  for (const Fact& fact : entry.facts) {
    const auto* assigned = std::get_if<Assigned>(&fact);
    if (!assigned) continue;
    if (assigned->line >= entry.lines.size()) return "an assignment names a line that the entry does not have";
    const LotState* output = after.lot(Id<Lot>{assigned->output});
    if (!output) return "an input is assigned to a lot that was never opened";
    // What comes back from a run names the output it was assigned to, at any time (R68).
    if (ends::holds_stock(entry.lines[assigned->line].to)) continue;
    const bool here = std::any_of(entry.lines.begin(), entry.lines.end(),
                                  [&](const Line& line) { return line.lot.value == assigned->output; });
    if (here || output->lot.opened_in == entry.seq) continue;
    const Entry* opened = after.entry(output->lot.opened_in);
    // A batch number may be taken before anything is yielded (R13); only a yield has an instant to compare with.
    const bool yields = opened && std::any_of(opened->lines.begin(), opened->lines.end(),
                                              [&](const Line& line) { return line.lot.value == assigned->output; });
    if (yields && opened->run == entry.run && entry.occurred.earliest() > opened->occurred.latest() &&
        is_in_force(after, *opened, entry.seq))
      return "an assigned input lies after its output";
  }
  return std::nullopt;
}

Breach corrections_point_at_standing_entries(const View& after, const Entry& entry) {
  for (const std::uint64_t seq : entry.reverses) {
    if (seq >= entry.seq) return "a correction points forwards";
    if (!after.entry(seq)) return "a correction points at no entry";
    if (std::count(entry.reverses.begin(), entry.reverses.end(), seq) > 1)
      return "a correction takes an entry back twice";
  }
  return std::nullopt;
}

Breach signatures_bind_what_they_sign(const View& after, const Entry& entry) {
  for (const Fact& fact : entry.facts) {
    const auto* made = std::get_if<Signed>(&fact);
    if (!made) continue;
    const User* signer = after.masters().users.find(Id<User>{made->signer});
    if (!signer || signer->code != entry.who) return "a signature is not of the user who made it";
    if (made->entry >= entry.seq || !after.entry(made->entry)) return "a signature signs no earlier entry";
    // Where a whole book is posted again, an entry of the same batch has no row yet: its chain is compared in the end.
    const std::optional<EntryRow> row = after.behind().entry(made->entry);
    if (row && hex(row->hash) != made->hash)
      return "a signature binds another hash than that of entry " + std::to_string(made->entry);
  }
  return std::nullopt;
}

Breach vessels_hold_one_content(const View& after, const Entry& entry) {
  const auto of = [&](Id<Place> place) -> Breach {
    if (!after.masters().is_vessel(place)) return std::nullopt;
    const Place& vessel = *after.masters().places.find(place);
    const std::vector<Id<Lot>>& lots = after.lots_in_vessel(place);
    if (lots.size() > 1 && vessel.mixing == Mixing::mixes) return vessel.code + " mixes and holds several lots";
    for (const Id<Lot> lot : lots)
      if (after.lot(lot)->lot.item != after.lot(lots.front())->lot.item) return vessel.code + " holds several items";
    return std::nullopt;
  };
  const auto lines_of = [&](const Entry& part) -> Breach {
    for (const Line& line : part.lines)
      for (const Id<Place> place : {line.from, line.to})
        if (Breach breach = of(place)) return breach;
    return std::nullopt;
  };
  return first_breach(after, entry, lines_of);
}

Breach handling_units_hold_what_is_there(const View& after, const Entry& entry) {
  if (!after.has_handling_units()) return std::nullopt;
  const auto of = [&](Id<Lot> lot, Id<Place> place) -> Breach {
    if (!ends::holds_stock(place)) return std::nullopt;
    const Decimal packed = packed_in(after, lot, place);
    const LotState* state = after.lot(lot);
    if (packed.is_zero() || (state && packed <= state->on_hand(place))) return std::nullopt;
    return "more of " + named(state) + " is on handling units than lies there";
  };
  const auto of_entry = [&](const Entry& part) -> Breach {
    for (const Line& line : part.lines)
      for (const Id<Place> place : {line.from, line.to})
        if (Breach breach = of(line.lot, place)) return breach;
    for (const Fact& fact : part.facts) {
      std::uint32_t id = 0;
      if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact)) id = moved->handling_unit;
      if (const auto* packed = std::get_if<Packed>(&fact)) id = packed->handling_unit;
      const HandlingUnit* unit = id != 0 ? after.handling_unit(Id<HandlingUnit>{id}) : nullptr;
      if (!unit) continue;
      for (const PackedGoods& goods : unit->goods) {
        if (goods.quantity.is_negative()) return "less than nothing is on handling unit " + unit->sscc;
        if (Breach breach = of(goods.lot, unit->place)) return breach;
      }
      const HandlingUnit* below = unit->inside ? after.handling_unit(unit->inside) : nullptr;
      if (unit->inside && (!below || below->place != unit->place))
        return "handling unit " + unit->sscc + " stands on one that is elsewhere";
      for (std::size_t steps = 0; below; below = below->inside ? after.handling_unit(below->inside) : nullptr)
        if (below == unit || ++steps > 1000) return "handling unit " + unit->sscc + " stands on itself";
    }
    return std::nullopt;
  };
  return first_breach(after, entry, of_entry);
}

Breach orders_hold_what_is_there(const View& after, const Entry& entry) {
  const auto lines_of = [&](std::uint32_t id) -> Breach {
    const TradeOrder* order = after.trade_order(Id<TradeOrder>{id});
    if (!order) return "an entry speaks of an order that was never made";
    if (order->kind != TradeKind::sales) return std::nullopt;
    for (const TradeLine& line : order->lines) {
      if (line.bound.is_negative() || line.picked.is_negative() || line.done.is_negative())
        return "a line of order " + order->number + " has less than nothing";
      if (line.bound + line.picked + line.done > line.quantity)
        return "a line of order " + order->number + " has more than was ordered";
    }
    for (const Allotment& a : after.allotments_for(order->id))
      if (a.is_picked && a.quantity.is_negative()) return "less than nothing is picked of " + named(after.lot(a.lot));
    return std::nullopt;
  };
  const auto place_of = [&](Id<Lot> lot, Id<Place> place) -> Breach {
    if (after.masters().use_of(place) != PlaceKind::staging) return std::nullopt;
    const LotState* state = after.lot(lot);
    const Decimal picked = after.allotted(lot, place).picked;
    if (picked.is_positive() && (!state || state->on_hand(place) < picked))
      return "more of " + named(state) + " is picked than lies in staging";
    return std::nullopt;
  };
  const auto of = [&](const Entry& part) -> Breach {
    for (const Line& line : part.lines)
      for (const Id<Place> place : {line.from, line.to})
        if (Breach breach = place_of(line.lot, place)) return breach;
    for (const Fact& fact : part.facts) {
      Breach breach;
      if (const auto* f = std::get_if<OrderLineSet>(&fact)) breach = lines_of(f->order);
      if (const auto* f = std::get_if<Bound>(&fact)) breach = lines_of(f->order);
      if (const auto* f = std::get_if<Unbound>(&fact)) breach = lines_of(f->order);
      if (const auto* f = std::get_if<ForOrder>(&fact)) {
        if (f->line >= part.lines.size()) return "a step of an order names a line that the entry does not have";
        breach = lines_of(f->order);
      }
      if (breach) return breach;
    }
    return std::nullopt;
  };
  return first_breach(after, entry, of);
}

std::span<const Law> laws() { return all_laws; }

void check_laws(const View& after, const Entry& entry) {
  for (const Law& law : laws())
    if (const Breach breach = law.check(after, entry))
      throw BrokenLaw(std::string(law.name) + " does not hold at entry " + std::to_string(entry.seq) + ": " + *breach);
}

}  // namespace lotbook
