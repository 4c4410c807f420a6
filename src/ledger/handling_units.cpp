// SPDX-License-Identifier: Apache-2.0
#include "ledger/handling_units.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "base/check.h"
#include "ledger/draft_parts.h"
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
    const HandlingUnit& unit = *handling_unit(id);
    return !ends::holds_stock(unit.place) ||
           std::none_of(unit.goods.begin(), unit.goods.end(), [&](const PackedGoods& g) { return g.lot == lot; });
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
      for (const PackedGoods& goods : unit.goods) packed_here_[goods.lot.value].push_back(unit.id.value);
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

namespace {

std::vector<Fact> unit_facts(const Entry& entry) {
  std::vector<Fact> facts;
  for (const Fact& fact : entry.facts)
    if (std::holds_alternative<HandlingUnitOpened>(fact) || std::holds_alternative<HandlingUnitMoved>(fact) ||
        std::holds_alternative<Packed>(fact))
      facts.push_back(fact);
  return facts;
}

}  // namespace

void for_each_handling_unit_part(const View& view, const Entry& entry,
                                 const std::function<void(const Entry& part, bool forwards)>& visit) {
  if (entry.reverses.empty()) return visit(entry, true);
  std::vector<std::pair<const Entry*, bool>> parts;
  for_each_part(view, entry, [&](const Entry& part, bool forwards) {
    const std::vector<Fact> facts = unit_facts(part);
    if (facts.empty()) return;
    const auto before = std::find_if(parts.begin(), parts.end(), [&](const auto& other) {
      return forwards && !other.second && unit_facts(*other.first) == facts;
    });
    if (before != parts.end())
      parts.erase(before);
    else
      parts.emplace_back(&part, forwards);
  });
  for (const auto& [part, forwards] : parts) visit(*part, forwards);
}

std::vector<const HandlingUnit*> with_nested(const View& view, const HandlingUnit& outer) {
  std::vector<const HandlingUnit*> units{&outer};
  for (std::size_t i = 0; i < units.size(); ++i)
    for (const Id<HandlingUnit> inner : view.handling_units_inside(units[i]->id))
      units.push_back(view.handling_unit(inner));
  return units;
}

std::vector<Id<Lot>> lots_on(const HandlingUnit& unit) {
  std::vector<Id<Lot>> lots;
  for (const PackedGoods& goods : unit.goods)  // units of one lot stand behind each other
    if (lots.empty() || lots.back() != goods.lot) lots.push_back(goods.lot);
  return lots;
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

Refusal in_the_way(const HandlingUnit& unit, const std::string& field) {
  return {Code::in_the_way, field,
          "Handling unit " + unit.sscc +
              " was packed, moved or emptied since. Take that back first, or say what is so now."};
}

/// Handling units as a draft would leave them.
class After {
 public:
  After(const View& view, const Entry& draft) : view_(view), draft_(draft) {}

  /// Makes the draft's changes; the sentence when one cannot be made.
  std::optional<Refusal> change(const std::string& field) {
    std::optional<Refusal> refusal;
    for_each_handling_unit_part(view_, draft_, [&](const Entry& entry, bool forwards) {
      if (!refusal) refusal = take(entry, forwards, field);
    });
    return refusal;
  }
  const std::map<std::uint32_t, HandlingUnit>& units() const { return units_; }
  const HandlingUnit* find(Id<HandlingUnit> id) const {
    const auto changed = units_.find(id.value);
    return changed != units_.end() ? &changed->second : view_.handling_unit(id);
  }
  /// Those that may have something of the lot on them, each once.
  std::vector<const HandlingUnit*> holding(Id<Lot> lot) const {
    std::vector<const HandlingUnit*> units;
    if (view_.lot(lot))
      for (const Id<HandlingUnit> id : view_.handling_units_with(lot))
        if (!units_.contains(id.value)) units.push_back(view_.handling_unit(id));
    for (const auto& [id, unit] : units_) units.push_back(&unit);
    return units;
  }
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
      // It stands by itself where it came, or more happened to it since.
      if (!forwards && (!known->goods.empty() || known->place.value != opened->place || known->inside))
        return in_the_way(*known, field);
      known->is_known = forwards, known->place.value = forwards ? opened->place : 0;
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

  const View& view_;
  const Entry& draft_;
  std::map<std::uint32_t, HandlingUnit> units_;
  std::vector<Moved> moved_;
};

using Cell = std::pair<Id<Lot>, Id<Place>>;
struct Amount {
  Decimal quantity, quantity2;  // goods that are weighed are there in both (R18)
  void add(Decimal first, Decimal second) { quantity += first, quantity2 += second; }
  bool covers(const Amount& other) const { return quantity >= other.quantity && quantity2 >= other.quantity2; }
  bool is_less_of(const Amount& other) const { return quantity < other.quantity; }
  Decimal shown(bool second) const { return second ? quantity2 : quantity; }
};

/// What a draft does to stock, corrections included.
std::map<Cell, Amount> changes_of(const View& view, const Entry& draft) {
  std::map<Cell, Amount> changes;
  for_each_part(view, draft, [&](const Entry& entry, bool forwards) {
    for (const Line& line : entry.lines) {
      const Decimal first = forwards ? line.quantity : -line.quantity;
      const Decimal second = forwards ? line.quantity2 : -line.quantity2;
      changes[{line.lot, line.from}].add(-first, -second);
      changes[{line.lot, line.to}].add(first, second);
    }
  });
  return changes;
}

std::string spoken_lot(const View& view, const Entry& draft, Id<Lot> id) {
  for (const LotOpened& opened : draft.opened) {
    if (opened.lot != id) continue;
    Lot lot;
    lot.item = opened.item, lot.code = opened.code;
    return spoken(view, lot);
  }
  return spoken(view, view.lot(id)->lot);
}

/// One stands on another that is known and in the same place, and never on itself over any number of steps. What is
/// taken back may leave behind what was put on it since.
std::optional<Refusal> refused_by_nesting(const View& view, const After& after, const std::string& field) {
  const auto is_apart = [](const HandlingUnit& unit, const HandlingUnit* below) {
    return !below || !below->is_known || below->place != unit.place;
  };
  for (const auto& [id, unit] : after.units()) {
    if (unit.inside && unit.is_known && is_apart(unit, after.find(unit.inside))) return in_the_way(unit, field);
    std::set<std::uint32_t> seen{id};
    for (const HandlingUnit* at = &unit; at && at->inside; at = after.find(at->inside))
      if (!seen.insert(at->inside.value).second) return in_the_way(unit, field);
    if (!view.handling_unit(unit.id)) continue;
    for (const Id<HandlingUnit> inner : view.handling_units_inside(unit.id))
      if (const HandlingUnit* on_it = after.find(inner);
          on_it && on_it->is_known && on_it->inside == unit.id && is_apart(*on_it, &unit))
        return in_the_way(unit, field);
  }
  return std::nullopt;
}

/// Where a draft leaves a unit of a serial-tracked item.
Id<Place> place_after(const View& view, const Entry& draft, Id<Serial> id) {
  const Serial* serial = view.serial(id);
  Id<Place> place = serial ? serial->place : Id<Place>{};
  std::vector<std::uint64_t> gone = draft.reverses;
  std::sort(gone.rbegin(), gone.rend());
  for (const std::uint64_t seq : gone) {
    const std::vector<Line>& lines = view.entry(seq)->lines;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
      if (line->serial == id.value) place = line->from;
  }
  for (const std::uint64_t seq : draft.reinstates)
    for (const Line& line : view.entry(seq)->lines)
      if (line.serial == id.value) place = line.to;
  for (const Line& line : draft.lines)
    if (line.serial == id.value) place = line.to;
  return place;
}

/// A unit is on one pallet or case at most, and lies where that stands.
std::optional<Refusal> refused_by_units_on_it(const View& view, const Entry& draft, const After& after,
                                              const std::string& field) {
  std::map<std::uint32_t, Id<Lot>> concerned;
  const auto of_lines = [&](const Entry& entry, bool) {
    for (const Line& line : entry.lines)
      if (line.serial != 0) concerned[line.serial] = line.lot;
  };
  for_each_part(view, draft, of_lines);
  for (const auto& [id, unit] : after.units())
    for (const PackedGoods& goods : unit.goods)
      if (goods.serial) concerned[goods.serial.value] = goods.lot;
  // By lot: many units of one lot are looked up at once.
  std::map<Id<Lot>, std::map<std::uint32_t, const HandlingUnit*>> on;
  for (const auto& [serial, lot] : concerned) {
    const auto [known, is_first] = on.try_emplace(lot);
    if (!is_first) continue;
    for (const HandlingUnit* unit : after.holding(lot)) {
      // One that has left says what was on it then; units may have come back without it.
      if (!unit->place || !ends::holds_stock(unit->place)) continue;
      for (const PackedGoods& goods : unit->goods) {
        if (!goods.serial || goods.lot != lot) continue;
        const bool is_alone = known->second.emplace(goods.serial.value, unit).second;
        if (is_alone && goods.quantity == Decimal::whole(1)) continue;
        const Serial* twice = view.serial(goods.serial);
        return Refusal{Code::on_handling_unit, field,
                       "Unit " + (twice ? twice->code : "?") + " is on handling unit " +
                           known->second.at(goods.serial.value)->sscc + " already. Unpack it there first."};
      }
    }
  }
  for (const auto& [id, lot] : concerned) {
    const auto found = on[lot].find(id);
    if (found == on[lot].end() || found->second->place == place_after(view, draft, Id<Serial>{id})) continue;
    const Serial* serial = view.serial(Id<Serial>{id});
    return Refusal{Code::on_handling_unit, field,
                   "Unit " + (serial ? serial->code : "?") + " is on handling unit " + found->second->sscc +
                       ". Move that with what is on it, or unpack the unit first."};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> refused_by_handling_units(const View& view, const Entry& draft, const std::string& field) {
  const bool speaks_of_any = std::any_of(draft.facts.begin(), draft.facts.end(), [](const Fact& fact) {
    return std::holds_alternative<HandlingUnitOpened>(fact);
  });
  if (!speaks_of_any && !view.has_handling_units()) return std::nullopt;
  After after(view, draft);
  if (std::optional<Refusal> refusal = after.change(field)) return refusal;
  if (std::optional<Refusal> refusal = refused_by_nesting(view, after, field)) return refusal;
  if (std::optional<Refusal> refusal = refused_by_units_on_it(view, draft, after, field)) return refusal;
  const std::map<Cell, Amount> changes = changes_of(view, draft);
  // One that moves takes along what is on it.
  std::map<std::tuple<Id<Lot>, Id<Place>, Id<Place>>, Amount> carried;
  for (const After::Moved& moved : after.moved())
    for (const PackedGoods& goods : moved.unit.goods)
      carried[{goods.lot, moved.from, moved.to}].add(goods.quantity, goods.quantity2);
  for (const auto& [way, on_it] : carried) {
    const auto& [lot, from, to] = way;
    Amount moves;
    for (const Line& line : draft.lines)
      if (line.lot == lot && line.from == from && line.to == to) moves.add(line.quantity, line.quantity2);
    // A dispatch that is taken back and lies elsewhere now moves by a line from where it had been.
    if (moves.covers(on_it)) continue;
    const bool second = !moves.is_less_of(on_it);
    return Refusal{Code::not_on_handling_unit, field,
                   "A handling unit moves with all that is on it: " + on_it.shown(second).text() + " of " +
                       spoken_lot(view, draft, lot) + " are, and " + moves.shown(second).text() +
                       " would go. Take goods off first."};
  }
  // Elsewhere nothing but loose goods goes.
  std::set<Cell> cells;
  for (const auto& [cell, change] : changes)
    if (change.quantity.is_negative() || change.quantity2.is_negative()) cells.insert(cell);
  for (const auto& [id, unit] : after.units())
    for (const PackedGoods& goods : unit.goods) cells.insert({goods.lot, unit.place});
  for (const auto& [lot, place] : cells) {
    if (!ends::holds_stock(place) || !place) continue;
    Amount packed;
    std::string ssccs;
    for (const HandlingUnit* unit : after.holding(lot)) {
      if (unit->place != place) continue;
      for (const PackedGoods& goods : unit->goods)
        if (goods.lot == lot) {
          packed.add(goods.quantity, goods.quantity2);
          if (ssccs.find(unit->sscc) == std::string::npos) ssccs += (ssccs.empty() ? "" : ", ") + unit->sscc;
        }
    }
    const LotState* state = view.lot(lot);
    Amount there;
    if (state) there.add(state->on_hand(place), state->on_hand2(place));
    if (const auto change = changes.find({lot, place}); change != changes.end())
      there.add(change->second.quantity, change->second.quantity2);
    if (there.covers(packed)) continue;
    const bool second = !there.is_less_of(packed);
    return Refusal{Code::on_handling_unit, field,
                   packed.shown(second).text() + " of " + spoken_lot(view, draft, lot) + " in " +
                       (place == ends::in_transit ? "transit" : std::string(view.masters().places.code_of(place))) +
                       " are on handling unit " + ssccs + ", and " + there.shown(second).text() + " would be left. " +
                       (place == ends::in_transit
                            ? "Let the unit arrive whole, in handling_units, or unpack what came without it first."
                            : "Move the unit with what is on it, or unpack goods first.")};
  }
  return std::nullopt;
}

}  // namespace lotbook
