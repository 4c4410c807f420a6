// SPDX-License-Identifier: Apache-2.0
#include "commands/assignments.h"

#include <algorithm>
#include <map>
#include <set>

#include "commands/look.h"
#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

namespace {

bool is_end(Id<Place> place) { return place == ends::process || place == ends::conversion; }

bool has_assignment(const Entry& entry) {
  return std::any_of(entry.facts.begin(), entry.facts.end(),
                     [](const Fact& fact) { return std::holds_alternative<Assigned>(fact); });
}

/// Runs that the draft adds to or takes from. One that it opens has nothing yet that could contradict it.
std::set<Id<Run>> runs_changed(const View& view, const Entry& draft) {
  std::set<Id<Run>> runs{draft.run};
  for (const auto* seqs : {&draft.reverses, &draft.reinstates})
    for (const std::uint64_t seq : *seqs) runs.insert(view.entry(seq)->run);
  runs.erase(Id<Run>{});
  std::erase_if(runs, [&](Id<Run> run) { return !view.run(run); });
  return runs;
}

/// When each lot came out of the run first, by the yield that is over soonest.
std::map<Id<Lot>, const Entry*> first_yields(const std::vector<const Entry*>& entries) {
  std::map<Id<Lot>, const Entry*> first;
  for (const Entry* entry : entries) {
    if (entry->kind == EntryKind::give_back) continue;
    for (const Line& line : entry->lines) {
      if (!is_end(line.from)) continue;
      const auto [known, is_new] = first.try_emplace(line.lot, entry);
      if (!is_new && entry->occurred.latest() < known->second->occurred.latest()) known->second = entry;
    }
  }
  return first;
}

Refusal too_late(const View& view, const Draft& draft, Id<Lot> output, const Entry& input, const Entry& yield) {
  const Lot& lot = view.lot(output)->lot;
  const std::uint64_t next = view.head().seq + 1;
  std::string detail = "An input of " + input.occurred.at.text() + " is assigned to " + spoken(view, lot) +
                       ", which came out at " + yield.occurred.at.text() + " already. ";
  if (yield.seq == next)
    detail += "Give the time at which it was yielded, or correct that input first.";
  else if (input.seq == next)
    detail += "Give the time at which it was used.";
  else
    detail += "Correct the input first, or together with this.";
  Refusal refusal{Code::later_than_output, draft.occurred_at ? "/occurred_at" : "", std::move(detail)};
  for (const Entry* entry : {&input, &yield})
    if (entry->seq != next) refusal.facts.emplace_back("entry", std::to_string(entry->seq));
  return refusal;
}

}  // namespace

std::optional<Refusal> refused_by_assignments(const View& view, const Draft& draft) {
  for (const Id<Run> run : runs_changed(view, draft.entry)) {
    std::vector<const Entry*> entries;
    for (const std::uint64_t seq : view.history(run.value)) entries.push_back(view.entry(seq));
    // Nearly every run has none, and is passed over without a copy of the draft.
    const bool any = has_assignment(draft.entry) ||
                     std::any_of(entries.begin(), entries.end(), [](const Entry* e) { return has_assignment(*e); });
    if (!any) continue;
    Entry added = draft.entry;
    added.seq = view.head().seq + 1;
    entries.push_back(&added);
    entries = standing(std::move(entries), UINT64_MAX);
    std::erase_if(entries, [&](const Entry* e) { return e->run != run; });
    const std::map<Id<Lot>, const Entry*> first = first_yields(entries);
    for (const Entry* entry : entries)
      for (const Fact& fact : entry->facts) {
        const auto* assigned = std::get_if<Assigned>(&fact);
        // What comes back names the outputs it was assigned to, at any time (R68).
        if (!assigned || assigned->line >= entry->lines.size() || !is_end(entry->lines[assigned->line].to)) continue;
        const auto yield = first.find(Id<Lot>{assigned->output});
        if (yield == first.end() || entry->occurred.earliest() <= yield->second->occurred.latest()) continue;
        return too_late(view, draft, yield->first, *entry, *yield->second);
      }
  }
  return std::nullopt;
}

}  // namespace lotbook
