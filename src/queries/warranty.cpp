// SPDX-License-Identifier: Apache-2.0
#include "queries/warranty.h"

#include <algorithm>

#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

Warranty warranty_of(const View& view, const Serial& unit) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(unit.id.value)) entries.push_back(view.entry(seq));
  entries = standing(std::move(entries), UINT64_MAX);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry* a, const Entry* b) { return a->settled_at < b->settled_at; });
  const Item* item = view.masters().items.find(unit.item);
  const int usual = item ? item->warranty_months : 0;
  Id<Partner> customer;
  Date from;
  int months = usual;
  for (const Entry* entry : entries) {
    for (const Line& line : entry->lines) {
      if (line.serial != unit.id.value || line.to != ends::customer || entry->partner == customer) continue;
      customer = entry->partner, months = usual;
      from = view.masters().zone_of(line.from).day_of(entry->settled_at);
    }
    for (const Fact& fact : entry->facts) {
      const auto* set = std::get_if<WarrantySet>(&fact);
      if (!set || set->serial != unit.id.value) continue;
      if (set->starts_on) from = set->starts_on;
      months = static_cast<int>(set->months);
    }
  }
  if (!from || months == 0) return {};
  return {from, from.plus_months(months)};
}

}  // namespace lotbook
