// SPDX-License-Identifier: Apache-2.0
#include "ledger/timeline.h"

#include <algorithm>
#include <map>

#include "model/place_ends.h"

namespace lotbook {

namespace {

std::vector<Id<Lot>> lots_changed(const View& view, const Entry& draft) {
  std::vector<Id<Lot>> lots;
  for (const Line& line : draft.lines) lots.push_back(line.lot);
  for (const auto* seqs : {&draft.reverses, &draft.reinstates})
    for (const std::uint64_t seq : *seqs)
      if (const Entry* entry = view.entry(seq))
        for (const Line& line : entry->lines) lots.push_back(line.lot);
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  return lots;
}

struct Balance {
  Decimal quantity, quantity2;
  bool is_negative() const { return quantity.is_negative() || quantity2.is_negative(); }
  Decimal lacking() const { return quantity.is_negative() ? -quantity : -quantity2; }
};
using Balances = std::map<Id<Place>, Balance>;

void add(Balances& balances, const Line& line, bool forwards) {
  const auto change = [&](Id<Place> place, bool plus) {
    if (!ends::holds_stock(place)) return;
    Balance& balance = balances[place];
    balance.quantity = plus ? balance.quantity + line.quantity : balance.quantity - line.quantity;
    balance.quantity2 = plus ? balance.quantity2 + line.quantity2 : balance.quantity2 - line.quantity2;
  };
  change(line.from, !forwards);
  change(line.to, forwards);
}

/// After the entry, in order of numbers: only the present balances matter.
std::optional<Shortage> shortage_now(const View& view, const Entry& draft) {
  std::map<Id<Lot>, Balances> changes;
  for (const std::uint64_t seq : draft.reverses)
    for (const Line& line : view.entry(seq)->lines) add(changes[line.lot], line, false);
  for (const std::uint64_t seq : draft.reinstates)
    for (const Line& line : view.entry(seq)->lines) add(changes[line.lot], line, true);
  for (const Line& line : draft.lines) add(changes[line.lot], line, true);
  for (const auto& [lot, balances] : changes) {
    const LotState* state = view.lot(lot);
    for (const auto& [place, change] : balances) {
      const Decimal had = state ? state->on_hand(place) : Decimal();
      const Decimal had2 = state ? state->on_hand2(place) : Decimal();
      const Balance after{had + change.quantity, had2 + change.quantity2};
      if (after.is_negative()) return Shortage{lot, place, after.lacking(), had, true, {}, {}};
    }
  }
  return std::nullopt;
}

std::uint64_t draft_position(const View& view, const Entry& draft) {
  if (draft.kind == EntryKind::void_dispatch || draft.reverses.empty()) return UINT64_MAX;
  const Entry* first = view.entry(draft.reverses.front());
  return first && first->settled_at == draft.settled_at ? position_of(view, *first) : UINT64_MAX;
}

/// At every instant, in settled order.
std::optional<Shortage> shortage_in_time(const View& view, const Entry& draft, Id<Lot> lot) {
  std::vector<Happening> happenings = timeline(view, lot);
  const auto is_reversed = [&](const Happening& h) {
    return std::find(draft.reverses.begin(), draft.reverses.end(), h.seq) != draft.reverses.end();
  };
  std::erase_if(happenings, is_reversed);
  for (const std::uint64_t seq : draft.reinstates) {
    const Entry& entry = *view.entry(seq);
    for (const Line& line : entry.lines)
      if (line.lot == lot)
        happenings.push_back({entry.settled_at, position_of(view, entry), seq, entry.occurred, line});
  }
  const std::uint64_t position = draft_position(view, draft);
  for (const Line& line : draft.lines)
    if (line.lot == lot) happenings.push_back({draft.settled_at, position, UINT64_MAX, draft.occurred, line});
  std::stable_sort(happenings.begin(), happenings.end(), [](const Happening& a, const Happening& b) {
    return std::tie(a.settled_at, a.position) < std::tie(b.settled_at, b.position);
  });
  Balances balances;
  std::optional<Shortage> found;
  for (std::size_t i = 0; i < happenings.size();) {
    // An entry counts as a whole: its lines take effect together.
    std::size_t end = i;
    while (end < happenings.size() && happenings[end].settled_at == happenings[i].settled_at &&
           happenings[end].position == happenings[i].position)
      ++end;
    const Balances before = balances;
    for (std::size_t k = i; k < end; ++k) add(balances, happenings[k].line, true);
    for (auto& [place, balance] : balances) {
      if (!balance.is_negative()) continue;
      if (!found) {
        const auto had = before.find(place);
        found = Shortage{lot,
                         place,
                         balance.lacking(),
                         had == before.end() ? Decimal() : had->second.quantity,
                         false,
                         happenings[i].settled_at,
                         {}};
      }
      const auto& ways = found->in_the_way;
      if (place == found->place && happenings[i].seq != UINT64_MAX &&
          (ways.empty() || ways.back() != happenings[i].seq) && ways.size() < 20)
        found->in_the_way.push_back(happenings[i].seq);
    }
    i = end;
  }
  return found;
}

}  // namespace

std::uint64_t position_of(const View& view, const Entry& entry) {
  const Entry* at = &entry;
  while (at->kind != EntryKind::void_dispatch && !at->reverses.empty()) {
    const Entry* earlier = view.entry(at->reverses.front());
    if (!earlier || earlier->settled_at != at->settled_at) break;
    at = earlier;
  }
  return at->seq;
}

std::vector<Happening> timeline(const View& view, Id<Lot> lot, std::uint64_t upto) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(lot.value))
    if (seq <= upto) entries.push_back(view.entry(seq));
  std::vector<Happening> happenings;
  for (const Entry* entry : standing(std::move(entries), upto))
    for (const Line& line : entry->lines)
      if (line.lot == lot)
        happenings.push_back({entry->settled_at, position_of(view, *entry), entry->seq, entry->occurred, line});
  std::stable_sort(happenings.begin(), happenings.end(), [](const Happening& a, const Happening& b) {
    return std::tie(a.settled_at, a.position) < std::tie(b.settled_at, b.position);
  });
  return happenings;
}

std::optional<Shortage> shortage_of(const View& view, const Entry& draft) {
  std::optional<Shortage> now = shortage_now(view, draft);
  const bool is_latest =
      draft.settled_at >= view.head().settled_max && draft.reverses.empty() && draft.reinstates.empty();
  // Nothing was settled later, so what holds after the entry holds at its instant.
  if (is_latest) return now;
  for (const Id<Lot> lot : lots_changed(view, draft)) {
    if (now && now->lot != lot) continue;
    std::optional<Shortage> past = shortage_in_time(view, draft, lot);
    if (past && now) now->in_the_way = past->in_the_way, now->at = past->at;
    if (past && !now) return past;
  }
  return now;
}

Instant settled_instant(const View& view, const Entry& draft, bool is_whole_day) {
  if (!is_whole_day) return draft.occurred.at;
  Instant latest = draft.occurred.at;
  if (view.head().settled_max < latest) return latest;
  for (const Id<Lot> lot : lots_changed(view, draft))
    for (const Happening& happening : timeline(view, lot))
      if (happening.settled_at > latest && happening.settled_at <= draft.occurred.latest())
        latest = happening.settled_at;
  return latest;
}

}  // namespace lotbook
