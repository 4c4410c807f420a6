// SPDX-License-Identifier: Apache-2.0
#include "commands/pack.h"

#include <algorithm>

#include "commands/restocking.h"
#include "commands/whole_units.h"
#include "ledger/handling_units.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// One opened by this very draft.
const HandlingUnitOpened* opened_here(const Draft& draft, const std::string& sscc) {
  for (const Fact& fact : draft.entry.facts)
    if (const auto* opened = std::get_if<HandlingUnitOpened>(&fact); opened && opened->sscc == sscc) return opened;
  return nullptr;
}

bool judge_sscc(Look& look, const std::string& sscc, const std::string& field) {
  if (is_sscc(sscc)) return true;
  look.refuse(
      Code::not_an_sscc, field,
      "\"" + sscc + "\" is no SSCC: that is 18 digits, of which the last one checks the others. Scan it again.");
  return false;
}

/// A long company prefix leaves few numbers, and what the book counts on from may come round to one that was given; or
/// somebody typed it before. Empty: none is free near by.
std::string free_sscc(const View& view, const std::string& prefix, std::uint32_t reference) {
  constexpr std::uint32_t most_tries = 1000;
  for (std::uint32_t i = 0; i < most_tries; ++i)
    if (std::string sscc = make_sscc(prefix, std::uint64_t{reference} + i); !view.handling_unit_called(sscc))
      return sscc;
  return {};
}

/// The lot and quantity of a line, and its units.
struct Goods {
  Id<Lot> lot;
  std::vector<PackedGoods> rows;
};
std::optional<Goods> goods_of(Look& look, const PackLine& line, const std::string& here) {
  const FoundLot lot = lot_asked(look, line, here);
  if (!lot) return std::nullopt;
  const std::optional<Decimal> quantity = quantity_asked(look, serials_asked(line, *lot.item.item, here));
  const std::optional<Decimal> quantity2 = look.quantity2(line.quantity2, *lot.item.item, here + "/quantity2");
  if (!quantity || !quantity2) return std::nullopt;
  Goods goods{lot.id(), {}};
  if (lot.item.item->tracking != Tracking::serial) {
    goods.rows.push_back({lot.id(), {}, *quantity, *quantity2});
    return goods;
  }
  for (std::size_t i = 0; i < line.serials.size(); ++i) {
    const auto units = look.view().serials_called(lot.item.id, line.serials[i]);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Serial* s) { return s->lot == lot.id(); });
    if (unit == units.end()) {
      look.refuse(Code::unknown_serial, here + "/serials/" + std::to_string(i),
                  "There is no unit " + line.serials[i] + " of that lot. Scan it again.");
      return std::nullopt;
    }
    goods.rows.push_back({lot.id(), (*unit)->id, Decimal::whole(1), {}});
  }
  return goods;
}

void take_row_off(Draft& draft, const HandlingUnit& unit, const PackedGoods& row) {
  draft.fact(Packed{unit.id.value, row.lot.value, row.serial.value, row.quantity, row.quantity2, true});
}

}  // namespace

const HandlingUnit* handling_unit_named(Look& look, const std::string& sscc, const std::string& field) {
  if (!judge_sscc(look, sscc, field)) return nullptr;
  const HandlingUnit* unit = look.view().handling_unit_called(sscc);
  if (unit && unit->is_known && ends::holds_stock(unit->place)) return unit;
  const bool has_left = unit && unit->is_known;
  look.refuse(Code::unknown_handling_unit, field,
              has_left ? "Handling unit " + sscc + " has left. Scan it again."
                       : "There is no handling unit " + sscc + ". Scan it again, or pack it first.");
  return nullptr;
}

void carry(Draft& draft, const std::vector<const HandlingUnit*>& units, Id<Place> to) {
  for (const HandlingUnit* unit : units) {
    const std::uint32_t inside = unit == units.front() ? 0 : unit->inside.value;
    draft.fact(HandlingUnitMoved{unit->id.value, unit->place.value, to.value, unit->inside.value, inside});
  }
}

void add_goods(Look& look, Draft& draft, const HandlingUnit& unit, Id<Place> to, const std::string& field) {
  for (const PackedGoods& goods : unit.goods) {
    const Line line{goods.lot, unit.place, to, goods.quantity, goods.quantity2, goods.serial.value, unit.id.value};
    if (const Serial* serial = look.view().serial(goods.serial);
        serial && !allow_unit(look, draft, *serial, line, field))
      continue;
    draft.entry.lines.push_back(line);
  }
}

void pack_here(Look& look, Draft& draft, const std::string& sscc, std::size_t first_line, Id<Place> to,
               const std::string& field) {
  if (sscc.empty() || !judge_sscc(look, sscc, field)) return;
  const HandlingUnit* known = look.view().handling_unit_called(sscc);
  std::uint32_t id = known ? known->id.value : 0;
  if (known && (!known->is_known || known->place != to))
    return look.refuse(
        Code::sscc_used, field,
        "SSCC " + sscc + " was used before, and is never used again. Give the pallet a label of its own.");
  if (const HandlingUnitOpened* here = opened_here(draft, sscc)) {
    if (here->place != to.value)
      return look.refuse(Code::sscc_used, field, "Handling unit " + sscc + " stands in one place. Give one location.");
    id = here->handling_unit;
  }
  if (id == 0) {
    id = draft.new_id();
    draft.fact(HandlingUnitOpened{id, sscc, to.value});
  }
  for (std::size_t i = first_line; i < draft.entry.lines.size(); ++i) {
    Line& line = draft.entry.lines[i];
    line.handling_unit = id;
    draft.fact(Packed{id, line.lot.value, line.serial, line.quantity, line.quantity2, false});
  }
}

Result<Draft> decide(const Pack& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::pack, view);
  draft.quantity_field = "/lines";
  std::string sscc = command.sscc;
  const std::string& prefix = view.masters().book.gs1_company_prefix;
  if (sscc.empty() && prefix.empty())
    look.refuse(Code::missing, "/sscc",
                "Scan the SSCC of the pallet, or give the book a GS1 company prefix to make new ones under.");
  const std::uint32_t new_id = draft.new_id();
  if (sscc.empty() && !prefix.empty()) sscc = free_sscc(view, prefix, new_id);
  if (sscc.empty() && !prefix.empty())
    look.refuse(Code::sscc_used, "/sscc",
                "The numbers under company prefix " + prefix + " are used up. Scan an SSCC of your own.");
  if (look.refused() || !judge_sscc(look, sscc, "/sscc")) return look.refusals();
  const HandlingUnit* known = view.handling_unit_called(sscc);
  const Id<Place> named = command.place.empty() ? Id<Place>{} : look.place(command.place, "/place");
  const Id<Place> place = known ? known->place : named;
  if (known && (!known->is_known || !ends::holds_stock(place)))
    look.refuse(Code::sscc_used, "/sscc",
                "SSCC " + sscc + " was used before, and is never used again. Give the pallet a label of its own.");
  else if (known && named && named != place)
    look.refuse(Code::place_not_allowed, "/place",
                "Handling unit " + sscc + " stands in " + std::string(view.masters().places.code_of(place)) +
                    ". Leave the location out, or move it first.");
  else if (!place && command.place.empty())
    look.refuse(Code::missing, "/place", "Say where the new handling unit stands.");
  if (!known) draft.fact(HandlingUnitOpened{new_id, sscc, place.value});
  const std::uint32_t id = known ? known->id.value : new_id;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const std::optional<Goods> goods = goods_of(look, command.lines[i], "/lines/" + std::to_string(i));
    if (!goods) continue;
    for (const PackedGoods& row : goods->rows) {
      if (row.serial && view.serial(row.serial)->place != place) {
        look.refuse(Code::serial_elsewhere, at("lines", i, "serials"),
                    "Unit " + view.serial(row.serial)->code + " does not lie there. Move it first.");
        continue;
      }
      draft.fact(Packed{id, row.lot.value, row.serial.value, row.quantity, row.quantity2, false});
    }
  }
  if (look.refused()) return look.refusals();
  Look::paper(draft, {std::nullopt, command.document, command.reference, command.reason}, place);
  return draft;
}

Result<Draft> decide(const Unpack& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::unpack, view);
  draft.quantity_field = "/sscc";
  const HandlingUnit* unit = handling_unit_named(look, command.sscc, "/sscc");
  if (!unit) return look.refusals();
  if (command.lines.empty())
    for (const PackedGoods& row : unit->goods) take_row_off(draft, *unit, row);
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const std::optional<Goods> goods = goods_of(look, command.lines[i], "/lines/" + std::to_string(i));
    if (!goods) continue;
    for (const PackedGoods& row : goods->rows) {
      const PackedGoods had = left_on(draft, *unit, row.lot, row.serial);
      if (had.quantity < row.quantity || had.quantity2 < row.quantity2) {
        const bool second = had.quantity >= row.quantity;
        const bool is_all = had == left_on(Draft(EntryKind::unpack, view), *unit, row.lot, row.serial);
        look.refuse(Code::not_on_handling_unit, at("lines", i, second ? "quantity2" : "quantity"),
                    "On " + command.sscc + " are " + (second ? had.quantity2 : had.quantity).text() + " of that" +
                        (is_all ? "" : " beside what other lines take off") + ". Take off that much at most.");
        continue;
      }
      take_row_off(draft, *unit, row);
    }
  }
  if (draft.entry.facts.empty() && !look.refused())
    look.refuse(Code::not_on_handling_unit, "/sscc", "Nothing is on " + command.sscc + ".");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {std::nullopt, command.document, command.reference, command.reason}, unit->place);
  return draft;
}

Result<Draft> decide(const MoveUnit& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::move_unit, view);
  const HandlingUnit* outer = unit_here(look, command.sscc, "/sscc");
  const Id<Place> to = look.place(command.to, "/to");
  if (!outer || !to) return look.refusals();
  if (outer->place == to) return Refusal{Code::same_place, "/to", "It stands there already. Name another location."};
  if (view.masters().site_of(outer->place) != view.masters().site_of(to))
    return Refusal{Code::not_the_same_site, "/to",
                   "That is another site: record a transfer out of it there and in here, so that it stays in the "
                   "book on the road."};
  take_whole(look, draft, {"/sscc", with_nested(view, *outer)}, {Purpose::move, to, "/to"});
  if (look.refused()) return look.refusals();
  draft.quantity_field = "/sscc";
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, to);
  return draft;
}

Result<Draft> decide(const NestUnit& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::nest_unit, view);
  draft.quantity_field = "/sscc";
  const HandlingUnit* unit = handling_unit_named(look, command.sscc, "/sscc");
  const HandlingUnit* outer = command.into.empty() ? nullptr : handling_unit_named(look, command.into, "/into");
  if (look.refused()) return look.refusals();
  if (outer && outer->place != unit->place)
    look.refuse(Code::place_not_allowed, "/into", "They stand in different places. Move one to the other first.");
  for (const HandlingUnit* at = outer; at; at = at->inside ? view.handling_unit(at->inside) : nullptr)
    if (at == unit) {
      look.refuse(Code::place_not_allowed, "/into", command.into + " stands on " + command.sscc + " itself.");
      break;
    }
  const Id<HandlingUnit> inside = outer ? outer->id : Id<HandlingUnit>{};
  if (inside == unit->inside)
    look.refuse(Code::already_so, "/into", outer ? "It stands on that one already." : "It stands by itself already.");
  if (look.refused()) return look.refusals();
  draft.fact(HandlingUnitMoved{unit->id.value, unit->place.value, unit->place.value, unit->inside.value, inside.value});
  Look::paper(draft, {std::nullopt, {}, {}, command.reason}, unit->place);
  return draft;
}

}  // namespace lotbook
