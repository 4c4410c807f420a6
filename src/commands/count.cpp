// SPDX-License-Identifier: Apache-2.0
#include "commands/count.h"

#include <algorithm>
#include <map>
#include <set>

#include "commands/count_serials.h"
#include "commands/count_units.h"
#include "commands/take_lines.h"
#include "commands/users.h"
#include "commands/whole_units.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// A complete count of the past looks at everything that was posted since; beyond this it is refused.
constexpr std::uint64_t most_entries_since = 20'000;

struct Amount {
  Decimal quantity, quantity2;
};

struct CountedLot {
  const LotState* lot = nullptr;
  const Item* item = nullptr;
  Amount counted;
  std::string field;  ///< the first line that names it
  std::vector<std::string> serials = {};
  std::vector<CountedOnUnit> on_units = {};
  bool is_counted_whole = false;  ///< not on pallets alone
  bool has_serials() const { return item->tracking == Tracking::serial; }
};

/// R59: whether the difference is so large that a second person must have seen it.
bool above_tolerance(const BookSettings& book, Decimal difference, Decimal had) {
  const std::optional<Decimal> hundredfold = scaled(difference, 100, 1, Decimal::scale);
  const std::optional<Decimal> allowed = multiplied(had, book.count_tolerance_percent, Decimal::scale);
  return !hundredfold || !allowed || *hundredfold > *allowed;
}

/// Refuses a large difference that nobody else saw; else has it listed.
void judge_difference(Look& look, Draft& draft, const LotState& lot, const Item& item, Amount had, Amount now,
                      const std::string& confirmed_by, std::string field) {
  const auto apart = [](Decimal a, Decimal b) { return a > b ? a - b : b - a; };
  const BookSettings& book = look.masters().book;
  if (!above_tolerance(book, apart(now.quantity, had.quantity), had.quantity) &&
      !above_tolerance(book, apart(now.quantity2, had.quantity2), had.quantity2))
    return;
  const std::string what = "The book has " + had.quantity.text(item.decimals) + " " + item.unit + " of " +
                           spoken(look.view(), lot.lot) + " there, " + now.quantity.text(item.decimals) + " was found";
  if (!is_second_person(look, confirmed_by))
    look.refuse(Code::second_person_needed, std::move(field),
                what + ", which differs by more than " + book.count_tolerance_percent.text() +
                    " percent. Have another person look, a user of the book if it has several, and name that person in "
                    "confirmed_by.");
  else
    draft.notice("large_difference", what + "; confirmed by " + confirmed_by + ".", lot.lot.id);
}

/// One line for what there is more, one for what there is less: of a catch-weight item either may differ.
void difference_lines(Draft& draft, Id<Lot> lot, Id<Place> place, Amount had, Amount now) {
  const auto above = [](Decimal a, Decimal b) { return a > b ? a - b : Decimal(); };
  const Amount more{above(now.quantity, had.quantity), above(now.quantity2, had.quantity2)};
  const Amount less{above(had.quantity, now.quantity), above(had.quantity2, now.quantity2)};
  if (more.quantity.is_positive() || more.quantity2.is_positive())
    draft.line(lot, ends::count, place, more.quantity, more.quantity2);
  if (less.quantity.is_positive() || less.quantity2.is_positive())
    draft.line(lot, place, ends::count, less.quantity, less.quantity2);
}

/// What the book had of the lot in the place at the instant.
Amount had_at(const View& view, const LotState& lot, Id<Place> place, Instant instant) {
  if (instant >= view.head().settled_max) return {lot.on_hand(place), lot.on_hand2(place)};
  Amount had;
  for (const Happening& happening : timeline(view, lot.lot.id)) {
    if (happening.settled_at > instant) break;
    const Line& line = happening.line;
    if (line.to == place) had.quantity += line.quantity, had.quantity2 += line.quantity2;
    if (line.from == place) had.quantity -= line.quantity, had.quantity2 -= line.quantity2;
  }
  return had;
}

/// The settled instant of the count (R27). All lots counted on "some time that day" are counted at one instant.
Instant counted_at(Look& look, const Count& command, Id<Place> place, const std::vector<CountedLot>& lots) {
  if (!command.occurred_at) return look.moment().now;
  Entry probe;
  probe.kind = EntryKind::count;
  probe.occurred = command.occurred_at->at(look.masters().zone_of(place));
  for (const CountedLot& lot : lots) probe.lines.push_back({lot.lot->lot.id, ends::count, place, {}, {}, 0, 0});
  return settled_instant(look.view(), probe, command.occurred_at->day.has_value());
}

/// Lots of which something lay in the place at the instant, or since.
std::vector<Id<Lot>> lay_in(Look& look, Id<Place> place, Instant since) {
  const View& view = look.view();
  std::vector<Id<Lot>> lots = view.lots_in(place);
  if (since >= view.head().settled_max) return lots;
  // What left since then is named by an entry recorded since then, up to the five minutes that clocks may differ (R29).
  const std::int64_t first = since.microseconds - 5 * microseconds_per_minute;
  const std::uint64_t head = view.head().seq;
  for (std::uint64_t seq = head; seq > 0; --seq) {
    const Entry* entry = view.entry(seq);
    if (!entry || entry->recorded_at.microseconds < first) break;
    if (head - seq >= most_entries_since) {
      look.refuse(Code::too_old, "/occurred_at",
                  "Too much was posted since then to tell what else lay there. Count lot by lot, without complete.");
      break;
    }
    for (const Line& line : entry->lines)
      if (line.from == place || line.to == place) lots.push_back(line.lot);
    for (const std::uint64_t reversed : entry->reverses)
      for (const Line& line : view.entry(reversed)->lines)
        if (line.from == place || line.to == place) lots.push_back(line.lot);
  }
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  return lots;
}

/// What was counted on one pallet or case by itself.
void note_unit(Look& look, const Count& command, CountedLot& lot, std::size_t i, CountedOnUnit on) {
  const std::string& sscc = command.lines[i].sscc;
  if (lot.has_serials())
    return look.refuse(Code::serials_unwanted, at("lines", i, "sscc"),
                       "Units are counted by place. Leave the handling unit out; unpack what is not on it.");
  on.unit = unit_here(look, sscc, at("lines", i, "sscc"));
  if (!on.unit) return;
  if (on.unit->place != look.masters().places.id_of(command.place))
    return look.refuse(Code::place_not_allowed, at("lines", i, "sscc"),
                       "Handling unit " + sscc + " stands in " +
                           std::string(look.masters().places.code_of(on.unit->place)) +
                           ". Count it there, or move it first.");
  if (command.occurred_at)
    return look.refuse(Code::too_old, "/occurred_at",
                       "What was on a handling unit is known of the present alone. Count it now, without a time.");
  const auto known = std::find_if(lot.on_units.begin(), lot.on_units.end(),
                                  [&](const CountedOnUnit& other) { return other.unit == on.unit; });
  if (known == lot.on_units.end())
    lot.on_units.push_back(on);
  else
    known->quantity += on.quantity, known->quantity2 += on.quantity2;
}

std::vector<CountedLot> read_lines(Look& look, const Count& command) {
  std::vector<CountedLot> lots;
  std::map<Id<Lot>, std::size_t> known;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const CountLine& line = command.lines[i];
    const FoundLot lot = lot_asked(look, line, "/lines/" + std::to_string(i));
    if (!lot) continue;
    const Item& item = *lot.item.item;
    const SerialsAsked asked = serials_asked(line, item, "/lines/" + std::to_string(i));
    const bool is_nothing = line.quantity.is_zero() && line.serials.empty();
    const std::optional<Decimal> quantity = is_nothing ? Decimal() : quantity_asked(look, asked);
    // Nothing weighs nothing: zero pieces need no weight.
    const bool none = quantity && quantity->is_zero() && (!line.quantity2 || line.quantity2->is_zero());
    const std::optional<Decimal> quantity2 =
        none ? Decimal() : look.quantity2(line.quantity2, item, at("lines", i, "quantity2"));
    if (!quantity || !quantity2) continue;
    const auto [place, is_new] = known.emplace(lot.id(), lots.size());
    if (is_new) lots.push_back({lot.state, &item, {}, at("lines", i, "quantity")});
    CountedLot& counted = lots[place->second];
    if (line.sscc.empty())
      counted.is_counted_whole = true;
    else
      note_unit(look, command, counted, i, {nullptr, *quantity, *quantity2});
    counted.serials.insert(counted.serials.end(), line.serials.begin(), line.serials.end());
    counted.counted.quantity += *quantity, counted.counted.quantity2 += *quantity2;
  }
  return lots;
}

}  // namespace

Result<Draft> decide(const Count& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::count, view);
  const Id<Place> place = look.place(command.place, "/place");
  std::vector<CountedLot> lots = read_lines(look, command);
  if (command.lines.empty() && !command.complete)
    look.refuse(Code::missing, "/lines", "Say what was there, or that nothing was, with complete.");
  if (look.refused()) return look.refusals();
  if (command.complete) {
    // The lots that are gone share in the instant of a count on "some time that day", so they are found first.
    const Instant from = command.occurred_at ? command.occurred_at->at(view.masters().zone_of(place)).at : moment.now;
    for (const Id<Lot> id : lay_in(look, place, from)) {
      if (std::any_of(lots.begin(), lots.end(), [&](const CountedLot& l) { return l.lot->lot.id == id; })) continue;
      const LotState* lot = view.lot(id);
      lots.push_back({lot, view.masters().items.find(lot->lot.item), {}, "/complete"});
    }
  }
  const Instant instant = counted_at(look, command, place, lots);
  for (CountedLot& lot : lots) {
    const Amount had = had_at(view, *lot.lot, place, instant);
    const bool named = lot.field != "/complete";
    if (!lot.on_units.empty() && !lot.is_counted_whole && !command.complete) {
      // The rest is as the book has it.
      lot.counted.quantity += had.quantity, lot.counted.quantity2 += had.quantity2;
      for (const CountedOnUnit& on : lot.on_units) {
        const PackedGoods booked = left_on(draft, *on.unit, lot.lot->lot.id, {});
        lot.counted.quantity -= booked.quantity, lot.counted.quantity2 -= booked.quantity2;
      }
    }
    load_as_counted(draft, lot.lot->lot.id, lot.on_units);
    if (!named && had.quantity.is_zero() && had.quantity2.is_zero()) continue;
    judge_difference(look, draft, *lot.lot, *lot.item, had, lot.counted, command.confirmed_by, lot.field);
    if (!lot.has_serials())
      difference_lines(draft, lot.lot->lot.id, place, had, lot.counted);
    else if (instant < view.head().settled_max)
      look.refuse(
          Code::too_old, "/occurred_at",
          "Which units were there is known of the present alone. Count " + lot.item->code + " now, without a time.");
    else
      serial_difference_lines(look, draft, {lot.lot->lot.id, place, lot.serials, lot.field});
    draft.fact(
        Counted{lot.lot->lot.id.value, place.value, lot.counted.quantity, lot.counted.quantity2, command.complete});
  }
  take_lost_goods_off(look, draft, place);
  if (draft.entry.facts.empty()) draft.fact(Counted{0, place.value, {}, {}, command.complete});
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, place);
  draft.quantity_field = "/lines";
  if (command.occurred_at) draft.keeps_settled = true, draft.entry.settled_at = instant;
  return draft;
}

Result<Draft> decide(const Adjust& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::adjust, view);
  Id<Place> where;
  std::set<Id<Place>> places;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const AdjustLine& line = command.lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.place, "place");
    if (!asked) continue;
    const auto& [lot, place, quantity, quantity2] = *asked;
    const Item& item = *lot.item.item;
    const Amount had{lot.state->on_hand(place), lot.state->on_hand2(place)};
    const bool is_more = line.found == MoreOrLess::more;
    if (is_more || (had.quantity >= quantity && had.quantity2 >= quantity2)) {
      const Amount now = is_more ? Amount{had.quantity + quantity, had.quantity2 + quantity2}
                                 : Amount{had.quantity - quantity, had.quantity2 - quantity2};
      judge_difference(look, draft, *lot.state, item, had, now, command.confirmed_by, at("lines", i, "quantity"));
    }  // else there is not enough to lose, which `execute` refuses (R28)
    draft.line(lot.id(), is_more ? ends::count : place, is_more ? place : ends::count, quantity, quantity2);
    Look::typed(draft, line.quantity, line.unit, item);
    name_known_serials(look, draft, serials_asked(line, item, "/lines/" + std::to_string(i)));
    draft.quantity_field = at("lines", i, "quantity");
    places.insert(place);
    if (!where) where = place;
  }
  for (const Id<Place> place : places) take_lost_goods_off(look, draft, place);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  return draft;
}

}  // namespace lotbook
