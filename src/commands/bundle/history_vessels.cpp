// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "commands/bundle/history_in.h"
#include "ledger/vessel.h"
#include "model/place_ends.h"

// Tanks and silos in a history (R74-R76): what a fill mixes with, what a draw takes that names no lot.

namespace lotbook {

HistoryIn::VesselRec& HistoryIn::vessel_of(Id<Place> place) {
  const auto [known, is_new] = vessels_.try_emplace(place.value);
  VesselRec& vessel = known->second;
  if (is_new && !view_.is_new(place.value)) {
    // As an earlier bundle, or work since, left it.
    const VesselContent content = vessel_content(view_, place);
    for (const Id<Lot> lot : content.layers) vessel.layers.push_back({load_lot(lot), view_.lot(lot)->on_hand(place)});
    if (content.last) vessel.last = load_lot(content.last), vessel.last_came_in = residue_of(view_, place, content);
    vessel.is_emptied = content.is_emptied;
  }
  for (auto layer = vessel.layers.begin(); layer != vessel.layers.end();) {
    if (cell_of(*layer->lot, place).quantity > 0) {
      ++layer;
      continue;
    }
    if (vessel.layers.size() == 1)
      vessel.last = layer->lot, vessel.last_came_in = layer->came_in, vessel.is_emptied = false;
    layer = vessel.layers.erase(layer);
  }
  return vessel;
}

void HistoryIn::keep_in_vessel(const Row& row, LotRec& lot, Id<Place> place, Decimal came, bool lies_there) {
  VesselRec& vessel = vessel_of(place);
  auto layer = std::find_if(vessel.layers.begin(), vessel.layers.end(), [&](const auto& c) { return c.lot == &lot; });
  if (lies_there && layer == vessel.layers.end())
    layer = vessel.layers.insert(vessel.layers.end(), {&lot, Decimal()}), vessel.last = nullptr;
  // Stock by lot and place cannot tell two layers of one lot: they count as the lower one, and the entry says so.
  if (came.is_positive() && lies_there && layer != vessel.layers.end() && layer != std::prev(vessel.layers.end()))
    warn("layer_came_again", "More of " + lot.code + " came to lie above another layer.", lot.id);
  if (layer != vessel.layers.end() && came.is_positive()) layer->came_in += came;
  const LotRec* below = vessel.layers.empty() ? nullptr : vessel.layers.front().lot;
  const bool mixes = masters_.places.find(place)->mixing == Mixing::mixes;
  if (!below || below == &lot || vessel.layers.size() < 2 || (!mixes && below->item == lot.item)) return;
  fault(row, EventColumn::to,
        "lot " + below->code + " of " + item_code(*below) + " is in that vessel" +
            (below->item == lot.item ? " and mixes with what comes to it: write a fill row (R74)"
                                     : ": another item is not put to it (R74)"));
}

bool HistoryIn::draws_unnamed(const Row& row) const {
  if (!row.has(EventColumn::from) || row.has(EventColumn::lot) || row.has(EventColumn::supplier_lot)) return false;
  if (!masters_.is_vessel(masters_.places.id_of(row.get(EventColumn::from)))) return false;
  const Item* item = masters_.items.find(row.get(EventColumn::item));
  return item && item->tracking == Tracking::lot && row.event != Event::hold;
}

/// R74, R75: the content, or the oldest layers, one after the other.
void HistoryIn::draw(const Row& row) {
  const Id<Place> from = masters_.places.id_of(row.get(EventColumn::from));
  const Id<Item> item = masters_.items.id_of(row.get(EventColumn::item));
  std::vector<LotRec*> layers;
  for (const VesselRec::Content& content : vessel_of(from).layers)
    if (content.lot->item == item) layers.push_back(content.lot);
  if (layers.empty())
    return fault(row, EventColumn::from, "nothing of that item is in the vessel: say which lot, or write a count");
  std::optional<Decimal> left = quantity(row, *layers.front(), false);
  if (!left) return;
  if (*left <= Decimal::from_millionths(cell_of(*layers.front(), from).quantity) || layers.size() == 1) {
    drawn_ = {layers.front(), std::nullopt};
    act(row);
    drawn_ = {};
    return;
  }
  for (LotRec* lot : layers) {
    const Decimal there = Decimal::from_millionths(cell_of(*lot, from).quantity);
    const Decimal part = lot == layers.back() ? *left : std::min(*left, there);
    if (!part.is_positive()) continue;
    drawn_ = {lot, part};
    act(row);
    *left -= part;
    if (left->is_zero()) break;
  }
  drawn_ = {};
}

void HistoryIn::fill(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> from = place(row, EventColumn::from), to = place(row, EventColumn::to);
  if (!lot || !from || !to) return;
  if (!masters_.is_vessel(to))
    return fault(row, EventColumn::to, "that location is no vessel that mixes or keeps layers");
  if (from == to) return fault(row, EventColumn::to, "the goods are there already");
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  const VesselRec& vessel = vessel_of(to);
  const Place& record = *masters_.places.find(to);
  for (const VesselRec::Content& content : vessel.layers)
    if (content.lot->item != lot->item)
      return fault(row, EventColumn::to,
                   "lot " + content.lot->code + " of " + item_code(*content.lot) +
                       " is in that vessel: another item is put to it by a production run alone (R74)");
  const std::string into = trimmed_nfc(row.get(EventColumn::into)).value_or("");
  const bool is_renamed = !into.empty() && into != lot->code;
  const LotRec* heel = vessel.layers.empty() ? nullptr : vessel.layers.front().lot;
  const bool clings =
      !heel && vessel.last && vessel.last != lot && (!vessel.is_emptied || record.residue.is_positive());
  const bool mixes = heel && record.mixing == Mixing::mixes && (heel != lot || is_renamed);
  if (mixes || clings || (!heel && is_renamed)) return mix(row, *lot, from, to, *much, *much2);
  if (is_renamed) return fault(row, EventColumn::into, "what is filled in stays a layer of its own lot (R75)");
  begin_entry(row, EntryKind::fill);
  entry_place_ = to;
  line(row, *lot, from, to, *much, *much2);
}

/// The heel and what comes to it become a new lot; several fills may name the one that results.
void HistoryIn::mix(const Row& row, LotRec& lot, Id<Place> from, Id<Place> to, Decimal much, Decimal much2) {
  const std::string into = trimmed_nfc(row.get(EventColumn::into)).value_or("");
  const VesselRec& vessel = vessel_of(to);
  const Place& record = *masters_.places.find(to);
  LotRec* heel = vessel.layers.empty() ? nullptr : vessel.layers.front().lot;
  LotRec* const clinging = heel || vessel.last == &lot ? nullptr : vessel.last;
  const Decimal residue = !clinging                       ? Decimal()
                          : vessel.is_emptied             ? record.residue
                          : record.capacity.is_positive() ? record.capacity
                                                          : vessel.last_came_in;
  const bool goes_on = heel && !into.empty() && heel->code == into && is_open_ && entry_.kind == EntryKind::fill &&
                       entry_place_ == to && !entry_.opened.empty() && entry_.opened.front().lot == heel->id;
  if (!goes_on && !into.empty() && find_lot(lot.item.value, into))
    return fault(row, EventColumn::into, "lot " + into + " is there already: name a new one, or leave it empty");
  if (!goes_on) begin_entry(row, EntryKind::fill);
  entry_place_ = to;
  judge_use(row, lot, from, {.purpose = Purpose::consume});
  std::vector<LotRec*> sources{&lot};
  if (heel && !goes_on) sources.push_back(heel);
  LotRec& mixture = goes_on ? *heel : open_mixture(row, sources, to);
  if (heel && !goes_on) {
    const Cell& cell = cell_of(*heel, to);
    const Decimal rest = Decimal::from_millionths(cell.quantity), rest2 = Decimal::from_millionths(cell.quantity2);
    line(row, *heel, to, ends::conversion, rest, rest2);
    much += rest, much2 += rest2;
  }
  const Decimal inflow = heel && !goes_on ? much - entry_.lines.back().quantity : much;
  const Decimal inflow2 = heel && !goes_on ? much2 - entry_.lines.back().quantity2 : much2;
  line(row, lot, from, ends::conversion, inflow, inflow2);
  line(row, mixture, ends::conversion, to, much, much2);
  if (residue.is_positive()) {
    entry_.facts.emplace_back(Assumed{0, clinging->id.value, mixture.id.value, residue});
    sources.push_back(clinging);
  }
  for (LotRec* source : sources)
    for (HoldRec* hold : source->flowing) {
      if (hold->is_lifted || std::find(mixture.flowing.begin(), mixture.flowing.end(), hold) != mixture.flowing.end())
        continue;
      entry_.facts.emplace_back(HoldExtended{hold->hold, {mixture.id.value}});
      cover(*hold, mixture), ++mixture.holds;
    }
}

HistoryIn::LotRec& HistoryIn::open_mixture(const Row& row, const std::vector<LotRec*>& inputs, Id<Place> vessel) {
  LotOpened opened;
  opened.lot.value = next_id_++, opened.item = inputs.front()->item, opened.origin = Origin::produced;
  opened.code = trimmed_nfc(row.get(EventColumn::into)).value_or("");
  if (opened.code.empty()) opened.code = series_code(opened.item.value, opened.lot, vessel);
  for (const LotRec* input : inputs) {
    opened.expires_on = std::min(opened.expires_on, input->expires_on);
    opened.best_before_on = std::min(opened.best_before_on, input->best_before_on);
    opened.retest_on = std::min(opened.retest_on, input->retest_on);
    opened.received_on = std::min(opened.received_on, input->received_on);
    opened.produced_on = std::min(opened.produced_on, input->produced_on);
    if (input->quality != Quality::released) opened.quality = Quality::quarantine;
  }
  return add_lot(std::move(opened));
}

/// A vessel was emptied or cleaned.
void HistoryIn::declare(const Row& row) {
  const Id<Place> to = place(row, EventColumn::to);
  if (!to) return;
  if (!masters_.is_vessel(to))
    return fault(row, EventColumn::to, "that location is no vessel that mixes or keeps layers");
  VesselRec& vessel = vessel_of(to);
  if (!vessel.layers.empty())
    return fault(row, EventColumn::to,
                 "by the book " + Decimal::from_millionths(cell_of(*vessel.layers.front().lot, to).quantity).text() +
                     " of lot " + vessel.layers.front().lot->code + " are in that vessel: draw it, or write a count");
  const bool is_clean = row.event == Event::clean;
  begin_entry(row, is_clean ? EntryKind::clean : EntryKind::empty);
  entry_place_ = to;
  entry_.facts.emplace_back(VesselDeclared{to.value, is_clean});
  if (is_clean)
    vessel.last = nullptr;
  else
    vessel.is_emptied = true;
}

}  // namespace lotbook
