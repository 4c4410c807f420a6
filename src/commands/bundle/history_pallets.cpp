// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "commands/bundle/history_in.h"
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
  // Goods that come back are told by their lot; the pallet may be another one by then.
  if (first.from == ends::customer) return;
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

void HistoryIn::bring_back_pallets(const Dispatched& dispatch, Id<Place> to) {
  for (const auto& [pallet, from] : dispatch.pallets) {
    pallet->unit.place = to, loaded_pallets_[pallet->unit.sscc] = pallet;
    if (from != to) entry_.facts.emplace_back(HandlingUnitMoved{pallet->unit.id.value, from.value, to.value, 0, 0});
  }
}

}  // namespace lotbook
