// SPDX-License-Identifier: Apache-2.0
#include "commands/reach.h"

#include <algorithm>
#include <map>
#include <set>

#include "commands/run_content.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

constexpr std::size_t most_receivers = 100;

std::vector<const Entry*> standing_of(const View& view, std::uint32_t subject) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(subject)) entries.push_back(view.entry(seq));
  return standing(std::move(entries), UINT64_MAX);
}

bool goes_in(const Line& line) { return line.to == ends::process || line.to == ends::conversion; }
bool comes_out(const Line& line) { return line.from == ends::process || line.from == ends::conversion; }

/// What came out of an entry that is a transformation alone.
void outputs_of(const Entry& entry, std::vector<Id<Lot>>& found) {
  for (const Line& line : entry.lines)
    if (comes_out(line)) found.push_back(line.lot);
}

/// What the lot went into in one run, by its account (R65, R66, R68, R69).
void children_in(const View& view, Id<Run> run, Id<Lot> lot, std::vector<Id<Lot>>& found) {
  const RunContent content = content_of(view, run);
  for (const RunContent::Input& input : content.inputs) {
    if (input.lot != lot) continue;
    found.insert(found.end(), input.into.begin(), input.into.end());
    for (const RunContent::Output& output : content.outputs)
      if (input.goes_into(output.lot)) found.push_back(output.lot);
  }
}

/// Lots that one lot went into, by what stands.
std::vector<Id<Lot>> children(const View& view, Id<Lot> lot) {
  std::vector<Id<Lot>> found = view.joined_with(lot);
  std::set<Id<Run>> runs;
  for (const Entry* entry : standing_of(view, lot.value)) {
    for (std::size_t i = 0; i < entry->lines.size(); ++i) {
      const Line& line = entry->lines[i];
      if (line.lot != lot || !goes_in(line)) continue;
      const std::vector<Id<Lot>> assigned = outputs_of_line(*entry, i);
      if (entry->run)
        runs.insert(entry->run);
      else if (assigned.empty())
        outputs_of(*entry, found);
      else
        found.insert(found.end(), assigned.begin(), assigned.end());
    }
    for (const Fact& fact : entry->facts) {
      const auto* assumed = std::get_if<Assumed>(&fact);
      if (!assumed || assumed->lot != lot.value) continue;
      if (assumed->into != 0) found.push_back(Id<Lot>{assumed->into});
      if (assumed->run != 0) runs.insert(Id<Run>{assumed->run});
      if (assumed->into == 0 && assumed->run == 0) outputs_of(*entry, found);
    }
  }
  for (const Id<Run> run : runs) children_in(view, run, lot, found);
  return found;
}

}  // namespace

std::vector<Id<Lot>> with_descendants(const View& view, std::span<const Id<Lot>> lots) {
  std::set<Id<Lot>> reached(lots.begin(), lots.end());
  std::vector<Id<Lot>> waiting(reached.begin(), reached.end());
  while (!waiting.empty()) {
    const Id<Lot> lot = waiting.back();
    waiting.pop_back();
    for (const Id<Lot> child : children(view, lot)) {
      // What is not tracked has no status, and beyond it nothing is known (R90).
      const LotState* state = view.lot(child);
      if (state && !state->is_untracked() && reached.insert(child).second) waiting.push_back(child);
    }
  }
  return {reached.begin(), reached.end()};
}

void name_receivers(const View& view, Draft& draft, std::span<const Id<Lot>> lots) {
  const Masters& masters = view.masters();
  std::size_t named = 0, more = 0;
  for (const Id<Lot> id : lots) {
    std::map<std::pair<Id<Partner>, Id<Address>>, Decimal> received;
    for (const Entry* entry : standing_of(view, id.value))
      for (const Line& line : entry->lines)
        if (line.lot == id && line.to == ends::customer) received[{entry->partner, entry->address}] += line.quantity;
    const Lot& lot = view.lot(id)->lot;
    const Item& item = *masters.items.find(lot.item);
    for (const auto& [to, quantity] : received) {
      if (named == most_receivers) {
        ++more;
        continue;
      }
      ++named;
      const std::string address(masters.addresses.code_of(to.second));
      draft.notice("already_dispatched",
                   std::string(masters.partners.code_of(to.first)) + (address.empty() ? "" : ", " + address) +
                       " received " + quantity.text(item.decimals) + " " + item.unit + " of " + spoken(view, lot) + ".",
                   id);
    }
  }
  if (more > 0)
    draft.notice("already_dispatched",
                 std::to_string(more) + " more deliveries left already; trace the lots forward to see them all.");
}

}  // namespace lotbook
