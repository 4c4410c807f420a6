// SPDX-License-Identifier: Apache-2.0
#include "queries/order.h"

#include <algorithm>
#include <map>

#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

namespace {

// Entries of one order that its card is drawn from.
constexpr std::size_t most_entries = 20'000;
// So many entries of a document are looked at to find what took others back.
constexpr std::size_t most_looked_at = 5000;

OrderRow order_row(const View& view, const Run& run) {
  const Entry* opened = view.entry(run.opened_in);
  OrderRow row;
  row.number = run.number, row.place = view.masters().places.code_of(run.place), row.recipe = run.recipe;
  row.opened_at = opened ? opened->recorded_at.text() : std::string();
  row.kind = run.kind, row.state = run.state, row.opened_in = run.opened_in, row.closed_in = run.closed_in;
  return row;
}

std::vector<OrderLine> order_lines(const View& view, const Run& run) {
  const Masters& masters = view.masters();
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(run.id.value)) {
    if (entries.size() == most_entries) break;
    entries.push_back(view.entry(seq));
  }
  // By direction, item, lot; the plan of an item stands before its lots.
  std::map<std::tuple<Direction, std::string, std::string>, OrderLine> lines;
  const auto at = [&](Direction direction, Id<Item> id, const std::string& lot) -> OrderLine& {
    const Item* item = masters.items.find(id);
    const std::string code = item ? item->code : std::string();
    OrderLine& line = lines[{direction, code, lot}];
    line.line = direction, line.item = code, line.lot = lot, line.unit = item ? item->unit : std::string();
    return line;
  };
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    for (const Fact& fact : entry->facts)
      if (const auto* planned = std::get_if<RunPlanned>(&fact); planned && planned->run == run.id.value)
        at(planned->line, Id<Item>{planned->item}, "").planned += planned->quantity;
    if (entry->run != run.id) continue;
    for (const Line& line : entry->lines) {
      const LotState* state = view.lot(line.lot);
      const bool goes_in = line.to == ends::process || line.to == ends::conversion;
      const bool comes_out = line.from == ends::process || line.from == ends::conversion;
      if (!state || (!goes_in && !comes_out)) continue;
      const bool is_back = comes_out && entry->kind == EntryKind::give_back;
      OrderLine& sum = at(goes_in || is_back ? Direction::input : Direction::output, state->lot.item, state->lot.code);
      sum.quantity += is_back ? -line.quantity : line.quantity;
      sum.quantity2 += is_back ? -line.quantity2 : line.quantity2;
    }
  }
  std::vector<OrderLine> rows;
  for (auto& [key, line] : lines) rows.push_back(std::move(line));
  return rows;
}

}  // namespace

Result<OrdersAnswer> ask(const OrdersQuestion& question, const Snapshot& snapshot) {
  OrdersAnswer answer;
  const std::size_t most = rows_allowed(question.limit);
  std::vector<Run> runs;
  snapshot.view.behind().runs_after(question.after, [&](const Run& run) {
    if (question.state && run.state != *question.state) return true;
    if (runs.size() == most) {
      answer.next = runs.back().number;
      return false;
    }
    runs.push_back(run);
    return true;
  });
  for (const Run& run : runs) answer.rows.push_back(order_row(snapshot.view, run));
  return answer;
}

Result<DocumentAnswer> ask(const DocumentQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  DocumentAnswer answer;
  answer.number = question.number;
  std::vector<std::uint64_t> seqs = view.documents(question.number);
  if (const Run* run = view.run_numbered(question.number)) {
    answer.order.push_back(order_row(view, *run));
    answer.order_lines = order_lines(view, *run);
    const std::vector<std::uint64_t> of_run = view.history(run->id.value);
    seqs.insert(seqs.end(), of_run.begin(), of_run.end());
  }
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  if (seqs.empty())
    return Refusal{Code::not_found, "/number",
                   "No entry is on a document \"" + question.number +
                       "\". Numbers are compared exactly; find it by part with \"search\"."};
  std::erase_if(seqs, [&](std::uint64_t seq) { return seq <= question.after; });
  const std::size_t most = rows_allowed(question.limit);
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) {
    if (entries.size() == std::max(most, most_looked_at)) break;
    entries.push_back(view.entry(seq));
  }
  answer.entries = entry_cards(snapshot, entries, most);
  if (seqs.size() > most) answer.next = answer.entries.back().entry;
  return answer;
}

}  // namespace lotbook
