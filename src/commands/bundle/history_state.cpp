// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "commands/bundle/history_in.h"
#include "commands/lot_codes.h"
#include "commands/reach.h"
#include "commands/run_content.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

std::uint64_t hash_of(std::uint32_t item, std::string_view code) {
  const std::uint64_t hash = std::hash<std::string_view>{}(code) ^ (item * 0x9E3779B97F4A7C15ull);
  return hash == 0 ? 1 : hash;
}

}  // namespace

void HistoryIn::fault(const Row& row, EventColumn column, std::string reason) {
  row.csv->fault(static_cast<std::size_t>(column), std::move(reason));
}

void HistoryIn::warn(std::string code, std::string detail, Id<Lot> lot) {
  ++report_.warnings[code];
  entry_.facts.emplace_back(Noticed{std::move(code), std::move(detail), lot.value});
}

HistoryIn::LotRec* HistoryIn::load_lot(Id<Lot> id) {
  if (LotRec** known = by_id_.find(id.value)) return *known;
  const LotState* state = view_.lot(id);
  if (!state) return nullptr;
  LotRec& lot = lots_.emplace_back();
  lot.id = id, lot.item = state->lot.item, lot.kind = masters_.items.find(lot.item), lot.code = state->lot.code;
  lot.expires_on = state->lot.expires_on, lot.retest_on = state->lot.retest_on,
  lot.best_before_on = state->lot.best_before_on;
  lot.received_on = state->lot.received_on, lot.produced_on = state->lot.produced_on;
  lot.pick_day = view_.pick_day(state->lot);
  lot.quality = state->lot.quality, lot.is_untracked = state->is_untracked(), lot.is_loaded = view_.is_new(id.value);
  for (const Hold& hold : view_.holds_on(id))
    ++lot.holds, lot.flows_to_new |= hold.flow == Flow::descendants_and_new, new_holds_flow_ |= lot.flows_to_new;
  by_id_[id.value] = &lot;
  for (const LotState::Cell& cell : state->cells) {
    Cell& here = cell_of(lot, cell.place);
    here.quantity = cell.quantity.millionths(), here.quantity2 = cell.quantity2.millionths();
    keep_in_order(lot, cell.place, 0, here.quantity);
  }
  return &lot;
}

/// Movements of a lot that was in the book before, needed once rows come that happened earlier.
void HistoryIn::load_history(LotRec& lot) {
  if (lot.is_loaded) return;
  lot.is_loaded = true;
  std::vector<Happening> past = timeline(view_, lot.id);
  for (const Happening& h : past) {
    moves_.push_back({h.settled_at.microseconds, h.line.quantity.millionths(), h.line.quantity2.millionths(),
                      lot.id.value, h.line.from.value, h.line.to.value, lot.newest_move, 0, false});
    lot.newest_move = static_cast<std::uint32_t>(moves_.size() - 1);
    lot.last_settled = std::max(lot.last_settled, h.settled_at.microseconds);
    if (UnitRec* unit = h.line.serial != 0 ? load_unit(Id<Serial>{h.line.serial}) : nullptr)
      link_step(*unit, lot.newest_move);
  }
}

HistoryIn::LotRec* HistoryIn::find_lot(std::uint32_t item, std::string_view code) {
  std::uint64_t key = hash_of(item, code);
  for (;; ++key) {
    LotRec** known = by_code_.find(key);
    if (!known) break;
    if ((*known)->item.value == item && (*known)->code == code) return *known;
  }
  if (new_items_.contains(item)) return nullptr;
  const Id<Lot> id = view_.lot_called(Id<Item>{item}, code);
  if (!id) return nullptr;
  LotRec* lot = load_lot(id);
  by_code_[key] = lot;
  return lot;
}

HistoryIn::LotRec& HistoryIn::add_lot(LotOpened opened) {
  LotRec& lot = lots_.emplace_back();
  lot.id = opened.lot, lot.item = opened.item, lot.kind = masters_.items.find(opened.item), lot.code = opened.code;
  lot.expires_on = opened.expires_on, lot.retest_on = opened.retest_on, lot.best_before_on = opened.best_before_on,
  lot.quality = opened.quality, lot.received_on = opened.received_on, lot.produced_on = opened.produced_on;
  Lot dates;
  dates.item = opened.item, dates.received_on = opened.received_on, dates.produced_on = opened.produced_on;
  dates.expires_on = opened.expires_on, dates.best_before_on = opened.best_before_on,
  dates.retest_on = opened.retest_on;
  lot.pick_day = view_.pick_day(dates);
  by_id_[lot.id.value] = &lot;
  std::uint64_t key = hash_of(lot.item.value, lot.code);
  while (by_code_.find(key)) ++key;
  by_code_[key] = &lot;
  if (length_in_characters(opened.code) > 20)
    warn("code_is_long", "\"" + opened.code + "\" is longer than the 20 characters that GS1 labels hold.", opened.lot);
  for (const LotName& name : view_.names_like(opened.item, opened.code))
    if (name.code != opened.code) {
      warn("lot_code_resembles", "\"" + opened.code + "\" looks like " + name.code + " of the same item.", opened.lot);
      break;
    }
  entry_.opened.push_back(std::move(opened));
  ++report_.lots;
  return lot;
}

std::string HistoryIn::item_code(const LotRec& lot) const { return std::string(masters_.items.code_of(lot.item)); }

/// The lot that a row names: by own code, or elsewhere than in receive and name by a supplier's code that fits one lot
/// only.
HistoryIn::LotRec* HistoryIn::named_lot(const Row& row) {
  const Id<Item> item = masters_.items.id_of(row.get(EventColumn::item));
  if (!item) {
    fault(
        row, EventColumn::item,
        row.has(EventColumn::item) ? "there is no item " + std::string(row.get(EventColumn::item)) : "say which item");
    return nullptr;
  }
  const bool is_by_unit = masters_.items.find(item)->tracking == Tracking::serial;
  if (row.has(EventColumn::serial) && !is_by_unit) {
    fault(row, EventColumn::serial, "the item is not tracked by serial number: leave it empty");
    return nullptr;
  }
  // What is said of a lot is said of all its units.
  const bool is_of_lot = row.event == Event::name || row.event == Event::hold || row.event == Event::release ||
                         row.event == Event::quarantine || row.event == Event::reject;
  if (is_by_unit && (!is_of_lot || row.has(EventColumn::serial))) return lot_of_unit(row, item);
  if (masters_.items.find(item)->tracking == Tracking::none) {
    if (row.has(EventColumn::lot)) {
      fault(row, EventColumn::lot, "the item is not tracked by lot");
      return nullptr;
    }
    LotRec* lot = find_lot(item.value, "");
    if (!lot) lot = load_lot(view_.untracked_lot(item));
    return lot;
  }
  if (drawn_.lot) return drawn_.lot;
  const std::string_view code = row.get(EventColumn::lot);
  if (!code.empty()) {
    if (LotRec* lot = find_lot(item.value, trimmed_nfc(code).value_or(""))) return lot;
    fault(row, EventColumn::lot,
          "there is no lot " + std::string(code) + " of " + std::string(row.get(EventColumn::item)));
    return nullptr;
  }
  const std::string_view name = row.get(EventColumn::supplier_lot);
  if (name.empty()) {
    fault(row, EventColumn::lot, "the item is tracked by lot: say which one");
    return nullptr;
  }
  finish_entry();  // names given by the entry in the making count as well
  const std::string wanted = trimmed_nfc(name).value_or("");
  std::vector<Id<Lot>> found;
  for (const LotName& known : view_.names_like(item, wanted))
    if (known.code == wanted && std::find(found.begin(), found.end(), known.lot) == found.end())
      found.push_back(known.lot);
  if (found.size() == 1) return load_lot(found.front());
  fault(row, EventColumn::supplier_lot,
        found.empty()
            ? "no lot of the item bears the name " + wanted
            : std::to_string(found.size()) + " lots of the item bear the name " + wanted + ": give the own code");
  return nullptr;
}

HistoryIn::RunRec* HistoryIn::run_of(const Row& row, bool make) {
  // Rows of one run follow each other, most of the time.
  if (newest_run_ && newest_run_->number == row.get(EventColumn::document)) {
    if (row.get(EventColumn::kind).empty() && newest_run_->kind == RunKind::production) return newest_run_;
  }
  const std::string number = trimmed_nfc(row.get(EventColumn::document)).value_or("");
  if (number.empty()) {
    fault(row, EventColumn::document, "say which run, by its document number");
    return nullptr;
  }
  const auto says_its_kind = [&](const RunRec& run) {
    const std::string_view kind = row.get(EventColumn::kind);
    if (!make || (kind.empty() ? run.kind == RunKind::production : kind == name_of(run.kind))) return true;
    fault(row, EventColumn::kind,
          "run " + number + " is of kind " + std::string(name_of(run.kind)) + "; all its rows say the same");
    return false;
  };
  const auto known = runs_.find(number);
  if (known != runs_.end()) return says_its_kind(known->second) ? newest_run_ = &known->second : nullptr;
  RunRec run;
  run.number = number;
  if (view_.head().seq > 1) {
    if (const Run* before = view_.run_numbered(number)) {
      run.id = before->id, run.kind = before->kind,
      run.is_closed = before->state == RunState::closed || before->state == RunState::cancelled, run.is_new = false;
      run.place = before->place;
      const RunContent content = content_of(view_, run.id);
      for (const RunContent::Input& input : content.inputs) {
        if (!input.is_assumed) run.inputs.push_back(input.lot.value);
        if (input.into.empty()) run.uses.emplace_back(input.lot.value, 0u);
        for (const Id<Lot> output : input.into) run.uses.emplace_back(input.lot.value, output.value);
      }
      for (const RunContent::Output& output : content.outputs) run.outputs.push_back(output.lot.value);
      run.has_output = !run.outputs.empty();
      return &runs_.emplace(number, std::move(run)).first->second;
    }
  }
  if (!make) {
    fault(row, EventColumn::document, "there is no run " + number);
    return nullptr;
  }
  if (row.has(EventColumn::kind)) {
    const std::optional<RunKind> kind = choice_of<RunKind>(row.get(EventColumn::kind));
    if (!kind) {
      fault(row, EventColumn::kind, "write split, blend, relabel, rework, disassembly, or leave it empty");
      return nullptr;
    }
    run.kind = *kind;
  }
  run.id.value = next_id_++;
  return newest_run_ = &runs_.emplace(number, std::move(run)).first->second;
}

Id<Place> HistoryIn::place(const Row& row, EventColumn column) {
  const std::string_view code = row.get(column);
  const Id<Place> id = masters_.places.id_of(code);
  if (!id) fault(row, column, code.empty() ? "say which location" : "there is no location " + std::string(code));
  return id;
}

Id<Partner> HistoryIn::partner(const Row& row, EventColumn column) {
  const std::string_view code = row.get(column);
  const Id<Partner> id = masters_.partners.id_of(code);
  if (!id) fault(row, column, code.empty() ? "say which partner" : "there is no partner " + std::string(code));
  return id;
}

std::optional<Decimal> HistoryIn::quantity(const Row& row, const LotRec& lot, bool may_be_zero) {
  if (drawn_.quantity) return drawn_.quantity;
  if (lot.kind->tracking == Tracking::serial) return quantity_of_unit(row, lot, may_be_zero);
  const std::string_view text = row.get(EventColumn::quantity);
  const std::optional<Decimal> typed = Decimal::parse(text);
  if (!typed)
    return fault(row, EventColumn::quantity,
                 text.empty() ? "say how much"
                              : "\"" + std::string(text) + "\" is no quantity; write a number such as 12.5"),
           std::nullopt;
  if (typed->is_negative() || (typed->is_zero() && !may_be_zero))
    return fault(row, EventColumn::quantity, "a quantity is above zero"), std::nullopt;
  constexpr Decimal most = Decimal::whole(1'000'000'000'000);
  if (*typed > most) return fault(row, EventColumn::quantity, "the quantity is too large"), std::nullopt;
  const std::string_view unit = row.get(EventColumn::unit);
  const std::optional<Decimal> base = masters_.to_base(*lot.kind, lot.code, *typed, unit);
  if (!base)
    return fault(row, EventColumn::unit,
                 "the book cannot turn " + std::string(unit) + " into " + lot.kind->unit + " for " + item_code(lot)),
           std::nullopt;
  if (*base > most) return fault(row, EventColumn::quantity, "the quantity is too large"), std::nullopt;
  if (base->is_zero() && !typed->is_zero())
    return fault(row, EventColumn::quantity, "that is nothing at " + std::to_string(lot.kind->decimals) + " decimals"),
           std::nullopt;
  return base;
}

std::optional<Decimal> HistoryIn::quantity2(const Row& row, const LotRec& lot) {
  const std::string_view text = row.get(EventColumn::quantity2);
  if (lot.kind->unit2.empty()) {
    if (!text.empty()) return fault(row, EventColumn::quantity2, "the item has no second unit"), std::nullopt;
    return Decimal();
  }
  const std::optional<Decimal> typed = Decimal::parse(text);
  if (!typed || typed->is_negative())
    return fault(row, EventColumn::quantity2, "a catch-weight item needs its second quantity (R18)"), std::nullopt;
  return typed->rounded(lot.kind->decimals2);
}

HistoryIn::Cell& HistoryIn::cell_of(LotRec& lot, Id<Place> place) {
  for (Cell& cell : lot.cells)
    if (cell.place == place.value) return cell;
  lots_at_[place.value].push_back(lot.id.value);
  Cell& cell = lot.cells.emplace_back();
  cell.place = place.value;
  return cell;
}

void HistoryIn::change_stock(const Row& row, LotRec& lot, Id<Place> place, Decimal quantity, Decimal quantity2) {
  if (!ends::holds_stock(place)) return;
  Cell* cell = &cell_of(lot, place);
  cell->quantity += quantity.millionths(), cell->quantity2 += quantity2.millionths();
  keep_in_order(lot, place, cell->quantity - quantity.millionths(), cell->quantity);
  if (masters_.is_vessel(place)) keep_in_vessel(row, lot, place, quantity, cell->quantity > 0);
  if (cell->quantity >= 0 && cell->quantity2 >= 0) return;
  if (tolerates_want) {
    cell->lowest = std::min(cell->lowest, cell->quantity);
    return;
  }
  lot.lacks = true;
  const Decimal lacking = Decimal::from_millionths(cell->quantity < 0 ? -cell->quantity : -cell->quantity2);
  const Place* where = masters_.places.find(place);
  fault(row, EventColumn::quantity,
        "there is too little of " + (lot.code.empty() ? item_code(lot) : "lot " + lot.code + " of " + item_code(lot)) +
            " in " + (where ? where->code : "transit") + ": " + lacking.text() + " " + lot.kind->unit + " are missing");
  // One want is one fault: what follows is judged as if it had been there.
  cell->quantity = std::max<std::int64_t>(cell->quantity, 0),
  cell->quantity2 = std::max<std::int64_t>(cell->quantity2, 0);
}

void HistoryIn::line(const Row& row, LotRec& lot, Id<Place> from, Id<Place> to, Decimal quantity, Decimal quantity2) {
  if (unit_ && !move_unit(row, lot, from, to)) return;
  change_stock(row, lot, from, -quantity, -quantity2);
  change_stock(row, lot, to, quantity, quantity2);
  entry_.lines.push_back({lot.id, from, to, quantity, quantity2, unit_ ? unit_->id.value : 0, 0});
  moves_.push_back({0, quantity.millionths(), quantity2.millionths(), lot.id.value, from.value, to.value, UINT32_MAX,
                    row.line, false});
  entry_moves_.push_back(static_cast<std::uint32_t>(moves_.size() - 1));
  if (unit_) note_step(*unit_);
  if (row.has(EventColumn::sscc))
    entry_pallets_[std::string(row.get(EventColumn::sscc))].push_back(entry_.lines.size() - 1);
  if (const std::string_view unit = row.get(EventColumn::unit);
      !drawn_.quantity && !unit.empty() && unit != lot.kind->unit)
    entry_.facts.emplace_back(Typed{static_cast<std::uint32_t>(entry_.lines.size() - 1),
                                    std::string(row.get(EventColumn::quantity)), std::string(unit)});
}

Date HistoryIn::day(const Row& row, Id<Place> place) const {
  return row.time.day ? *row.time.day : masters_.zone_of(place).day_of(row.time.interval.at);
}

void HistoryIn::date(const Row& row, EventColumn column, Date& into) {
  if (!row.has(column)) return;
  const std::optional<Date> read = Date::parse_last_of_month(row.get(column));
  if (!read) return fault(row, column, "\"" + std::string(row.get(column)) + "\" is no day; write 2026-11-30");
  into = *read;
}

void HistoryIn::calculate_expiry(const Row& row, const Item& item, Id<Place> place, LotOpened& opened) const {
  if (opened.expires_on || opened.best_before_on || (item.shelf_life_days == 0 && item.shelf_life_months == 0)) return;
  const Date from = opened.produced_on ? opened.produced_on : day(row, place);
  opened.expires_on =
      item.shelf_life_days > 0 ? from.plus_days(item.shelf_life_days) : from.plus_months(item.shelf_life_months);
  opened.expiry_calculated = true;
}

std::string HistoryIn::series_code(std::uint32_t item, Id<Lot> lot, Id<Place> place) {
  std::string code = code_of_series(masters_, lot, place);
  while (find_lot(item, code)) code += "-2";
  return code;
}

void HistoryIn::cover(HoldRec& hold, LotRec& lot) {
  hold.lots.push_back(lot.id.value);
  if (hold.flow == Flow::descendants_and_new) lot.flowing.push_back(&hold);
}

/// The lot, and behind it what was made of it until now (R42): an export names the first.
void HistoryIn::cover_descendants(LotRec& lot, std::vector<std::uint32_t>& lots) {
  lots.push_back(lot.id.value);
  for (const Id<Lot> reached : with_descendants(view_, std::span(&lot.id, 1)))
    if (reached != lot.id) lots.push_back(reached.value), load_lot(reached);
}

std::vector<ProposedOpening> HistoryIn::wants() const {
  std::vector<ProposedOpening> openings;
  for (const LotRec& lot : lots_)
    for (const Cell& cell : lot.cells) {
      const Place* place = masters_.places.find(Id<Place>{cell.place});
      // Units are opened one by one, by rows that name them.
      if (cell.lowest < 0 && place && lot.kind->tracking != Tracking::serial)
        openings.push_back({item_code(lot), lot.code, place->code, Decimal::from_millionths(-cell.lowest)});
    }
  std::sort(openings.begin(), openings.end(), [](const auto& a, const auto& b) {
    return std::tie(a.item, a.lot, a.place) < std::tie(b.item, b.lot, b.place);
  });
  return openings;
}

}  // namespace lotbook
