// SPDX-License-Identifier: Apache-2.0
#include "commands/order_units.h"

#include <algorithm>

#include "model/standing.h"

namespace lotbook {

std::map<Id<Serial>, std::uint32_t> units_picked(const View& view, const TradeOrder& order) {
  std::vector<std::uint64_t> seqs = view.history(order.id.value);
  std::sort(seqs.begin(), seqs.end());
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  std::map<Id<Serial>, std::uint32_t> units;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX))
    for (const Fact& fact : entry->facts) {
      const auto* step = std::get_if<ForOrder>(&fact);
      if (!step || step->order != order.id.value) continue;
      const Id<Serial> unit{entry->lines[step->line].serial};
      if (!unit) continue;
      if (step->step == OrderStep::picked)
        units[unit] = step->order_line;
      else
        units.erase(unit);
    }
  // A count may have lost some since.
  std::erase_if(units, [&](const auto& row) {
    const Serial* unit = view.serial(row.first);
    return !unit || view.masters().use_of(unit->place) != PlaceKind::staging;
  });
  return units;
}

void step_of_order(Look& look, Draft& draft, const SerialsAsked& asked, const UnitStep& step) {
  const std::size_t first = draft.entry.lines.size() - 1;
  name_known_serials(look, draft, asked);
  const bool leaves_staging = step.step != OrderStep::picked && asked.item.tracking == Tracking::serial;
  const std::map<Id<Serial>, std::uint32_t> picked =
      leaves_staging ? units_picked(look.view(), step.order) : std::map<Id<Serial>, std::uint32_t>();
  for (std::size_t i = first; i < draft.entry.lines.size(); ++i) {
    const Id<Serial> unit{draft.entry.lines[i].serial};
    if (const auto at = picked.find(unit); leaves_staging && (at == picked.end() || at->second != step.line))
      look.refuse(Code::not_picked, asked.here + "/serials",
                  "Unit " + look.view().serial(unit)->code + " was not picked for line " + std::to_string(step.line) +
                      " of order " + step.order.number + ". Check the number, or pick it first.");
    draft.fact(ForOrder{step.order.id.value, step.line, static_cast<std::uint32_t>(i), step.step});
  }
}

FoundLot lot_for_order(Look& look, const Item& item, const std::string& lot, const std::vector<std::string>& serials,
                       const std::string& here) {
  if (item.tracking == Tracking::serial) return lot_asked(look, item.code, lot, serials, here);
  return look.lot(item.code, lot, here + "/line", here + "/lot");
}

}  // namespace lotbook
