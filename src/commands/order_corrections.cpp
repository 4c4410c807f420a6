// SPDX-License-Identifier: Apache-2.0
#include "commands/order_corrections.h"

#include <algorithm>
#include <set>

#include "commands/run_content.h"
#include "ledger/timeline.h"

namespace lotbook {

namespace {

bool names(const std::vector<std::uint64_t>& seqs, std::uint64_t seq) {
  return std::find(seqs.begin(), seqs.end(), seq) != seqs.end();
}

/// The entries of an order as they will be with the correction: those that stand, and those whose facts hold.
struct OrderEntries {
  std::vector<const Entry*> all, stand;

  OrderEntries(const View& view, Id<Run> run, const Entry& draft) {
    for (const std::uint64_t seq : view.history(run.value)) all.push_back(view.entry(seq));
    stand = standing(all, UINT64_MAX);
    std::erase_if(stand, [&](const Entry* entry) { return names(draft.reverses, entry->seq); });
    for (const std::uint64_t seq : draft.reinstates) stand.push_back(view.entry(seq));
    stand.push_back(&draft);
    const auto is_other = [&](const Entry* entry) { return entry->run != run; };
    std::sort(all.begin(), all.end(), [](const Entry* a, const Entry* b) { return a->seq < b->seq; });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    std::erase_if(all, is_other);
  }

  bool holds(const View& view, const Entry& entry) const {
    return std::none_of(stand.begin(), stand.end(), [&](const Entry* by) {
      return names(by->reverses, entry.seq) &&
             !leaves_facts(*by, entry.seq, [&](std::uint64_t seq) { return view.entry(seq); });
    });
  }
};

void judge_given_back(Look& look, const Draft& draft, Id<Run> run) {
  const std::optional<RunContent::Input> input = overdrawn_input(look.view(), run, draft.entry);
  if (!input) return;
  const LotState& lot = *look.view().lot(input->lot);
  Refusal refusal{Code::in_the_way, "",
                  "More of " + spoken(look.view(), lot.lot) + " would have come back from order " +
                      look.view().run(run)->number + " than went into it. Correct what came back first, or with it."};
  for (const Entry* entry : OrderEntries(look.view(), run, draft.entry).stand)
    if (entry->kind == EntryKind::give_back && entry->run == run && entry->seq != 0)
      refusal.facts.emplace_back("entry", std::to_string(entry->seq));
  look.refuse(std::move(refusal));
}

/// R64: as it was released, open from its first line, closed or given up; nothing when it was never opened.
std::optional<RunState> state_after(const View& view, const OrderEntries& entries, Id<Run> run) {
  std::optional<RunState> state;
  for (const Entry* entry : entries.all) {
    if (entry->kind == EntryKind::undo || !entries.holds(view, *entry)) continue;
    for (const Fact& fact : entry->facts) {
      if (const auto* opened = std::get_if<RunOpened>(&fact); opened && opened->run == run.value) state = opened->state;
      const auto* changed = std::get_if<RunChanged>(&fact);
      if (!changed || !state || changed->run != run.value) continue;
      // That it became open with its first line follows from its lines.
      const bool by_a_line = changed->new_state == RunState::open && changed->old_state != RunState::closed &&
                             changed->old_state != RunState::cancelled;
      if (!by_a_line) state = changed->new_state;
    }
    const bool posts =
        !entry->lines.empty() && std::find(entries.stand.begin(), entries.stand.end(), entry) != entries.stand.end();
    if (posts && (state == RunState::planned || state == RunState::released)) state = RunState::open;
  }
  return state;
}

void settle_state(Look& look, Draft& draft, Id<Run> id) {
  const View& view = look.view();
  const Run& run = *view.run(id);
  const OrderEntries entries(view, id, draft.entry);
  bool changes_state = false;
  for (const auto* seqs : {&draft.entry.reverses, &draft.entry.reinstates})
    for (const std::uint64_t seq : *seqs)
      for (const Fact& fact : view.entry(seq)->facts)
        changes_state |= std::holds_alternative<RunOpened>(fact) || std::holds_alternative<RunChanged>(fact);
  if (!changes_state) return;
  const std::optional<RunState> state = state_after(view, entries, id);
  if (!state || state == RunState::cancelled) {
    Refusal refusal{Code::in_the_way, "",
                    "Order " + run.number + (state ? " would be given up" : " would never have been opened") +
                        ", and more was posted to it. Take that back first, or together with it."};
    for (const Entry* entry : entries.stand)
      if (entry->run == id && entry->seq != 0 && entry->kind != EntryKind::undo && (!state || !entry->lines.empty()))
        refusal.facts.emplace_back("entry", std::to_string(entry->seq));
    if (!refusal.facts.empty()) return look.refuse(std::move(refusal));
    if (!state) return;
  }
  // Taking one change of state back gives the state before it, which is right unless others were made since.
  if (*state == run.state || draft.entry.reverses.size() > 1) draft.fact(RunChanged{id.value, run.state, *state});
}

}  // namespace

void judge_orders(Look& look, Draft& draft) {
  std::set<Id<Run>> runs;
  for (const auto* seqs : {&draft.entry.reverses, &draft.entry.reinstates})
    for (const std::uint64_t seq : *seqs)
      if (const Entry* entry = look.view().entry(seq); entry->run) runs.insert(entry->run);
  for (const Id<Run> run : runs) {
    judge_given_back(look, draft, run);
    if (draft.entry.kind == EntryKind::undo) settle_state(look, draft, run);
  }
}

}  // namespace lotbook
