// SPDX-License-Identifier: Apache-2.0
#include "ledger/handling_units.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "base/check.h"
#include "model/place_ends.h"

namespace lotbook {

void change_goods(HandlingUnit& unit, const PackedGoods& goods, bool comes) {
  const auto before = [](const PackedGoods& a, const PackedGoods& b) {
    return std::tie(a.lot, a.serial) < std::tie(b.lot, b.serial);
  };
  auto at = std::lower_bound(unit.goods.begin(), unit.goods.end(), goods, before);
  if (at == unit.goods.end() || at->lot != goods.lot || at->serial != goods.serial)
    at = unit.goods.insert(at, {goods.lot, goods.serial, {}, {}});
  at->quantity += comes ? goods.quantity : -goods.quantity;
  at->quantity2 += comes ? goods.quantity2 : -goods.quantity2;
  if (at->quantity.is_zero() && at->quantity2.is_zero()) unit.goods.erase(at);
}

const HandlingUnit* View::handling_unit(Id<HandlingUnit> id) const {
  const auto known = handling_units_.find(id.value);
  if (known != handling_units_.end()) return &known->second;
  if (!id || is_new(id.value)) return nullptr;
  std::optional<HandlingUnit> row = behind_->handling_unit(id);
  if (!row) return nullptr;
  ssccs_[row->sscc] = id.value;
  return &handling_units_.emplace(id.value, std::move(*row)).first->second;
}

const HandlingUnit* View::handling_unit_called(std::string_view sscc) const {
  const auto known = ssccs_.find(std::string(sscc));
  if (known != ssccs_.end()) return handling_unit(Id<HandlingUnit>{known->second});
  if (!reads_state_) return nullptr;
  const std::optional<Id<HandlingUnit>> id = behind_->handling_unit_called(sscc);
  return id ? handling_unit(*id) : nullptr;
}

bool View::has_handling_units() const {
  if (!handling_units_.empty()) return true;
  if (!had_handling_units_) had_handling_units_ = reads_state_ && behind_->has_handling_units();
  return *had_handling_units_;
}

namespace {

void add_those_of_batch(std::vector<Id<HandlingUnit>>& units,
                        const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& here, std::uint32_t of) {
  if (const auto found = here.find(of); found != here.end())
    for (const std::uint32_t id : found->second) units.push_back(Id<HandlingUnit>{id});
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
}

}  // namespace

std::vector<Id<HandlingUnit>> View::handling_units_with(Id<Lot> lot) const {
  std::vector<Id<HandlingUnit>> units;
  if (!is_new(lot.value)) units = behind_->handling_units_with(lot);
  add_those_of_batch(units, packed_here_, lot.value);
  std::erase_if(units, [&](Id<HandlingUnit> id) {
    const std::vector<PackedGoods>& goods = handling_unit(id)->goods;
    return std::none_of(goods.begin(), goods.end(), [&](const PackedGoods& g) { return g.lot == lot; });
  });
  return units;
}

std::vector<Id<HandlingUnit>> View::handling_units_inside(Id<HandlingUnit> outer) const {
  std::vector<Id<HandlingUnit>> units;
  if (const HandlingUnit* unit = handling_unit(outer); unit && !is_new(outer.value))
    units = behind_->handling_units_inside(outer);
  add_those_of_batch(units, nested_here_, outer.value);
  std::erase_if(units, [&](Id<HandlingUnit> id) {
    const HandlingUnit& unit = *handling_unit(id);
    return unit.inside != outer || !unit.is_known;
  });
  return units;
}

void View::each_handling_unit(const std::function<void(const HandlingUnit&)>& visit) const {
  for (const auto& [id, unit] : handling_units_) visit(unit);
}

HandlingUnit& View::changed_handling_unit(std::uint32_t id) {
  check(handling_unit(Id<HandlingUnit>{id}) != nullptr, "an entry names a handling unit that was never opened");
  if (reads_state_) changes_.handling_units.push_back(id);
  return handling_units_.at(id);
}

void View::apply_for_handling_units(const Entry& entry, bool forwards) {
  const auto one = [&](const Fact& fact) {
    if (const auto* opened = std::get_if<HandlingUnitOpened>(&fact)) {
      if (!handling_unit(Id<HandlingUnit>{opened->handling_unit})) {
        check(!handling_unit_called(opened->sscc), "an SSCC is given once");
        HandlingUnit unit{Id<HandlingUnit>{opened->handling_unit}, opened->sscc, {}, {}, true, entry.seq, {}};
        handling_units_.emplace(opened->handling_unit, std::move(unit));
        ssccs_[opened->sscc] = opened->handling_unit;
      }
      HandlingUnit& unit = changed_handling_unit(opened->handling_unit);
      unit.is_known = forwards, unit.place = forwards ? Id<Place>{opened->place} : Id<Place>{};
    } else if (const auto* moved = std::get_if<HandlingUnitMoved>(&fact)) {
      HandlingUnit& unit = changed_handling_unit(moved->handling_unit);
      unit.place.value = forwards ? moved->to : moved->from;
      unit.inside.value = forwards ? moved->inside : moved->old_inside;
      if (unit.inside) nested_here_[unit.inside.value].push_back(unit.id.value);
    } else if (const auto* packed = std::get_if<Packed>(&fact)) {
      HandlingUnit& unit = changed_handling_unit(packed->handling_unit);
      change_goods(unit, {Id<Lot>{packed->lot}, Id<Serial>{packed->serial}, packed->quantity, packed->quantity2},
                   packed->is_off != forwards);
      packed_here_[packed->lot].push_back(packed->handling_unit);
    }
  };
  if (forwards)
    for (const Fact& fact : entry.facts) one(fact);
  else
    for (auto fact = entry.facts.rbegin(); fact != entry.facts.rend(); ++fact) one(*fact);
}

Decimal packed_in(const View& view, Id<Lot> lot, Id<Place> place) {
  Decimal packed;
  for (const Id<HandlingUnit> id : view.handling_units_with(lot)) {
    const HandlingUnit& unit = *view.handling_unit(id);
    if (unit.place != place) continue;
    for (const PackedGoods& goods : unit.goods)
      if (goods.lot == lot) packed += goods.quantity;
  }
  return packed;
}

namespace {

/// Handling units as a draft would leave them.
class After {
 public:
  After(const View& view, const Entry& draft) : view_(view), draft_(draft) {}

  /// Makes the draft's changes; the sentence when one cannot be made.
  std::optional<Refusal> change(const std::string& field) {
    for (const std::uint64_t seq : draft_.reverses)
      if (std::optional<Refusal> refusal = take(*view_.entry(seq), false, field)) return refusal;
    for (const std::uint64_t seq : draft_.reinstates)
      if (std::optional<Refusal> refusal = take(*view_.entry(seq), true, field)) return refusal;
    return take(draft_, true, field);
  }
  std::map<std::uint32_t, HandlingUnit>& units() { return units_; }
  /// Moves of the draft itself, with what was on the unit then.
  struct Moved {
    HandlingUnit unit;
    Id<Place> from, to;
  };
  const std::vector<Moved>& moved() const { return moved_; }

 private:
  HandlingUnit* unit(std::uint32_t id) {
    const auto known = units_.find(id);
    if (known != units_.end()) return &known->second;
    const HandlingUnit* before = view_.handling_unit(Id<HandlingUnit>{id});
    return before ? &units_.emplace(id, *before).first->second : nullptr;
  }
  std::optional<Refusal> take(const Entry& entry, bool forwards, const std::string& field) {
    std::vector<const Fact*> facts;
    for (const Fact& fact : entry.facts) facts.push_back(&fact);
    if (!forwards) std::reverse(facts.begin(), facts.end());
    for (const Fact* fact : facts)
      if (std::optional<Refusal> refusal = take(*fact, entry, forwards, field)) return refusal;
    return std::nullopt;
  }
  std::optional<Refusal> take(const Fact& fact, const Entry& entry, bool forwards, const std::string& field) {
    if (const auto* opened = std::get_if<HandlingUnitOpened>(&fact)) {
      HandlingUnit* known = unit(opened->handling_unit);
      if (!known)
        known = &units_[opened->handling_unit], known->id.value = opened->handling_unit, known->sscc = opened->sscc;
      known->is_known = forwards, known->place.value = forwards ? opened->place : 0;
      if (!forwards && !known->goods.empty()) return in_the_way(*known, field);
    } else if (const auto* changed = std::get_if<HandlingUnitMoved>(&fact)) {
      HandlingUnit& known = *unit(changed->handling_unit);
      const std::uint32_t from = forwards ? changed->from : changed->to, to = forwards ? changed->to : changed->from;
      const std::uint32_t inside = forwards ? changed->old_inside : changed->inside;
      if (known.place.value != from || known.inside.value != inside) return in_the_way(known, field);
      known.place.value = to, known.inside.value = forwards ? changed->inside : changed->old_inside;
      if (&entry == &draft_ && from != to) moved_.push_back({known, Id<Place>{from}, Id<Place>{to}});
    } else if (const auto* packed = std::get_if<Packed>(&fact)) {
      HandlingUnit& known = *unit(packed->handling_unit);
      change_goods(known, {Id<Lot>{packed->lot}, Id<Serial>{packed->serial}, packed->quantity, packed->quantity2},
                   packed->is_off != forwards);
      for (const PackedGoods& goods : known.goods)
        if (goods.quantity.is_negative() || goods.quantity2.is_negative()) return in_the_way(known, field);
    }
    return std::nullopt;
  }
  static Refusal in_the_way(const HandlingUnit& unit, const std::string& field) {
    return {Code::in_the_way, field,
            "Handling unit " + unit.sscc +
                " was packed, moved or emptied since. Take that back first, or say what is so now."};
  }

  const View& view_;
  const Entry& draft_;
  std::map<std::uint32_t, HandlingUnit> units_;
  std::vector<Moved> moved_;
};

using Cell = std::pair<Id<Lot>, Id<Place>>;

/// What a draft does to stock, corrections included.
std::map<Cell, Decimal> changes_of(const View& view, const Entry& draft) {
  std::map<Cell, Decimal> changes;
  const auto add = [&](const Entry& entry, bool forwards) {
    for (const Line& line : entry.lines) {
      changes[{line.lot, line.from}] -= forwards ? line.quantity : -line.quantity;
      changes[{line.lot, line.to}] += forwards ? line.quantity : -line.quantity;
    }
  };
  for (const std::uint64_t seq : draft.reverses) add(*view.entry(seq), false);
  for (const std::uint64_t seq : draft.reinstates) add(*view.entry(seq), true);
  add(draft, true);
  return changes;
}

std::string spoken_lot(const View& view, const Entry& draft, Id<Lot> id) {
  const LotState* state = view.lot(id);
  std::string code;
  Id<Item> item;
  if (state) code = state->lot.code, item = state->lot.item;
  for (const LotOpened& opened : draft.opened)
    if (opened.lot == id) code = opened.code, item = opened.item;
  return "lot " + code + " of " + std::string(view.masters().items.code_of(item));
}

}  // namespace

std::optional<Refusal> refused_by_handling_units(const View& view, const Entry& draft, const std::string& field) {
  const bool speaks_of_any = std::any_of(draft.facts.begin(), draft.facts.end(), [](const Fact& fact) {
    return std::holds_alternative<HandlingUnitOpened>(fact);
  });
  if (!speaks_of_any && !view.has_handling_units()) return std::nullopt;
  After after(view, draft);
  if (std::optional<Refusal> refusal = after.change(field)) return refusal;
  const std::map<Cell, Decimal> changes = changes_of(view, draft);
  // One that moves takes along what is on it.
  std::map<std::tuple<Id<Lot>, Id<Place>, Id<Place>>, Decimal> carried;
  for (const After::Moved& moved : after.moved())
    for (const PackedGoods& goods : moved.unit.goods) carried[{goods.lot, moved.from, moved.to}] += goods.quantity;
  for (const auto& [way, quantity] : carried) {
    const auto& [lot, from, to] = way;
    Decimal moves;
    for (const Line& line : draft.lines)
      if (line.lot == lot && line.from == from && line.to == to) moves += line.quantity;
    // A dispatch that is taken back and lies elsewhere now moves by a line from where it had been.
    if (moves < quantity)
      return Refusal{Code::not_on_handling_unit, field,
                     "A handling unit moves with all that is on it: " + quantity.text() + " of " +
                         spoken_lot(view, draft, lot) + " are, and " + moves.text() +
                         " would go. Take goods off first."};
  }
  // Elsewhere nothing but loose goods goes.
  std::set<Cell> cells;
  for (const auto& [cell, change] : changes)
    if (change.is_negative()) cells.insert(cell);
  for (const auto& [id, unit] : after.units())
    for (const PackedGoods& goods : unit.goods) cells.insert({goods.lot, unit.place});
  for (const auto& [lot, place] : cells) {
    if (!ends::holds_stock(place) || !place) continue;
    Decimal packed;
    std::string ssccs;
    std::set<std::uint32_t> holding;
    if (view.lot(lot))
      for (const Id<HandlingUnit> id : view.handling_units_with(lot)) holding.insert(id.value);
    for (const auto& [id, unit] : after.units()) holding.insert(id);
    for (const std::uint32_t id : holding) {
      const auto changed = after.units().find(id);
      const HandlingUnit& unit =
          changed != after.units().end() ? changed->second : *view.handling_unit(Id<HandlingUnit>{id});
      if (unit.place != place) continue;
      for (const PackedGoods& goods : unit.goods)
        if (goods.lot == lot) {
          packed += goods.quantity;
          if (ssccs.find(unit.sscc) == std::string::npos) ssccs += (ssccs.empty() ? "" : ", ") + unit.sscc;
        }
    }
    if (packed.is_zero()) continue;
    const LotState* state = view.lot(lot);
    const auto change = changes.find({lot, place});
    const Decimal there =
        (state ? state->on_hand(place) : Decimal()) + (change == changes.end() ? Decimal() : change->second);
    if (there >= packed) continue;
    return Refusal{Code::on_handling_unit, field,
                   packed.text() + " of " + spoken_lot(view, draft, lot) + " in " +
                       std::string(view.masters().places.code_of(place)) + " are on handling unit " + ssccs + ", and " +
                       there.text() + " would be left. Move the unit with what is on it, or unpack goods first."};
  }
  return std::nullopt;
}

}  // namespace lotbook
