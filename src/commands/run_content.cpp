// SPDX-License-Identifier: Apache-2.0
#include "commands/run_content.h"

#include <algorithm>

#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

void add_input(RunContent& content, const Line& line, std::vector<Id<Lot>> into, bool gives_back) {
  const auto same = [&](const RunContent::Input& i) { return i.lot == line.lot && i.into == into; };
  auto found = std::find_if(content.inputs.begin(), content.inputs.end(), same);
  if (found == content.inputs.end()) found = content.inputs.insert(found, {line.lot, std::move(into), {}, {}, false});
  found->quantity = gives_back ? found->quantity - line.quantity : found->quantity + line.quantity;
  found->quantity2 = gives_back ? found->quantity2 - line.quantity2 : found->quantity2 + line.quantity2;
}

void add_output(RunContent& content, const Entry& entry, const Line& line) {
  const auto same = [&](const RunContent::Output& o) { return o.lot == line.lot; };
  auto found = std::find_if(content.outputs.begin(), content.outputs.end(), same);
  if (found == content.outputs.end()) found = content.outputs.insert(found, {line.lot, {}, {}, entry.occurred});
  found->quantity += line.quantity, found->quantity2 += line.quantity2;
  if (entry.occurred.latest() < found->first.latest()) found->first = entry.occurred;
}

void read_lines(RunContent& content, const Entry& entry) {
  bool moved = false;
  for (std::size_t i = 0; i < entry.lines.size(); ++i) {
    const Line& line = entry.lines[i];
    const auto is_end = [](Id<Place> place) { return place == ends::process || place == ends::conversion; };
    if (is_end(line.to))
      add_input(content, line, outputs_of_line(entry, i), false);
    else if (is_end(line.from) && entry.kind == EntryKind::give_back)
      add_input(content, line, outputs_of_line(entry, i), true);
    else if (is_end(line.from))
      add_output(content, entry, line);
    else
      continue;
    moved = true;
  }
  if (moved) content.posted.push_back(entry.seq);
}

}  // namespace

bool RunContent::Input::goes_into(Id<Lot> output) const {
  return into.empty() || std::binary_search(into.begin(), into.end(), output);
}

const RunContent::Output* RunContent::output(Id<Lot> lot) const {
  for (const Output& output : outputs)
    if (output.lot == lot) return &output;
  return nullptr;
}

bool RunContent::has_input(Id<Lot> lot) const {
  return std::any_of(inputs.begin(), inputs.end(), [&](const Input& i) { return i.lot == lot && !i.is_assumed; });
}

bool RunContent::has_opened(Id<Lot> lot) const { return std::find(opened.begin(), opened.end(), lot) != opened.end(); }

RunContent content_of(const View& view, Id<Run> run) {
  RunContent content;
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(run.value)) entries.push_back(view.entry(seq));
  // A lot stays the run's own when the entry that opened it was taken back: its code is used for ever.
  for (const Entry* entry : entries)
    if (entry->run == run)
      for (const LotOpened& opened : entry->opened) content.opened.push_back(opened.lot);
  std::vector<RunContent::Input> assumed;
  std::vector<RunLoss> of_closing;
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (entry->run != run) continue;
    read_lines(content, *entry);
    bool closes = false;
    for (const Fact& fact : entry->facts)
      if (const auto* changed = std::get_if<RunChanged>(&fact)) {
        closes = changed->new_state == RunState::closed;
        if (changed->old_state == RunState::closed && !closes) of_closing.clear();
      }
    for (const Fact& fact : entry->facts) {
      if (const auto* planned = std::get_if<RunPlanned>(&fact)) content.planned.push_back(*planned);
      if (const auto* loss = std::get_if<RunLoss>(&fact)) (closes ? of_closing : content.losses).push_back(*loss);
      if (const auto* may = std::get_if<Assumed>(&fact); may && may->run == run.value)
        assumed.push_back({Id<Lot>{may->lot}, {}, may->at_most, {}, true});
    }
  }
  content.losses.insert(content.losses.end(), of_closing.begin(), of_closing.end());
  std::erase_if(content.inputs,
                [](const RunContent::Input& i) { return i.quantity.is_zero() && i.quantity2.is_zero(); });
  content.inputs.insert(content.inputs.end(), assumed.begin(), assumed.end());
  return content;
}

std::optional<RunContent::Input> overdrawn_input(const View& view, Id<Run> run, const Entry& draft) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(run.value)) entries.push_back(view.entry(seq));
  entries = standing(std::move(entries), UINT64_MAX);
  const auto goes = [&](const Entry* entry) {
    return entry->run != run ||
           std::find(draft.reverses.begin(), draft.reverses.end(), entry->seq) != draft.reverses.end();
  };
  std::erase_if(entries, goes);
  for (const std::uint64_t seq : draft.reinstates)
    if (const Entry* entry = view.entry(seq); entry->run == run) entries.push_back(entry);
  RunContent content;
  for (const Entry* entry : entries) read_lines(content, *entry);
  if (draft.run == run) read_lines(content, draft);
  const auto is_overdrawn = [](const RunContent::Input& i) {
    return i.quantity.is_negative() || i.quantity2.is_negative();
  };
  const auto found = std::find_if(content.inputs.begin(), content.inputs.end(), is_overdrawn);
  return found == content.inputs.end() ? std::nullopt : std::optional(*found);
}

std::vector<RunLink> links_of(const RunContent& content) {
  std::vector<RunLink> links;
  for (const RunContent::Input& input : content.inputs)
    for (const RunContent::Output& output : content.outputs)
      if (input.goes_into(output.lot)) links.push_back({input.lot, output.lot, input.is_assumed});
  std::sort(links.begin(), links.end());
  // What certainly went in needs no assumption beside it.
  links.erase(std::unique(links.begin(), links.end(),
                          [](const RunLink& a, const RunLink& b) { return a.from == b.from && a.to == b.to; }),
              links.end());
  return links;
}

bool has_left(const View& view, Id<Lot> lot) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(lot.value)) entries.push_back(view.entry(seq));
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX))
    for (const Line& line : entry->lines)
      if (line.lot == lot && (line.to == ends::customer || line.to == ends::supplier)) return true;
  return false;
}

Id<Place> end_of(RunKind kind) {
  switch (kind) {
    case RunKind::split:
    case RunKind::blend:
    case RunKind::relabel:
    case RunKind::repack: return ends::conversion;
    case RunKind::production:
    case RunKind::rework:
    case RunKind::disassembly: break;
  }
  return ends::process;
}

}  // namespace lotbook
