// SPDX-License-Identifier: Apache-2.0
#include "ledger/serial_timeline.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "model/place_ends.h"

namespace lotbook {

namespace {

struct Step {
  Happening happening;
  std::size_t line = SIZE_MAX;  // of the draft
};

bool before(const Happening& a, const Happening& b) {
  return std::tie(a.settled_at, a.position) < std::tie(b.settled_at, b.position);
}

/// A unit that the book or the draft opens.
std::string code_of(const View& view, const Entry& draft, std::uint32_t id) {
  if (const Serial* serial = view.serial(Id<Serial>{id})) return serial->code;
  const auto in = [&](const Entry& entry) -> std::string {
    for (const Fact& fact : entry.facts)
      if (const auto* units = std::get_if<SerialsOpened>(&fact))
        if (id >= units->first && id - units->first < units->codes.size()) return units->codes[id - units->first];
    return {};
  };
  for (const std::uint64_t seq : draft.reinstates)
    if (std::string code = in(*view.entry(seq)); !code.empty()) return code;
  return in(draft);
}

/// Nothing was settled later and nothing is taken back: only where each unit is now matters.
std::optional<BrokenWay> broken_now(const View& view, const Entry& draft) {
  std::map<std::uint32_t, Id<Place>> now;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    const Line& line = draft.lines[i];
    if (line.serial == 0) continue;
    const auto [place, is_first] = now.try_emplace(line.serial);
    if (is_first)
      if (const Serial* serial = view.serial(Id<Serial>{line.serial})) place->second = serial->place;
    const bool fits = place->second ? place->second == line.from : !ends::holds_stock(line.from);
    if (!fits)
      return BrokenWay{Id<Serial>{line.serial}, code_of(view, draft, line.serial), i, place->second, true, {}, {}};
    place->second = line.to;
  }
  return std::nullopt;
}

using Ways = std::unordered_map<std::uint32_t, std::vector<Step>>;

/// What stands of the ways of these units. Each entry is read once, however many of them it moves.
void add_standing(const View& view, Ways& ways, const std::unordered_set<std::uint64_t>& without) {
  std::vector<std::uint64_t> seqs;
  for (const auto& [serial, steps] : ways)
    for (const std::uint64_t seq : view.history(serial)) seqs.push_back(seq);
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
    if (without.contains(entry->seq)) continue;
    const std::uint64_t position = position_of(view, *entry);
    for (const Line& line : entry->lines)
      if (const auto way = line.serial == 0 ? ways.end() : ways.find(line.serial); way != ways.end())
        way->second.push_back({{entry->settled_at, position, entry->seq, entry->occurred, line}, SIZE_MAX});
  }
}

/// Steps of every unit that the draft moves or takes back, in settled order.
Ways steps_with(const View& view, const Entry& draft) {
  Ways ways;
  for (const Line& line : draft.lines)
    if (line.serial != 0) ways[line.serial];
  for (const auto* seqs : {&draft.reverses, &draft.reinstates})
    for (const std::uint64_t seq : *seqs)
      for (const Line& line : view.entry(seq)->lines)
        if (line.serial != 0) ways[line.serial];
  add_standing(view, ways, {draft.reverses.begin(), draft.reverses.end()});
  for (const std::uint64_t seq : draft.reinstates) {
    const Entry& entry = *view.entry(seq);
    const std::uint64_t position = position_of(view, entry);
    for (const Line& line : entry.lines)
      if (line.serial != 0)
        ways[line.serial].push_back({{entry.settled_at, position, seq, entry.occurred, line}, SIZE_MAX});
  }
  std::uint64_t position = UINT64_MAX;
  if (draft.kind != EntryKind::void_dispatch && !draft.reverses.empty())
    if (const Entry* first = view.entry(draft.reverses.front()); first->settled_at == draft.settled_at)
      position = position_of(view, *first);
  for (std::size_t i = 0; i < draft.lines.size(); ++i)
    if (const Line& line = draft.lines[i]; line.serial != 0)
      ways[line.serial].push_back({{draft.settled_at, position, UINT64_MAX, draft.occurred, line}, i});
  for (auto& [serial, steps] : ways)
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Step& a, const Step& b) { return before(a.happening, b.happening); });
  return ways;
}

std::set<std::uint32_t> taken_back(const View& view, const Entry& draft) {
  std::set<std::uint32_t> serials;
  if (draft.kind != EntryKind::undo && draft.kind != EntryKind::void_dispatch) return serials;
  for (const std::uint64_t seq : draft.reverses)
    for (const Fact& fact : view.entry(seq)->facts)
      if (const auto* units = std::get_if<SerialsOpened>(&fact))
        for (std::uint32_t i = 0; i < units->codes.size(); ++i) serials.insert(units->first + i);
  return serials;
}

}  // namespace

std::vector<Happening> timeline(const View& view, Id<Serial> serial) {
  Ways ways;
  ways[serial.value];
  add_standing(view, ways, {});
  std::vector<Happening> happenings;
  for (Step& step : ways[serial.value]) happenings.push_back(std::move(step.happening));
  std::stable_sort(happenings.begin(), happenings.end(), before);
  return happenings;
}

std::optional<BrokenWay> broken_way(const View& view, const Entry& draft) {
  const bool is_latest =
      draft.settled_at >= view.head().settled_max && draft.reverses.empty() && draft.reinstates.empty();
  if (is_latest) return broken_now(view, draft);
  const std::set<std::uint32_t> gone = taken_back(view, draft);
  const Ways ways = steps_with(view, draft);
  // In order of their numbers, so that the same draft is always refused in the same words.
  std::vector<std::uint32_t> serials;
  for (const auto& [serial, steps] : ways) serials.push_back(serial);
  std::sort(serials.begin(), serials.end());
  for (const std::uint32_t serial : serials) {
    const std::vector<Step>& steps = ways.at(serial);
    BrokenWay broken{Id<Serial>{serial}, {}, SIZE_MAX, {}, false, {}, {}};
    Id<Place> place;
    bool is_broken = false;
    for (const Step& step : steps) {
      const Line& line = step.happening.line;
      const bool fits = !gone.contains(serial) && (place ? place == line.from : !ends::holds_stock(line.from));
      if (!fits && !is_broken)
        is_broken = true, broken.is_in = place, broken.at = step.happening.settled_at, broken.line = step.line;
      if (!fits && step.line == SIZE_MAX && broken.in_the_way.size() < 20)
        broken.in_the_way.push_back(step.happening.seq);
      place = line.to;
    }
    if (!is_broken) continue;
    broken.code = code_of(view, draft, serial);
    return broken;
  }
  return std::nullopt;
}

}  // namespace lotbook
