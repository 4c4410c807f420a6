// SPDX-License-Identifier: Apache-2.0
#include "ledger/vessel.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "ledger/draft_parts.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// Entries of the vessel that stand, the newest first, until `visit` says false. A correction has the place of what it
/// corrects (R32). Only as many are read as are needed: whether one stands is told by those behind it.
void standing_backwards(const View& view, Id<Place> vessel, const std::function<bool(const Entry&)>& visit) {
  const std::vector<std::uint64_t> seqs = view.history(vessel.value);
  std::size_t seen = 0;
  for (std::size_t size = 32;; size *= 8) {
    const std::size_t first = seqs.size() - std::min(size, seqs.size());
    std::vector<const Entry*> tail;
    for (std::size_t i = first; i < seqs.size(); ++i) tail.push_back(view.entry(seqs[i]));
    std::vector<std::pair<std::uint64_t, const Entry*>> stands;
    for (const Entry* entry : standing(std::move(tail), UINT64_MAX))
      if (const std::uint64_t position = position_of(view, *entry); first == 0 || position >= seqs[first])
        stands.emplace_back(position, entry);
    std::sort(stands.begin(), stands.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.second->seq) < std::tie(b.first, b.second->seq);
    });
    for (std::size_t i = stands.size() - std::min(seen, stands.size()); i-- > 0;)
      if (!visit(*stands[i].second)) return;
    seen = stands.size();
    if (first == 0) return;
  }
}

/// What an entry took into the vessel of a lot, less what it took out.
Decimal inflow(const Entry& entry, Id<Place> vessel, Id<Lot> lot) {
  Decimal sum;
  for (const Line& line : entry.lines) {
    if (line.lot != lot) continue;
    if (line.to == vessel) sum += line.quantity;
    if (line.from == vessel) sum -= line.quantity;
  }
  return sum;
}

/// Layers by the entry since which each lies there without a break, counted back from what is there now.
std::vector<Id<Lot>> by_age(const View& view, Id<Place> vessel, const std::vector<Id<Lot>>& lots) {
  std::map<Id<Lot>, Decimal> left;
  for (const Id<Lot> lot : lots) left[lot] = view.lot(lot)->on_hand(vessel);
  std::vector<Id<Lot>> youngest_first;
  standing_backwards(view, vessel, [&](const Entry& entry) {
    for (auto& [lot, quantity] : left) quantity -= inflow(entry, vessel, lot);
    // Of one entry, the line that is named last came in last.
    for (auto line = entry.lines.rbegin(); line != entry.lines.rend(); ++line) {
      const auto layer = left.find(line->lot);
      if (layer == left.end() || layer->second.is_positive()) continue;
      youngest_first.push_back(layer->first);
      left.erase(layer);
    }
    return !left.empty();
  });
  for (const auto& [lot, quantity] : left) youngest_first.push_back(lot);
  std::reverse(youngest_first.begin(), youngest_first.end());
  return youngest_first;
}

}  // namespace

VesselContent vessel_content(const View& view, Id<Place> vessel) {
  VesselContent content;
  const std::vector<Id<Lot>>& lots = view.lots_in_vessel(vessel);
  if (!lots.empty()) {
    content.layers = lots.size() == 1 ? lots : by_age(view, vessel, lots);
    return content;
  }
  standing_backwards(view, vessel, [&](const Entry& entry) {
    for (auto line = entry.lines.rbegin(); line != entry.lines.rend(); ++line)
      if (line->from == vessel || line->to == vessel) {
        content.last = line->lot;
        return false;
      }
    for (const Fact& fact : entry.facts)
      if (const auto* declared = std::get_if<VesselDeclared>(&fact); declared && declared->place == vessel.value) {
        if (declared->is_clean) return false;
        content.is_emptied = true;
      }
    return true;
  });
  return content;
}

Decimal residue_of(const View& view, Id<Place> vessel, const VesselContent& content) {
  if (!content.last) return {};
  const Place& place = *view.masters().places.find(vessel);
  if (content.is_emptied) return place.residue;
  if (place.capacity.is_positive()) return place.capacity;
  // Nobody said how much it holds: then no more than once went into it.
  Decimal once;
  standing_backwards(view, vessel, [&](const Entry& entry) {
    for (const Line& line : entry.lines)
      if (line.lot == content.last && line.to == vessel) once += line.quantity;
    return true;
  });
  return once;
}

namespace {

using Cell = std::pair<Id<Place>, Id<Lot>>;

/// What a draft changes in vessels, corrections included.
std::map<Cell, Decimal> changes_of(const View& view, const Entry& draft) {
  std::map<Cell, Decimal> changes;
  for_each_part(view, draft, [&](const Entry& entry, bool forwards) {
    for (const Line& line : entry.lines) {
      if (view.masters().is_vessel(line.from))
        changes[{line.from, line.lot}] -= forwards ? line.quantity : -line.quantity;
      if (view.masters().is_vessel(line.to)) changes[{line.to, line.lot}] += forwards ? line.quantity : -line.quantity;
    }
  });
  return changes;
}

Id<Item> item_of(const View& view, const Entry& draft, Id<Lot> lot) {
  for (const LotOpened& opened : draft.opened)
    if (opened.lot == lot) return opened.item;
  return view.lot(lot)->lot.item;
}

std::string spoken_lot(const View& view, Id<Lot> lot) { return spoken(view, view.lot(lot)->lot); }

/// What to do with goods that a vessel cannot take as they are: those that lie elsewhere are filled in, others are put
/// elsewhere before.
std::string advice(const View& view, const Entry& draft) {
  for (const Line& line : draft.lines)
    if (view.masters().is_vessel(line.to) && !ends::holds_stock(line.from))
      return "Name another location for the goods, then use the command fill, which gives the mixture a lot of its "
             "own.";
  return "Use the command fill, which gives the mixture a lot of its own.";
}

}  // namespace

std::optional<Refusal> refused_by_vessels(const View& view, const Entry& draft, const VesselFields& fields) {
  const std::map<Cell, Decimal> changes = changes_of(view, draft);
  const bool is_correction = !draft.reverses.empty();
  const bool is_count = draft.kind == EntryKind::count || draft.kind == EntryKind::adjust;
  const std::string& into = fields.into.empty() ? fields.quantity : fields.into;
  std::set<Id<Place>> vessels;
  for (const auto& [cell, change] : changes) vessels.insert(cell.first);
  for (const Id<Place> vessel : vessels) {
    const Place& place = *view.masters().places.find(vessel);
    const VesselContent before = vessel_content(view, vessel);
    const auto after = [&](Id<Lot> lot) {
      const auto change = changes.find({vessel, lot});
      const LotState* state = view.lot(lot);
      return (state ? state->on_hand(vessel) : Decimal()) + (change == changes.end() ? Decimal() : change->second);
    };
    std::set<Id<Lot>> there;
    for (const Id<Lot> lot : before.layers)
      if (after(lot).is_positive()) there.insert(lot);
    for (const auto& [cell, change] : changes)
      if (cell.first == vessel && after(cell.second).is_positive()) there.insert(cell.second);
    std::set<Id<Item>> items;
    for (const Id<Lot> lot : there) items.insert(item_of(view, draft, lot));
    const std::string held = before.layers.empty() ? "something else" : spoken_lot(view, before.layers.front());
    if (items.size() > 1)
      return Refusal{Code::vessel_has_content, into,
                     place.code + " holds " + held +
                         ": another item is not put to it. Empty the vessel first, or let a production order do it."};
    if (there.size() > 1 && place.mixing == Mixing::mixes)
      return Refusal{Code::vessel_has_content, into,
                     place.code + " holds " + held + " and mixes what comes to it. " + advice(view, draft)};
    // One number for a lot in a place cannot say that some of it lies above and some below another one.
    for (const auto& [cell, change] : changes) {
      const auto layer = std::find(before.layers.begin(), before.layers.end(), cell.second);
      if (cell.first == vessel && change.is_positive() && place.mixing == Mixing::fifo && !is_correction && !is_count &&
          layer != before.layers.end() && *layer != before.layers.back())
        return Refusal{Code::vessel_has_content, into,
                       spoken_lot(view, before.layers.back()) + " lies above " + spoken_lot(view, cell.second) +
                           " in " + place.code +
                           ": more of the lot would be another layer. Relabel or split it first."};
    }
    if (is_correction) continue;
    for (const auto& [cell, change] : changes)
      if (cell.first == vessel && change.is_positive() && draft.kind != EntryKind::fill && before.last &&
          before.last != cell.second && residue_of(view, vessel, before).is_positive())
        return Refusal{Code::vessel_is_not_clean, into,
                       "Some of " + spoken_lot(view, before.last) + " may still be in " + place.code +
                           ". Say that it was emptied or cleaned, or use the command fill, which links both."};
    // R75: what lies below comes out first; a count says what is there and takes nothing out.
    for (const Line& line : draft.lines) {
      if (line.from != vessel || line.to == ends::count || place.mixing != Mixing::fifo) continue;
      for (const Id<Lot> older : before.layers) {
        if (older == line.lot) break;
        if (after(older).is_positive())
          return Refusal{Code::not_the_oldest_layer, fields.quantity,
                         spoken_lot(view, older) + " lies below in " + place.code +
                             " and comes out first. Take it first, or leave the lot out: the book names the layers."};
      }
    }
  }
  return std::nullopt;
}

}  // namespace lotbook
