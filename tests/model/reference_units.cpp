// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference.h"

// Pallets and vessels, told again from all entries that stand, each in the place of what it corrects (R24, R32,
// R74-R76).

namespace lotbook::model {

namespace {

std::vector<const Entry*> in_order(std::vector<const Entry*> entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry* a, const Entry* b) { return a->position < b->position; });
  return entries;
}

}  // namespace

std::vector<HandlingUnit> Book::units(const Entry* draft, bool* fits) const {
  const std::map<int, bool> force = force_with(draft, INT_MAX);
  std::vector<const Entry*> standing;
  for (const Entry& entry : entries)
    if (force.at(entry.seq)) standing.push_back(&entry);
  if (draft) standing.push_back(draft);
  // Packing knows no instants: a correction has the place of what it corrects, also when the time was wrong (R26).
  const auto place_of = [&](const Entry* entry) {
    while (!entry->targets.empty() && !entry->takes_facts_back()) entry = this->entry(entry->targets.front());
    return entry->seq;
  };
  std::stable_sort(standing.begin(), standing.end(),
                   [&](const Entry* a, const Entry* b) { return place_of(a) < place_of(b); });
  std::vector<HandlingUnit> units;
  bool all_fit = true;
  for (const Entry* entry : standing)
    for (const Packing& said : entry->packing) {
      if (units.size() <= static_cast<std::size_t>(said.unit)) units.resize(static_cast<std::size_t>(said.unit) + 1);
      HandlingUnit& unit = units[static_cast<std::size_t>(said.unit)];
      all_fit &= unit.is_known != (said.what == Packing::What::opened);
      switch (said.what) {
        case Packing::What::opened: unit.is_known = true, unit.place = said.to; break;
        case Packing::What::moved:
          all_fit &= unit.place == said.from && unit.inside == said.was_inside;
          unit.place = said.to, unit.inside = said.inside;
          break;
        case Packing::What::put_on: unit.goods[said.lot].add(said.quantity, 1); break;
        case Packing::What::taken_off: unit.goods[said.lot].add(said.quantity, -1); break;
      }
    }
  units.resize(std::max(units.size(), ssccs.size()));
  for (HandlingUnit& unit : units) {
    for (const auto& [lot, much] : unit.goods) all_fit &= !much.is_below_zero();
    std::erase_if(unit.goods, [](const auto& goods) { return goods.second.is_zero(); });
  }
  if (fits) *fits = all_fit;
  return units;
}

int Book::unit_called(const std::string& sscc) const {
  const auto known = std::find(ssccs.begin(), ssccs.end(), sscc);
  return known == ssccs.end() ? none : static_cast<int>(known - ssccs.begin());
}

std::vector<int> Book::with_nested(int unit, const std::vector<HandlingUnit>& units) const {
  std::vector<int> found{unit};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t other = 0; other < units.size(); ++other)
      if (units[other].is_known && units[other].inside == found[i]) found.push_back(static_cast<int>(other));
  return found;
}

bool Book::is_vessel(const std::string& place) const {
  return places.contains(place) && !places.at(place).at("mixing").text().empty();
}

bool Book::mixes(const std::string& vessel) const { return places.at(vessel).at("mixing").text() == "mixes"; }

Vessel Book::vessel(const std::string& place) const {
  Vessel vessel;
  std::map<int, Amount> there, once;
  for (const Entry* entry : in_order(standing())) {
    std::vector<int> touched;  // the line that is named last came in last
    for (const Line& line : entry->lines) {
      if (line.from != place && line.to != place) continue;
      std::erase(touched, line.lot);
      touched.push_back(line.lot);
      vessel.last = line.lot, vessel.is_emptied = false;
      if (line.to == place) once[line.lot] += line.quantity.first;
    }
    for (const Line& line : entry->lines) {
      if (line.to == place) there[line.lot] += line.quantity.first;
      if (line.from == place) there[line.lot] -= line.quantity.first;
    }
    for (const int lot : touched) {
      const bool lay = std::find(vessel.layers.begin(), vessel.layers.end(), lot) != vessel.layers.end();
      if (there[lot] > 0 && !lay) vessel.layers.push_back(lot);
      if (there[lot] <= 0) std::erase(vessel.layers, lot);
    }
    if (entry->declared != place) continue;
    if (entry->is_clean) vessel.last = none;
    vessel.is_emptied = !entry->is_clean;
  }
  if (!vessel.layers.empty()) vessel.last = none, vessel.is_emptied = false;
  if (vessel.last != none) vessel.once = once[vessel.last];
  return vessel;
}

Amount Book::residue(const std::string& place) const {
  const Vessel now = vessel(place);
  const Value& rule = places.at(place);
  if (now.last == none) return 0;
  if (now.is_emptied) return amount_from(rule.at("residue").text());
  const Amount capacity = amount_from(rule.at("capacity").text());
  return capacity > 0 ? capacity : now.once;
}

}  // namespace lotbook::model
