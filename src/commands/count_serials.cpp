// SPDX-License-Identifier: Apache-2.0
#include "commands/count_serials.h"

#include <algorithm>
#include <set>

#include "model/place_ends.h"

namespace lotbook {

namespace {

/// Every unit of the lot, by its number, from the entries that opened them.
std::vector<const Serial*> units_of(const View& view, Id<Lot> lot) {
  std::vector<const Serial*> units;
  for (const std::uint64_t seq : view.history(lot.value))
    for (const Fact& fact : view.entry(seq)->facts)
      if (const auto* opened = std::get_if<SerialsOpened>(&fact); opened && opened->lot == lot.value)
        for (std::uint32_t i = 0; i < opened->codes.size(); ++i)
          if (const Serial* unit = view.serial(Id<Serial>{opened->first + i})) units.push_back(unit);
  return units;
}

void move_unit(Draft& draft, const Serial& unit, Id<Place> from, Id<Place> to) {
  draft.entry.lines.push_back({unit.lot, from, to, Decimal::whole(1), {}, unit.id.value, 0});
}

}  // namespace

void serial_difference_lines(Look& look, Draft& draft, const SerialsCounted& counted) {
  std::set<std::string_view> named(counted.serials.begin(), counted.serials.end());
  for (const Serial* unit : units_of(look.view(), counted.lot)) {
    const bool is_here = unit->place == counted.place;
    if (named.erase(unit->code) == 0) {
      if (is_here) move_unit(draft, *unit, counted.place, ends::count);
      continue;
    }
    if (is_here) continue;
    if (unit->place == ends::count)
      move_unit(draft, *unit, ends::count, counted.place);
    else
      look.refuse(Code::serial_elsewhere, counted.field,
                  "The book has unit " + unit->code + " somewhere else. Record how it came here, then count again.");
  }
  for (const std::string_view code : named)
    look.refuse(Code::unknown_serial, counted.field,
                "The lot has no unit " + std::string(code) + ". Check the number; a new one is recorded as found.");
}

}  // namespace lotbook
