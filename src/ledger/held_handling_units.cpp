// SPDX-License-Identifier: Apache-2.0
#include "ledger/held_handling_units.h"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/draft_parts.h"
#include "model/place_ends.h"

namespace lotbook {

std::vector<HeldHandlingUnit>& View::known_held_handling_units() const {
  if (!held_handling_units_) {
    held_handling_units_.emplace();
    if (reads_state_) *held_handling_units_ = behind_->held_handling_units();
  }
  return *held_handling_units_;
}

bool View::holds_handling_units() const { return has_handling_units() && !known_held_handling_units().empty(); }

bool View::covers(const HeldHandlingUnit& row) const {
  const std::vector<HeldHandlingUnit>& held = known_held_handling_units();
  return std::binary_search(held.begin(), held.end(), row);
}

std::vector<Hold> View::holds_on(Id<HandlingUnit> id) const {
  std::vector<Hold> found;
  if (!holds_handling_units()) return found;
  const std::vector<HeldHandlingUnit>& rows = known_held_handling_units();
  for (const HandlingUnit* unit = handling_unit(id); unit; unit = unit->inside ? handling_unit(unit->inside) : nullptr)
    for (auto row = std::lower_bound(rows.begin(), rows.end(), HeldHandlingUnit{unit->id, {}});
         row != rows.end() && row->handling_unit == unit->id; ++row) {
      const Hold* standing = hold(row->hold);
      const auto is_it = [&](const Hold& known) { return known.id == row->hold; };
      if (standing && standing->lifted_in == 0 && std::none_of(found.begin(), found.end(), is_it))
        found.push_back(*standing);
    }
  return found;
}

std::vector<Id<HandlingUnit>> View::handling_units_under(Id<Hold> hold) const {
  std::vector<Id<HandlingUnit>> units;
  if (!holds_handling_units()) return units;
  for (const HeldHandlingUnit& row : known_held_handling_units())
    if (row.hold == hold) units.push_back(row.handling_unit);
  return units;
}

Decimal View::held_apart(const LotState& lot, Id<Place> place) const {
  std::vector<Id<Serial>> units = units_held_in(lot, place);
  Decimal packed;
  if (holds_handling_units())
    for (const Id<HandlingUnit> id : handling_units_with(lot.lot.id)) {
      const HandlingUnit& pallet = *handling_unit(id);
      if (pallet.place != place || holds_on(id).empty()) continue;
      for (const PackedGoods& goods : pallet.goods) {
        if (goods.lot != lot.lot.id) continue;
        if (goods.serial)
          units.push_back(goods.serial);
        else
          packed += goods.quantity;
      }
    }
  std::sort(units.begin(), units.end());  // one may be held for itself, and with its pallet
  return packed + Decimal::whole(std::unique(units.begin(), units.end()) - units.begin());
}

void View::cover_handling_units(std::uint32_t hold, std::span<const std::uint32_t> handling_units, bool covered) {
  std::vector<HeldHandlingUnit>& held = known_held_handling_units();
  for (const std::uint32_t id : handling_units) {
    const HeldHandlingUnit row{Id<HandlingUnit>{id}, Id<Hold>{hold}};
    const auto at = std::lower_bound(held.begin(), held.end(), row);
    const bool stands = at != held.end() && *at == row;
    if (covered == stands) continue;
    if (covered)
      held.insert(at, row);
    else
      held.erase(at);
    changes_.held_handling_units.push_back(row);
  }
}

void View::each_held_handling_unit(const std::function<void(const HeldHandlingUnit&)>& visit) const {
  for (const HeldHandlingUnit& row : known_held_handling_units()) visit(row);
}

namespace {

/// What a draft does to pallets and cases, corrections included.
class Treated {
 public:
  Treated(const View& view, const Entry& draft) : view_(view) {
    for_each_part(view, draft, [this](const Entry& part, bool forwards) { take(part, forwards); });
  }

  struct Asked {
    bool is_correction, is_count;
  };
  std::optional<Refusal> refusal(const Asked& asked, const std::string& field) const {
    for (const auto& [id, way] : ways_) {
      const HandlingUnit* before = view_.handling_unit(Id<HandlingUnit>{id});
      if (!before || !before->is_known) continue;
      for (const Hold& hold : view_.holds_on(before->id)) {
        if (freed_.contains(hold.id)) continue;
        const std::string_view what = kept_by(hold.id, before->id, way, asked);
        if (what.empty()) continue;
        return Refusal{Code::handling_unit_is_held, field,
                       "Handling unit " + before->sscc + " is on hold " + hold.number + " (" + hold.reason + "). " +
                           std::string(what) + ": lift the hold first, or hold the lots instead."};
      }
    }
    return std::nullopt;
  }

 private:
  struct Way {
    Id<Place> place;
    Id<HandlingUnit> inside;
    bool is_gone = false;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<Decimal, Decimal>> net;  // by lot and unit
  };

  /// What of its way the hold forbids; empty: nothing.
  std::string_view kept_by(Id<Hold> hold, Id<HandlingUnit> id, const Way& way, const Asked& asked) const {
    if (way.is_gone) return "It stays in the book";
    // A correction says what was so, as with lots: that it had left is true, held or not.
    if (!ends::holds_stock(way.place)) return asked.is_correction ? "" : "It stays here";
    const bool is_off = std::any_of(way.net.begin(), way.net.end(), [](const auto& goods) {
      return goods.second.first.is_negative() || goods.second.second.is_negative();
    });
    // Counting is always allowed (R40): what is not there is on no pallet.
    if (is_off && !asked.is_count) return "What is on it stays on it";
    return is_under(hold, id) ? "" : "It stays where it stands";
  }

  Way& way_of(std::uint32_t id) {
    const auto [known, is_first] = ways_.try_emplace(id);
    if (const HandlingUnit* unit = is_first ? view_.handling_unit(Id<HandlingUnit>{id}) : nullptr)
      known->second.place = unit->place, known->second.inside = unit->inside;
    return known->second;
  }

  void take(const Entry& entry, bool forwards) {
    std::vector<const Fact*> facts;
    for (const Fact& fact : entry.facts) facts.push_back(&fact);
    if (!forwards) std::reverse(facts.begin(), facts.end());
    for (const Fact* fact : facts) {
      if (const auto* opened = std::get_if<HandlingUnitOpened>(fact)) {
        Way& way = way_of(opened->handling_unit);
        way.is_gone = !forwards, way.place.value = forwards ? opened->place : 0;
      } else if (const auto* moved = std::get_if<HandlingUnitMoved>(fact)) {
        Way& way = way_of(moved->handling_unit);
        way.place.value = forwards ? moved->to : moved->from;
        way.inside.value = forwards ? moved->inside : moved->old_inside;
      } else if (const auto* packed = std::get_if<Packed>(fact)) {
        auto& [quantity, quantity2] = way_of(packed->handling_unit).net[{packed->lot, packed->serial}];
        const bool comes = packed->is_off != forwards;
        quantity += comes ? packed->quantity : -packed->quantity;
        quantity2 += comes ? packed->quantity2 : -packed->quantity2;
      } else if (const auto* freed = std::get_if<HandlingUnitsFreed>(fact); freed && forwards) {
        freed_.insert(Id<Hold>{freed->hold});
      } else if (const auto* held = std::get_if<HandlingUnitsHeld>(fact); held && !forwards) {
        freed_.insert(Id<Hold>{held->hold});
      }
    }
  }

  /// Whether the hold is still on it, or on one that it stands on.
  bool is_under(Id<Hold> hold, Id<HandlingUnit> id) const {
    while (id) {  // a circle was refused before
      if (view_.covers(HeldHandlingUnit{id, hold})) return true;
      const auto changed = ways_.find(id.value);
      const HandlingUnit* unit = view_.handling_unit(id);
      id = changed != ways_.end() ? changed->second.inside : unit ? unit->inside : Id<HandlingUnit>{};
    }
    return false;
  }

  const View& view_;
  std::map<std::uint32_t, Way> ways_;
  std::set<Id<Hold>> freed_;
};

}  // namespace

std::optional<Refusal> refused_by_held_handling_units(const View& view, const Entry& draft, const std::string& field) {
  if (!view.holds_handling_units()) return std::nullopt;
  const bool is_count = draft.kind == EntryKind::count || draft.kind == EntryKind::adjust;
  return Treated(view, draft).refusal({!draft.reverses.empty() || !draft.reinstates.empty(), is_count}, field);
}

}  // namespace lotbook
