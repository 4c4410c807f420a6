// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/history_in.h"
#include "model/place_ends.h"
#include "model/usable.h"

// What the rules of use would have said to what a history did: facts of the past, kept on the entry as warnings (R93).

namespace lotbook {

void HistoryIn::judge_use(const Row& row, const LotRec& lot, Id<Place> from, const Asking& asking) {
  if (lot.is_untracked) return;
  const auto name = [&] { return "lot " + lot.code + " of " + item_code(lot); };
  if (lot.quality == Quality::rejected) warn("lot_is_rejected", name() + " was rejected.", lot.id);
  if (lot.quality == Quality::quarantine) warn("lot_is_in_quarantine", name() + " was not released.", lot.id);
  if (lot.holds > 0 || (unit_ && unit_->holds > 0))
    warn("lot_is_on_hold", "There was a hold on " + name() + ".", lot.id);
  if (!place_allows(masters_.use_of(from), asking))
    warn("place_is_blocked", name() + " lay where goods are not for use.", lot.id);
  if (lot.expires_on && lot.expires_on < day(row, from))
    warn("lot_has_expired", name() + " had expired on " + lot.expires_on.text() + ".", lot.id);
}

/// The site of a place that goods are proposed from (R20); 0 for any other place.
std::uint32_t HistoryIn::picking_site(std::uint32_t place) {
  const auto [site, is_new] = picking_sites_.insert(place);
  if (!is_new) return *site;
  const PlaceKind use = masters_.use_of(Id<Place>{place});
  if (place_allows(use, Purpose::dispatch) && use != PlaceKind::dock && use != PlaceKind::staging)
    *site = masters_.site_of(Id<Place>{place}).value;
  return *site;
}

void HistoryIn::keep_in_order(const LotRec& lot, Id<Place> place, std::int64_t was, std::int64_t is) {
  if (lot.pick_day == Date::none_day || (was > 0) == (is > 0)) return;
  const std::uint32_t site = picking_site(place.value);
  if (site == 0) return;
  const StockInOrder::Cell cell{lot.pick_day, lot.id.value, place.value};
  if (is > 0)
    in_order_.put(lot.item.value, site, cell);
  else
    in_order_.drop(lot.item.value, site, cell);
}

/// R51: whether something should have gone before the lot at this site on this day.
bool HistoryIn::passes_over(const LotRec& lot, std::uint32_t site, Date today, const LifeAsked& asked) const {
  const auto quantity_in = [](const LotRec& other, std::uint32_t place) {
    for (const Cell& cell : other.cells)
      if (cell.place == place) return cell.quantity;
    return std::int64_t{0};
  };
  const bool is_fifo = lot.kind->picking == Picking::fifo;
  const std::int32_t tolerance = is_fifo || lot.pick_day == Date::none_day ? 0 : lot.kind->fefo_tolerance_days;
  const auto* first = in_order_.first(lot.item.value, site, is_fifo ? INT32_MIN : today.day, lot.pick_day - tolerance,
                                      [&](const StockInOrder::Cell& cell) {
                                        if (cell.lot == lot.id.value) return false;
                                        const LotRec& other = **by_id_.find(cell.lot);
                                        return quantity_in(other, cell.place) > 0 &&
                                               other.quality == Quality::released && other.holds == 0 &&
                                               other.expires_on >= today && other.retest_on >= today &&
                                               asked.is_met(other.expires_on, today);
                                      });
  return first != nullptr;
}

/// R49, R51, R53: of the entry in the making, all its lines in place. One warning for an entry, which names the first
/// such lot: a plant that never picked in order would else write more of this than of goods. Goods worked again, split
/// or blended are chosen for other reasons than their day.
void HistoryIn::judge_order_of_use() {
  const bool leaves = entry_.kind == EntryKind::dispatch;
  if (!leaves && (!entry_.run || runs_.find(entry_.document)->second.kind != RunKind::production)) return;
  const LotRec *too_short = nullptr, *too_early = nullptr;
  for (const Line& taken : entry_.lines) {
    if (taken.to != (leaves ? ends::customer : ends::process)) continue;
    const LotRec& lot = **by_id_.find(taken.lot.value);
    if (lot.is_untracked) continue;
    const LifeAsked asked = leaves ? life_asked(masters_, *lot.kind, entry_.partner, entry_.address) : LifeAsked{};
    const Date today =
        entry_time_.day ? *entry_time_.day : masters_.zone_of(taken.from).day_of(entry_time_.interval.at);
    if (!too_short && !asked.is_met(lot.expires_on, today)) too_short = &lot;
    if (too_early) continue;
    if (passes_over(lot, masters_.site_of(taken.from).value, today, asked)) too_early = &lot;
  }
  if (too_short)
    warn("too_short_lived", too_short->code + " had fewer days left on arrival than were asked.", too_short->id);
  // No sentence beside it: in some histories every other document has one.
  if (too_early) warn(leaves ? "dispatched_out_of_order" : "used_out_of_order", {}, too_early->id);
}

}  // namespace lotbook
