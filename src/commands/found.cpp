// SPDX-License-Identifier: Apache-2.0
#include "commands/found.h"

#include <algorithm>

#include "commands/hold.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// More candidates than this say nothing any more; the person narrows them.
constexpr std::size_t most_candidates = 2'000;
constexpr Instant ever{INT64_MIN};

/// When the place was last counted completely; `ever` when it never was.
Instant last_complete_count(const View& view, Id<Place> place) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(place.value)) entries.push_back(view.entry(seq));
  Instant last = ever;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX))
    for (const Fact& fact : entry->facts)
      if (const auto* counted = std::get_if<Counted>(&fact);
          counted && counted->complete && counted->place == place.value)
        last = std::max(last, entry->settled_at);
  return last;
}

/// The most that the lot can have left at the site since: what was there, and what came.
Decimal could_give(const View& view, const LotState& lot, Id<Place> site, Instant since) {
  const Masters& masters = view.masters();
  const auto is_here = [&](Id<Place> place) { return masters.site_of(place) == site; };
  const bool is_empty = std::none_of(lot.cells.begin(), lot.cells.end(), [&](const LotState::Cell& cell) {
    return is_here(cell.place) && !cell.quantity.is_zero();
  });
  if (is_empty && since != ever) {
    // Nothing there now and nothing posted since: nothing was there then. Clocks may differ by five minutes (R29).
    const Entry* last = view.entry(view.history(lot.lot.id.value).back());
    if (last->recorded_at.microseconds < since.microseconds - 5 * microseconds_per_minute) return {};
  }
  Decimal there, came;
  for (const Happening& happening : timeline(view, lot.lot.id)) {
    const Line& line = happening.line;
    if (happening.settled_at <= since) {
      if (is_here(line.to)) there += line.quantity;
      if (is_here(line.from)) there -= line.quantity;
    } else if (is_here(line.to) && !is_here(line.from)) {
      came += line.quantity;
    }
  }
  return there + came;
}

void candidates_by_name(Look& look, const FoundGoods& command, Id<Place> site, Decimal found,
                        std::vector<Assumed>& assumed) {
  for (std::size_t i = 0; i < command.candidates.size(); ++i) {
    const std::string field = "/candidates/" + std::to_string(i);
    const FoundLot lot = look.lot(command.item, command.candidates[i], "/item", field);
    if (!lot) continue;
    const Decimal most = could_give(look.view(), *lot.state, site, ever);
    if (!most.is_positive())
      look.refuse(Code::not_enough, field,
                  spoken(look.view(), lot.state->lot) + " was never at that site. Leave it out.");
    else if (std::none_of(assumed.begin(), assumed.end(), [&](const Assumed& a) { return a.lot == lot.id().value; }))
      assumed.push_back({0, lot.id().value, 0, std::min(most, found)});
  }
}

void candidates_by_place(Look& look, Id<Item> item, Id<Place> place, Decimal found, std::vector<Assumed>& assumed) {
  const View& view = look.view();
  const Instant since = last_complete_count(view, place);
  const Id<Place> site = view.masters().site_of(place);
  for (const Id<Lot> id : view.lots_of(item)) {
    const Decimal most = could_give(view, *view.lot(id), site, since);
    if (!most.is_positive()) continue;
    if (assumed.size() == most_candidates)
      return look.refuse(Code::too_large, "/candidates",
                         "More than " + std::to_string(most_candidates) +
                             " lots were at that site since the location was last counted completely. Count it "
                             "completely first, or name the lots that it may be in candidates.");
    assumed.push_back({0, id.value, 0, std::min(most, found)});
  }
}

void judge_code(Look& look, const FoundGoods& command, Id<Item> item) {
  if (!command.candidates.empty() && !command.unknown)
    look.refuse(Code::lot_unwanted, "/candidates",
                "Candidates are for goods without a readable code. Leave them out, or set unknown.");
  if (command.lot.empty()) return;
  if (command.unknown)
    return look.refuse(Code::lot_unwanted, "/lot",
                       "An unknown lot has no code that can be read. Leave the lot out, or leave unknown out.");
  if (look.new_code(command.lot, "/lot")) look.free_code(item, command.lot, command.confirm_new_lot, "/lot");
}

}  // namespace

Result<Draft> decide(const FoundGoods& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::found, view);
  const FoundItem item = look.item(command.item, "/item");
  const Id<Place> place = look.place(command.place, "/place");
  if (!item) return look.refusals();
  if (item.item->tracking == Tracking::none)
    look.refuse(Code::lot_unwanted, "/item", command.item + " is not tracked by lot. Record an adjustment instead.");
  const std::optional<Decimal> quantity = quantity_asked(look, serials_asked(command, *item.item, ""));
  const std::optional<Decimal> quantity2 = look.quantity2(command.quantity2, *item.item, "/quantity2");
  judge_code(look, command, item.id);
  if (look.refused()) return look.refusals();

  std::vector<Assumed> assumed;
  if (command.unknown) {
    if (command.candidates.empty())
      candidates_by_place(look, item.id, place, *quantity, assumed);
    else
      candidates_by_name(look, command, view.masters().site_of(place), *quantity, assumed);
    if (look.refused()) return look.refusals();
  }

  LotOpened opened;
  opened.lot.value = draft.new_id(), opened.item = item.id;
  opened.code = command.lot.empty() ? look.series_code(item.id, opened.lot, place) : command.lot;
  opened.quality = command.unknown ? Quality::released : Quality::quarantine;
  opened.origin = command.unknown ? Origin::unknown : Origin::found;
  opened.produced_on = command.produced_on, opened.expires_on = command.expires_on;
  opened.best_before_on = command.best_before_on, opened.retest_on = command.retest_on;
  const Id<Lot> lot = opened.lot;
  draft.entry.opened.push_back(std::move(opened));
  draft.line(lot, ends::count, place, *quantity, *quantity2);
  look.into(draft, place, "/place");
  Look::typed(draft, command.quantity, command.unit, *item.item);
  name_new_serials(look, draft, serials_asked(command, *item.item, ""),
                   view.masters().partners.id_of(item.item->maker));
  if (look.refused()) return look.refusals();
  if (command.unknown) {
    HoldPlaced hold;
    hold.hold = draft.new_id(), hold.number = hold_series_number(view, hold.hold);
    hold.reason = "Unknown lot: no code could be read.", hold.lots = {lot.value};
    draft.fact(std::move(hold));
    for (Assumed& candidate : assumed) candidate.into = lot.value, draft.fact(std::move(candidate));
    if (assumed.empty())
      draft.notice("no_candidates", "No lot of " + command.item + " is known to have been at that site.", lot);
  }
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place);
  return draft;
}

}  // namespace lotbook
