// SPDX-License-Identifier: Apache-2.0
#include "queries/trace.h"

#include <algorithm>

#include "ledger/handling_units.h"
#include "trace/table_links.h"

namespace lotbook {

namespace {

/// The lots that a question starts from. Untracked stock has no history to follow.
template <class Q>
Result<std::vector<Id<Lot>>> seeds_of(const Q& question, const View& view, bool may_be_untracked,
                                      std::vector<Id<Lot>> seeds = {}, Refusals refusals = {}) {
  const auto add = [&](const LotAsked& asked, const std::string& pointer) {
    const Result<const LotState*> lot = find_lot(view, asked, pointer);
    if (!lot)
      refusals.push_back(lot.refusal());
    else if ((*lot)->is_untracked() && !may_be_untracked)
      refusals.push_back({Code::lot_needed, pointer + "/item",
                          "Item \"" + asked.item +
                              "\" is kept without lots, so nothing says where it went. "
                              "Trace the orders or deliveries that it was used in."});
    else
      seeds.push_back((*lot)->lot.id);
  };
  if (!question.item.empty() || !question.lot.empty()) add({question.item, question.lot}, "");
  for (std::size_t i = 0; i < question.lots.size(); ++i) add(question.lots[i], "/lots/" + std::to_string(i));
  if (!refusals.empty()) return refusals;
  if (seeds.empty()) return Refusal{Code::missing, "/item", "Name the item and the lot to start from."};
  return seeds;
}

/// The lots on pallets and cases, and on those that stand on them; after they left, what left on them.
std::vector<Id<Lot>> lots_on_units(const std::vector<std::string>& ssccs, const View& view, Refusals& refusals) {
  std::vector<Id<Lot>> lots;
  for (std::size_t i = 0; i < ssccs.size(); ++i) {
    const std::string field = "/handling_units/" + std::to_string(i);
    const HandlingUnit* unit = view.handling_unit_called(ssccs[i]);
    if (!unit || !unit->is_known) {
      refusals.push_back({Code::unknown_handling_unit, field, "There is no handling unit " + ssccs[i] + "."});
      continue;
    }
    const std::size_t before = lots.size();
    for (const HandlingUnit* on_it : with_nested(view, *unit))
      for (const Id<Lot> lot : lots_on(*on_it))
        if (!view.lot(lot)->is_untracked()) lots.push_back(lot);
    if (lots.size() == before)
      refusals.push_back({Code::not_on_handling_unit, field,
                          "No lot is on " + ssccs[i] + ". Its history says what was; trace those lots."});
  }
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  return lots;
}

Result<TraceAnswer> answer(const TraceQuestion& question, const Snapshot& snapshot, Way way) {
  Refusals refusals;
  std::vector<Id<Lot>> on_units = lots_on_units(question.handling_units, snapshot.view, refusals);
  const Result<std::vector<Id<Lot>>> seeds =
      seeds_of(question, snapshot.view, false, std::move(on_units), std::move(refusals));
  if (!seeds) return seeds.refusals();
  const std::uint64_t upto = question.at_entry == 0 ? snapshot.view.head().seq : question.at_entry;
  for (std::size_t i = 0; i < seeds->size(); ++i)
    if (const LotState* state = snapshot.view.lot((*seeds)[i]); state->lot.opened_in > upto)
      return Refusal{Code::unknown_lot, "/lot",
                     "Lot \"" + state->lot.code + "\" was not known at entry " + std::to_string(upto) +
                         "; it was opened in entry " + std::to_string(state->lot.opened_in) + "."};
  TableLinks links(snapshot.view.behind(), upto);
  return way == Way::forward ? trace_forward(links, snapshot.view.masters(), *seeds, Detail::full)
                             : trace_back(links, snapshot.view.masters(), *seeds, Detail::full);
}

}  // namespace

Result<TraceAnswer> ask(const TraceForwardQuestion& question, const Snapshot& snapshot) {
  return answer(question, snapshot, Way::forward);
}

Result<TraceAnswer> ask(const TraceBackQuestion& question, const Snapshot& snapshot) {
  return answer(question, snapshot, Way::back);
}

Result<BalanceAnswer> ask(const BalanceQuestion& question, const Snapshot& snapshot) {
  const Result<std::vector<Id<Lot>>> scope = seeds_of(question, snapshot.view, true);
  if (!scope) return scope.refusals();
  TableLinks links(snapshot.view.behind(), snapshot.view.head().seq);
  const auto on_hand = [&](Id<Lot> lot) { return snapshot.view.lot(lot)->on_hand(); };
  return BalanceAnswer{links.upto(), mass_balance(links, snapshot.view.masters(), *scope, on_hand)};
}

}  // namespace lotbook
