// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "commands/bundle/history_in.h"
#include "commands/hold.h"
#include "commands/lot_codes.h"
#include "ledger/serial_timeline.h"
#include "model/place_ends.h"

// Units of serial-tracked items while a history comes in (R54, R78, R79). A row names one unit; beside the stock of its
// lot, which rows without units need as well, it is kept where each unit is. Rows of other items pass all this by.

namespace lotbook {

namespace {

std::uint64_t hash_of_unit(Id<Item> item, std::string_view code) {
  const std::uint64_t hash = std::hash<std::string_view>{}(code) ^ (item.value * 0x9E3779B97F4A7C15ull);
  return hash == 0 ? 1 : hash;
}

std::uint64_t newcomers_key(Id<Item> item, std::uint64_t delivery) {
  const std::uint64_t key = delivery ^ (std::uint64_t{item.value} << 32);
  return key == 0 ? 1 : key;
}

bool is_used_up(Id<Place> place) { return place == ends::process || place == ends::conversion; }

}  // namespace

HistoryIn::UnitRec& HistoryIn::put_unit(UnitRec unit) {
  UnitRec& kept = units_.emplace_back(std::move(unit));
  unit_by_id_[kept.id.value] = &kept;
  UnitRec*& first = unit_by_code_[hash_of_unit(kept.item, kept.code)];
  kept.next_like = first, first = &kept;
  units_of_lot_[kept.lot.value].push_back(&kept);
  return kept;
}

/// Units of the item that bear the code, also those that the book knew before this bundle.
std::vector<HistoryIn::UnitRec*> HistoryIn::units_called(Id<Item> item, std::string_view code) {
  if (view_.head().seq > 1 && !new_items_.contains(item.value))
    for (const Serial* known : view_.serials_called(item, code)) load_unit(known->id);
  std::vector<UnitRec*> found;
  UnitRec** first = unit_by_code_.find(hash_of_unit(item, code));
  for (UnitRec* unit = first ? *first : nullptr; unit; unit = unit->next_like)
    if (unit->item == item && unit->code == code) found.push_back(unit);
  return found;
}

HistoryIn::UnitRec* HistoryIn::load_unit(Id<Serial> id) {
  if (UnitRec** known = unit_by_id_.find(id.value)) return *known;
  // What this import opened is in the maps from its first row on.
  const Serial* serial = view_.is_new(id.value) ? nullptr : view_.serial(id);
  if (!serial) return nullptr;
  UnitRec unit;
  unit.id = id, unit.item = serial->item, unit.lot = serial->lot, unit.issuer = serial->issuer;
  unit.code = serial->code, unit.place = serial->place, unit.inside = serial->inside;
  unit.holds = static_cast<std::uint32_t>(view_.holds_on(id).size());
  return &put_unit(std::move(unit));
}

/// The lot of the unit that a row names; `unit_` is the unit from then on.
HistoryIn::LotRec* HistoryIn::lot_of_unit(const Row& row, Id<Item> item) {
  const std::string code = trimmed_nfc(row.get(EventColumn::serial)).value_or("");
  if (code.empty()) {
    fault(row, EventColumn::serial, "the item is tracked by serial number: say which unit (R54)");
    return nullptr;
  }
  std::vector<UnitRec*> units = units_called(item, code);
  if (row.has(EventColumn::lot)) {
    LotRec* lot = find_lot(item.value, trimmed_nfc(row.get(EventColumn::lot)).value_or(""));
    if (!lot) {
      fault(row, EventColumn::lot,
            "there is no lot " + std::string(row.get(EventColumn::lot)) + " of " +
                std::string(row.get(EventColumn::item)));
      return nullptr;
    }
    if (!units.empty() && std::none_of(units.begin(), units.end(), [&](UnitRec* u) { return u->lot == lot->id; })) {
      fault(row, EventColumn::lot, "unit " + code + " is of lot " + load_lot(units.front()->lot)->code);
      return nullptr;
    }
    std::erase_if(units, [&](UnitRec* unit) { return unit->lot != lot->id; });
  }
  if (units.empty()) {
    fault(row, EventColumn::serial,
          "there is no unit " + code + " of " + std::string(row.get(EventColumn::item)) +
              " yet: a row that opens, receives or produces it must come first");
    return nullptr;
  }
  // Units of two issuers may bear one number: the place that the row takes it from tells them apart.
  const Id<Place> from = masters_.places.id_of(row.get(EventColumn::from));
  UnitRec* unit = units.front();
  for (UnitRec* other : units) {
    if (other->lot != unit->lot) {
      fault(row, EventColumn::lot, "units of several lots bear the number " + code + ": give the lot");
      return nullptr;
    }
    if (from && other->place == from) unit = other;
  }
  unit_ = unit;
  return load_lot(unit->lot);
}

/// The lot that a new unit belongs to where its row names none: that of the unit which comes back, else one for each
/// delivery or run and item (R78).
HistoryIn::LotRec* HistoryIn::lot_of_newcomer(const Row& row, Id<Item> item, std::uint64_t delivery) {
  for (UnitRec* unit : units_called(item, trimmed_nfc(row.get(EventColumn::serial)).value_or("")))
    if (!ends::holds_stock(unit->place)) return load_lot(unit->lot);
  const std::uint32_t* known = lots_of_newcomers_.find(newcomers_key(item, delivery));
  return known ? *by_id_.find(*known) : nullptr;
}

void HistoryIn::keep_lot_of_newcomers(const LotRec& lot, std::uint64_t delivery) {
  lots_of_newcomers_[newcomers_key(lot.item, delivery)] = lot.id.value;
}

/// The unit that comes into the lot with this row: a new one, or one that had left the same way (R73, R78).
bool HistoryIn::bring_unit(const Row& row, LotRec& lot, Id<Partner> issuer, Id<Place> from) {
  const std::string code = trimmed_nfc(row.get(EventColumn::serial)).value_or("");
  if (code.empty())
    return fault(row, EventColumn::serial, "the item is tracked by serial number: say which unit (R54)"), false;
  if (const std::optional<Code> wrong = fault_of_code(code, masters_.book))
    return fault(row, EventColumn::serial,
                 *wrong == Code::not_a_code ? "a serial number has 1 to 60 visible characters"
                                            : "\"" + code + "\" stands for no number"),
           false;
  for (UnitRec* unit : units_called(lot.item, code)) {
    if (unit->issuer != issuer && unit->lot != lot.id) continue;
    const bool is_expected = !unit->place;
    const bool comes_back = unit->place == from || (is_used_up(unit->place) && is_used_up(from));
    if (unit->lot != lot.id || !(is_expected || comes_back))
      return fault(row, EventColumn::serial,
                   "unit " + code + " is known already, in lot " + load_lot(unit->lot)->code + ", and is " +
                       unit_whereabouts(*unit)),
             false;
    unit_ = unit;
    return true;
  }
  unit_ = &open_unit(lot, issuer, code);
  return true;
}

HistoryIn::UnitRec& HistoryIn::open_unit(const LotRec& lot, Id<Partner> issuer, const std::string& code) {
  UnitRec unit;
  unit.id.value = next_id_++, unit.item = lot.item, unit.lot = lot.id, unit.issuer = issuer, unit.code = code;
  // Numbers of one fact follow each other.
  auto* opened = entry_.facts.empty() ? nullptr : std::get_if<SerialsOpened>(&entry_.facts.back());
  if (opened && opened->lot == lot.id.value && opened->issuer == issuer.value &&
      opened->first + opened->codes.size() == unit.id.value)
    opened->codes.push_back(code);
  else
    entry_.facts.emplace_back(SerialsOpened{lot.id.value, issuer.value, unit.id.value, {code}});
  return put_unit(std::move(unit));
}

std::string HistoryIn::unit_whereabouts(const UnitRec& unit) const {
  if (!unit.place) return "not there yet";
  if (const Place* known = masters_.places.find(unit.place)) return "in " + known->code;
  if (unit.place == ends::supplier) return "back with its supplier";
  if (unit.place == ends::customer) return "with a customer";
  if (unit.place == ends::in_transit) return "in transit";
  if (unit.place == ends::count) return "missing since a count";
  if (is_used_up(unit.place)) return "used in production";
  return "gone";
}

/// A unit is one: the row may leave it out.
std::optional<Decimal> HistoryIn::quantity_of_unit(const Row& row, const LotRec& lot, bool may_be_zero) {
  const std::string_view text = row.get(EventColumn::quantity), unit = row.get(EventColumn::unit);
  if (!unit.empty() && unit != lot.kind->unit)
    return fault(row, EventColumn::unit, "units are counted in " + lot.kind->unit + ": leave the unit empty"),
           std::nullopt;
  if (text.empty()) return Decimal::whole(1);
  const std::optional<Decimal> typed = Decimal::parse(text);
  if (typed && (*typed == Decimal::whole(1) || (may_be_zero && typed->is_zero()))) return typed;
  return fault(
             row, EventColumn::quantity,
             may_be_zero ? "a unit is there or not: write 1 or 0" : "a row names one unit: write 1, or leave it empty"),
         std::nullopt;
}

/// The unit of the row goes from one place to another. False: it is not where the row takes it from.
bool HistoryIn::move_unit(const Row& row, LotRec& lot, Id<Place>& from, Id<Place> to) {
  UnitRec& unit = *unit_;
  if (is_used_up(from) && is_used_up(unit.place)) from = unit.place;
  const bool fits = unit.place ? unit.place == from : !ends::holds_stock(from);
  if (!fits) {
    const Place* where = masters_.places.find(from);
    fault(row, EventColumn::serial,
          "unit " + unit.code + " is " + unit_whereabouts(unit) + ", not " +
              (where ? "in " + where->code : std::string("where this row takes it from")));
    // One fault is enough: what follows is judged as if it had been there.
    if (ends::holds_stock(unit.place)) cell_of(lot, unit.place).quantity -= Decimal::whole(1).millionths();
    if (ends::holds_stock(to)) cell_of(lot, to).quantity += Decimal::whole(1).millionths();
    unit.place = to;
    return false;
  }
  if (unit.inside && is_used_up(from)) {
    entry_.facts.emplace_back(Removed{unit.id.value, unit.inside.value});
    unit.inside = {};
  }
  unit.place = to;
  return true;
}

/// Where a unit was at an instant, by the rows so far.
Id<Place> HistoryIn::unit_place_at(const UnitRec& unit, std::int64_t instant) const {
  Id<Place> place = unit.place;
  for (std::uint32_t step = unit.newest_step; step != UINT32_MAX; step = unit_steps_[step].previous) {
    const Move& move = moves_[unit_steps_[step].move];
    if (!move.is_dead && move.settled > instant) place = Id<Place>{move.from};
  }
  return place;
}

/// What another run made of the unit does not bound this one: it may be repaired.
void HistoryIn::time_unit(UnitRec& unit, Id<Run> run) {
  if (unit.timed_by_run == run.value) return;
  unit.timed_by_run = run.value, unit.last_assigned = INT64_MIN, unit.yielded_by = INT64_MAX;
}

/// What `into` says of a unit of this run that is not made yet: it is opened ahead, so that the component can name it.
void HistoryIn::install_unit(const Row& row, const LotRec& target, const std::string& code, Id<Run> run) {
  UnitRec* const component = unit_;
  UnitRec* whole = nullptr;
  for (UnitRec* unit : units_called(target.item, code))
    if (unit->lot == target.id) whole = unit;
  if (!whole) whole = &open_unit(target, {}, code);
  for (UnitRec* in = whole; in && component; in = in->inside ? load_unit(in->inside) : nullptr)
    if (in == component) return fault(row, EventColumn::into, "unit " + code + " cannot be built into itself");
  time_unit(*whole, run);
  const std::int64_t earliest = row.time.at(masters_.zone_of(entry_place_)).earliest().microseconds;
  whole->last_assigned = std::max(whole->last_assigned, earliest);
  if (earliest > whole->yielded_by)
    return fault(row, EventColumn::into, "what went into unit " + code + " cannot be later than it (R66)");
  if (!component) return;
  component->inside = whole->id;
  entry_.facts.emplace_back(Installed{component->id.value, whole->id.value});
}

/// R59 for one unit: whether it is there, against where the book has it at that instant.
void HistoryIn::count_unit(const Row& row, LotRec& lot, Id<Place> where, bool is_there, std::int64_t instant,
                           bool is_complete) {
  UnitRec& unit = *unit_;
  if (is_complete) countings_[counting_key(row)].named.insert(unit.id.value);
  Counted* counted = nullptr;
  for (Fact& fact : entry_.facts)
    if (auto* known = std::get_if<Counted>(&fact); known && known->lot == lot.id.value && known->place == where.value)
      counted = known;
  if (!counted)
    counted = &std::get<Counted>(entry_.facts.emplace_back(Counted{lot.id.value, where.value, {}, {}, is_complete}));
  if (is_there) counted->quantity += Decimal::whole(1);
  const bool was_there = unit_place_at(unit, instant) == where;
  if (is_there && !was_there) line(row, lot, ends::count, where, Decimal::whole(1), {});
  if (!is_there && was_there) line(row, lot, where, ends::count, Decimal::whole(1), {});
}

/// Units that a complete count did not name are not there (R59).
void HistoryIn::finish_counting_units(LotRec& lot, const Counting& counting, Id<Place> where) {
  if (!view_.is_new(lot.id.value))
    for (const std::uint64_t seq : view_.history(lot.id.value))
      for (const Fact& fact : view_.entry(seq)->facts)
        if (const auto* opened = std::get_if<SerialsOpened>(&fact); opened && opened->lot == lot.id.value)
          for (std::uint32_t i = 0; i < opened->codes.size(); ++i) load_unit(Id<Serial>{opened->first + i});
  for (UnitRec* unit : units_of_lot_[lot.id.value]) {
    if (unit->place != where || counting.named.contains(unit->id.value)) continue;
    cell_of(lot, where).quantity -= Decimal::whole(1).millionths();
    keep_in_order(lot, where, cell_of(lot, where).quantity + Decimal::whole(1).millionths(),
                  cell_of(lot, where).quantity);
    entry_.lines.push_back({lot.id, where, ends::count, Decimal::whole(1), {}, unit->id.value, 0});
    moves_.push_back(
        {0, Decimal::whole(1).millionths(), 0, lot.id.value, where.value, ends::count.value, UINT32_MAX, 0, false});
    entry_moves_.push_back(static_cast<std::uint32_t>(moves_.size() - 1));
    unit->place = ends::count;
    note_step(*unit);
  }
  if (!counting.named.contains(lot.id.value))
    entry_.facts.emplace_back(Counted{lot.id.value, where.value, {}, {}, true});
}

/// A hold on one unit (R38). Each row is a hold of its own, as for lots; a number may be that of several.
void HistoryIn::hold_unit(const Row& row) {
  if (row.has(EventColumn::from) || (row.has(EventColumn::kind) && row.get(EventColumn::kind) != name_of(Flow::lot)))
    return fault(row, row.has(EventColumn::from) ? EventColumn::from : EventColumn::kind,
                 "a hold on a unit covers it wherever it is, and nothing else: leave this empty, or the serial");
  finish_entry();
  begin_entry(row, EntryKind::hold);
  HoldPlaced placed;
  placed.hold = next_id_++, placed.number = entry_.document, placed.reason = entry_.why;
  if (placed.number.empty()) placed.number = hold_series_number(view_, placed.hold);
  holds_by_number_[entry_.document].push_back(
      &holds_.emplace_back(HoldRec{placed.hold, Flow::lot, {}, false, unit_->id.value}));
  ++unit_->holds;
  const std::uint32_t hold = placed.hold;
  entry_.facts.emplace_back(std::move(placed));
  entry_.facts.emplace_back(UnitsHeld{hold, {unit_->id.value}});
}

void HistoryIn::release_unit(const Row& row) {
  const std::string number = trimmed_nfc(row.get(EventColumn::document)).value_or("");
  if (number.empty())
    return fault(row, EventColumn::document,
                 "say which hold is lifted from the unit; quality releases whole lots (R37): leave the serial out");
  finish_entry();
  std::vector<std::pair<std::uint32_t, bool>> lifted;  // holds, and whether they are over
  for (HoldRec* hold : holds_by_number_[number])
    if (!hold->is_lifted && hold->unit == unit_->id.value)
      lifted.emplace_back(hold->hold, true), hold->is_lifted = true;
  if (lifted.empty() && view_.head().seq > 1)
    for (const Hold& before : view_.holds_numbered(number))
      if (before.lifted_in == 0 && view_.covers(HeldUnit{unit_->lot, unit_->id, before.id}))
        lifted.emplace_back(before.id.value,
                            view_.lots_under(before.id).empty() && view_.units_under(before.id).size() == 1);
  if (lifted.empty()) return fault(row, EventColumn::document, "no hold " + number + " stands on that unit");
  begin_entry(row, EntryKind::lift_hold);
  for (const auto& [hold, wholly] : lifted) {
    entry_.facts.emplace_back(HoldLifted{hold, wholly, {}});
    entry_.facts.emplace_back(UnitsFreed{hold, {unit_->id.value}});
    if (unit_->holds > 0) --unit_->holds;
  }
}

/// The newest movement is one of this unit.
void HistoryIn::note_step(UnitRec& unit) {
  entry_steps_.emplace_back(&unit, static_cast<std::uint32_t>(moves_.size() - 1));
}

void HistoryIn::link_step(UnitRec& unit, std::uint32_t move) {
  unit_steps_.push_back({move, unit.newest_step});
  unit.newest_step = static_cast<std::uint32_t>(unit_steps_.size() - 1);
  unit_of_move_[move + 1] = unit.id.value;
}

HistoryIn::UnitRec* HistoryIn::unit_of_move(std::uint32_t move) {
  const std::uint32_t* id = unit_of_move_.find(move + 1);
  return id ? *unit_by_id_.find(*id) : nullptr;
}

/// R28, R78 at every instant, for the units of lots whose rows did not come in order.
void HistoryIn::check_units_past() {
  if (tolerates_want) return;
  std::vector<std::uint32_t> order;
  for (UnitRec& unit : units_) {
    LotRec* const* lot = by_id_.find(unit.lot.value);
    if (!lot || !(*lot)->is_out_of_order || (*lot)->lacks || unit.newest_step == UINT32_MAX) continue;
    order.clear();
    for (std::uint32_t step = unit.newest_step; step != UINT32_MAX; step = unit_steps_[step].previous)
      if (!moves_[unit_steps_[step].move].is_dead) order.push_back(unit_steps_[step].move);
    std::reverse(order.begin(), order.end());
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return moves_[a].settled < moves_[b].settled; });
    Id<Place> place;
    for (const std::uint32_t m : order) {
      const Move& move = moves_[m];
      const bool fits = place ? place.value == move.from : !ends::holds_stock(Id<Place>{move.from});
      place = Id<Place>{move.to};
      if (fits) continue;
      const Place* where = masters_.places.find(Id<Place>{move.from});
      faults_.push_back({file_, move.line, "occurred_at",
                         "at " + Instant{move.settled}.text() + " unit " + unit.code + " was not " +
                             (where ? "in " + where->code : std::string("there")) + ": it came or went another time"});
      break;
    }
  }
}

}  // namespace lotbook
