// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.h"
#include "ledger/view.h"

// The part of a view that knows which units are held for themselves, and what was found wrong with goods.

namespace lotbook {

std::vector<HeldUnit>& View::known_held_units(Id<Lot> lot) const {
  const auto known = held_units_.find(lot.value);
  if (known != held_units_.end()) return known->second;
  std::vector<HeldUnit> rows;
  if (!is_new(lot.value)) rows = behind_->held_units(lot);
  return held_units_.emplace(lot.value, std::move(rows)).first->second;
}

std::vector<Hold> View::holds_on(Id<Serial> serial) const {
  std::vector<Hold> found;
  const Serial* unit = this->serial(serial);
  if (!unit) return found;
  // In order of unit: a lot may have ten thousand of them held.
  const std::vector<HeldUnit>& rows = known_held_units(unit->lot);
  for (auto held = std::lower_bound(rows.begin(), rows.end(), HeldUnit{unit->lot, serial, {}});
       held != rows.end() && held->serial == serial; ++held) {
    const Hold* standing = hold(held->hold);
    if (standing && standing->lifted_in == 0) found.push_back(*standing);
  }
  return found;
}

bool View::covers(const HeldUnit& row) const {
  const std::vector<HeldUnit>& held = known_held_units(row.lot);
  return std::binary_search(held.begin(), held.end(), row);
}

std::vector<Id<Serial>> View::units_under(Id<Hold> hold) const {
  std::vector<Id<Serial>> units;
  if (reads_state_)
    for (const HeldUnit& row : behind_->units_under(hold))
      if (!held_units_.contains(row.lot.value)) units.push_back(row.serial);
  for (const auto& [lot, held] : held_units_)
    for (const HeldUnit& row : held)
      if (row.hold == hold) units.push_back(row.serial);
  std::sort(units.begin(), units.end());
  return units;
}

std::vector<Id<Serial>> View::units_held_in(const LotState& lot, Id<Place> place) const {
  const Item* item = masters_->items.find(lot.lot.item);
  if (!item || item->tracking != Tracking::serial) return {};
  std::vector<Id<Serial>> units;
  for (const HeldUnit& held : known_held_units(lot.lot.id)) {
    const Serial* unit = serial(held.serial);
    const Hold* standing = hold(held.hold);
    if (unit && unit->place == place && standing && standing->lifted_in == 0) units.push_back(held.serial);
  }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

Decimal View::held_units(const LotState& lot, Id<Place> place) const {
  return Decimal::whole(static_cast<std::int64_t>(units_held_in(lot, place).size()));
}

void View::cover_units(Id<Hold> hold, std::span<const std::uint32_t> serials, bool covered) {
  for (const std::uint32_t id : serials) {
    // The receipt of a unit may have been taken back since: what is not there needs no hold.
    const Serial* unit = serial(Id<Serial>{id});
    if (!unit) continue;
    const HeldUnit row{unit->lot, unit->id, hold};
    std::vector<HeldUnit>& held = known_held_units(unit->lot);
    const auto at = std::lower_bound(held.begin(), held.end(), row);
    const bool stands = at != held.end() && *at == row;
    if (covered == stands) continue;
    if (covered)
      held.insert(at, row);
    else
      held.erase(at);
    changes_.held_units.push_back(row);
  }
}

Finding* View::mutable_finding(Id<Finding> id) const {
  const auto known = findings_.find(id.value);
  if (known != findings_.end()) return &known->second;
  if (is_new(id.value) || !id) return nullptr;
  std::optional<Finding> row = behind_->finding(id);
  if (!row) return nullptr;
  finding_numbers_[{row->kind, row->number}] = id.value;
  return &findings_.emplace(id.value, std::move(*row)).first->second;
}

const Finding* View::finding(Id<Finding> id) const { return mutable_finding(id); }

const Finding* View::finding_numbered(FindingKind kind, std::string_view number) const {
  const auto known = finding_numbers_.find({kind, std::string(number)});
  if (known != finding_numbers_.end()) return finding(Id<Finding>{known->second});
  if (!reads_state_) return nullptr;
  const std::optional<Id<Finding>> id = behind_->finding_numbered(kind, number);
  return id ? finding(*id) : nullptr;
}

void View::set_finding(const FindingSet& set, std::uint64_t seq, bool forwards) {
  Finding* known = mutable_finding(Id<Finding>{set.finding});
  const bool is_first = !known;
  check(forwards || known, "what was found is taken back after it was recorded");
  Finding& finding = known ? *known : findings_[set.finding];
  if (is_first)
    finding.id.value = set.finding, finding.kind = set.what, finding.number = set.number, finding.opened_in = seq;
  change_fields(finding, set, forwards);
  // Its first entry says what it was before: nothing.
  const bool is_opening = std::all_of(set.changes.begin(), set.changes.end(),
                                      [](const FieldChange& change) { return change.old_value.empty(); });
  if (is_opening) finding.exists = forwards;
  finding_numbers_[{set.what, set.number}] = set.finding;
  if (reads_state_) changes_.findings.push_back(set.finding);
}

void View::each_held_unit(const std::function<void(const HeldUnit&)>& visit) const {
  for (const auto& [lot, held] : held_units_)
    for (const HeldUnit& row : held) visit(row);
}

void View::each_finding(const std::function<void(const Finding&)>& visit) const {
  for (const auto& [id, finding] : findings_) visit(finding);
}

}  // namespace lotbook
