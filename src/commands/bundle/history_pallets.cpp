// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "commands/bundle/history_in.h"
#include "commands/hold.h"
#include "ledger/handling_units.h"
#include "model/place_ends.h"

// Pallets and cases in a history (R24). Rows say which one goods were on; that it came, went with all that was on it,
// or lost some of it follows from the lines of an entry together.

namespace lotbook {

HistoryIn::PalletRec& HistoryIn::pallet_of(const std::string& sscc, Id<Place> place) {
  const auto [known, is_new] = pallets_.try_emplace(sscc);
  PalletRec& pallet = known->second;
  loaded_pallets_[sscc] = &pallet;  // whoever asks for it is about to load or move it
  if (!is_new) return pallet;
  if (view_.head().seq > 1)
    if (const HandlingUnit* before = view_.handling_unit_called(sscc)) {
      pallet.unit = *before;
      return pallet;
    }
  pallet.unit.id.value = next_id_++, pallet.unit.sscc = sscc, pallet.unit.place = place;
  entry_.facts.emplace_back(HandlingUnitOpened{pallet.unit.id.value, sscc, place.value});
  return pallet;
}

void HistoryIn::carry_pallets() {
  for (const auto& [sscc, lines] : entry_pallets_) carry_pallet(sscc, lines);
  entry_pallets_.clear();
  if (loaded_pallets_.empty()) return;
  std::erase_if(loaded_pallets_, [](const auto& loaded) {
    const HandlingUnit& unit = loaded.second->unit;
    return unit.goods.empty() || !ends::holds_stock(unit.place);
  });
  take_off_what_left();
}

void HistoryIn::carry_pallet(const std::string& sscc, const std::vector<std::size_t>& lines) {
  if (!is_sscc(sscc)) {
    faults_.push_back({file_, entry_line_, "sscc", "\"" + sscc + "\" is no SSCC: 18 digits, the last a check digit"});
    return;
  }
  const Line& first = entry_.lines[lines.front()];
  // Goods that come back are told by their lot; the pallet may be another one by then. If it is this one, rows that
  // name it later say so.
  if (first.from == ends::customer) {
    if (const auto known = pallets_.find(sscc); known != pallets_.end()) known->second.came_back = true;
    return;
  }
  const bool comes = !ends::holds_stock(first.from);
  PalletRec& pallet = pallet_of(sscc, comes ? first.to : first.from);
  HandlingUnit& unit = pallet.unit;
  HandlingUnit brought;
  for (const std::size_t i : lines) {
    Line& line = entry_.lines[i];
    line.handling_unit = unit.id.value;
    change_goods(brought, {line.lot, Id<Serial>{line.serial}, line.quantity, line.quantity2}, true);
  }
  const auto pack = [&](const PackedGoods& goods, bool is_off) {
    entry_.facts.emplace_back(
        Packed{unit.id.value, goods.lot.value, goods.serial.value, goods.quantity, goods.quantity2, is_off});
    change_goods(unit, goods, !is_off);
  };
  if (comes) {
    if (unit.place != first.to) {
      faults_.push_back({file_, entry_line_, "sscc", sscc + " was used before, and is never used again (R24)"});
      return;
    }
    for (const PackedGoods& goods : brought.goods) pack(goods, false);
    return;
  }
  if (unit.place == ends::customer && pallet.came_back) {
    for (const PackedGoods& gone : std::vector<PackedGoods>(unit.goods)) pack(gone, true);
    entry_.facts.emplace_back(HandlingUnitMoved{unit.id.value, unit.place.value, first.from.value, 0, 0});
    unit.place = first.from, pallet.came_back = false;
  }
  if (unit.place != first.from) {
    faults_.push_back({file_, entry_line_, "sscc", sscc + " does not stand there"});
    return;
  }
  // What no row put on it was on it all the same; what stays behind is taken off.
  for (const PackedGoods& goods : brought.goods) {
    const auto there = std::find_if(unit.goods.begin(), unit.goods.end(), [&](const PackedGoods& g) {
      return g.lot == goods.lot && g.serial == goods.serial;
    });
    PackedGoods missing = goods;
    if (there != unit.goods.end())
      missing.quantity -= std::min(there->quantity, goods.quantity),
          missing.quantity2 -= std::min(there->quantity2, goods.quantity2);
    if (missing.quantity.is_positive()) pack(missing, false);
  }
  for (PackedGoods& left : std::vector<PackedGoods>(unit.goods)) {
    for (const PackedGoods& goods : brought.goods)
      if (goods.lot == left.lot && goods.serial == left.serial)
        left.quantity -= goods.quantity, left.quantity2 -= goods.quantity2;
    if (left.quantity.is_positive()) pack(left, true);
  }
  entry_.facts.emplace_back(HandlingUnitMoved{unit.id.value, unit.place.value, first.to.value, 0, 0});
  if (!ends::holds_stock(first.to)) entry_pallets_gone_.emplace_back(&pallet, unit.place);
  unit.place = first.to;
}

/// Rows that name no pallet took what was on one: then it was taken off.
void HistoryIn::take_off_what_left() {
  for (std::size_t i = 0; i < entry_.lines.size(); ++i) {
    const Line line = entry_.lines[i];
    if (line.handling_unit != 0 || !ends::holds_stock(line.from)) continue;
    LotRec& lot = **by_id_.find(line.lot.value);
    Decimal packed;
    for (const auto& [sscc, pallet] : loaded_pallets_)
      if (pallet->unit.place == line.from)
        for (const PackedGoods& goods : pallet->unit.goods)
          if (goods.lot == line.lot) packed += goods.quantity;
    Decimal over = packed - Decimal::from_millionths(std::max<std::int64_t>(cell_of(lot, line.from).quantity, 0));
    if (!over.is_positive()) continue;
    for (const auto& [sscc, pallet] : loaded_pallets_) {
      if (pallet->unit.place != line.from) continue;
      for (const PackedGoods& goods : std::vector<PackedGoods>(pallet->unit.goods)) {
        if (goods.lot != line.lot || !over.is_positive()) continue;
        PackedGoods off = goods;
        off.quantity = std::min(goods.quantity, over);
        over -= off.quantity;
        entry_.facts.emplace_back(
            Packed{pallet->unit.id.value, off.lot.value, off.serial.value, off.quantity, off.quantity2, true});
        change_goods(pallet->unit, off, false);
        ++report_.warnings["taken_off_handling_unit"];
      }
    }
  }
}

/// The pallet of a row about a hold: one that came, and has not left.
HistoryIn::PalletRec* HistoryIn::known_pallet(const Row& row) {
  const std::string sscc(row.get(EventColumn::sscc));
  if (!pallets_.contains(sscc) && (view_.head().seq <= 1 || !view_.handling_unit_called(sscc))) {
    fault(row, EventColumn::sscc, "no row before has brought anything on " + sscc);
    return nullptr;
  }
  PalletRec& pallet = pallet_of(sscc, {});
  if (ends::holds_stock(pallet.unit.place)) return &pallet;
  fault(row, EventColumn::sscc, sscc + " has left before");
  return nullptr;
}

/// A hold on a pallet or case (R38). Its rows name the lots on it; one hold is on all of it.
void HistoryIn::hold_pallet(const Row& row) {
  if (row.has(EventColumn::from) || row.has(EventColumn::serial) ||
      (row.has(EventColumn::kind) && row.get(EventColumn::kind) != name_of(Flow::lot)))
    return fault(row, EventColumn::sscc,
                 "a hold on a pallet covers what is on it, and nothing else: leave from, serial and kind empty");
  finish_entry();
  const PalletRec* pallet = known_pallet(row);
  if (!pallet) return;
  const std::uint32_t id = pallet->unit.id.value;
  const std::string number = trimmed_nfc(row.get(EventColumn::document)).value_or("");
  for (const HoldRec* hold : holds_by_number_[number])
    if (!hold->is_lifted && hold->handling_unit == id) return;
  begin_entry(row, EntryKind::hold);
  HoldPlaced placed;
  placed.hold = next_id_++, placed.number = entry_.document, placed.reason = entry_.why;
  if (placed.number.empty()) placed.number = hold_series_number(view_, placed.hold);
  holds_by_number_[number].push_back(&holds_.emplace_back(HoldRec{placed.hold, Flow::lot, {}, false, 0, id}));
  const std::uint32_t hold = placed.hold;
  entry_.facts.emplace_back(std::move(placed));
  entry_.facts.emplace_back(HandlingUnitsHeld{hold, {id}});
}

void HistoryIn::release_pallet(const Row& row) {
  const std::string number = trimmed_nfc(row.get(EventColumn::document)).value_or("");
  if (number.empty())
    return fault(row, EventColumn::document,
                 "say which hold is lifted from the pallet; quality releases whole lots (R37): leave the SSCC out");
  finish_entry();
  const PalletRec* pallet = known_pallet(row);
  if (!pallet) return;
  const Id<HandlingUnit> id = pallet->unit.id;
  std::vector<std::pair<std::uint32_t, bool>> lifted;  // holds, and whether they are over
  for (HoldRec* hold : holds_by_number_[number])
    if (!hold->is_lifted && hold->handling_unit == id.value)
      lifted.emplace_back(hold->hold, true), hold->is_lifted = true;
  if (lifted.empty() && view_.head().seq > 1)
    for (const Hold& before : view_.holds_numbered(number))
      if (before.lifted_in == 0 && view_.covers(HeldHandlingUnit{id, before.id}))
        lifted.emplace_back(before.id.value, view_.lots_under(before.id).empty() &&
                                                 view_.units_under(before.id).empty() &&
                                                 view_.handling_units_under(before.id).size() == 1);
  if (lifted.empty()) return fault(row, EventColumn::document, "no hold " + number + " stands on that pallet");
  begin_entry(row, EntryKind::lift_hold);
  for (const auto& [hold, wholly] : lifted) {
    entry_.facts.emplace_back(HoldLifted{hold, wholly, {}});
    entry_.facts.emplace_back(HandlingUnitsFreed{hold, {id.value}});
  }
}

void HistoryIn::bring_back_pallets(const Dispatched& dispatch, Id<Place> to) {
  for (const auto& [pallet, from] : dispatch.pallets) {
    pallet->unit.place = to, loaded_pallets_[pallet->unit.sscc] = pallet;
    if (from != to) entry_.facts.emplace_back(HandlingUnitMoved{pallet->unit.id.value, from.value, to.value, 0, 0});
  }
}

}  // namespace lotbook
