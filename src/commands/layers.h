// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <vector>

#include "commands/command.h"
#include "ledger/vessel.h"
#include "model/refusal.h"

// Whoever draws from a vessel need not know what is in it: a line that names no lot takes the content, and in layers
// the oldest first, with a line for each that it cuts (R74, R75). Done once, for every command that takes goods by
// lines.

namespace lotbook {

/// Lines as a command gets them, and which of its own each came of.
template <class L>
struct Drawn {
  std::vector<L> lines;
  std::vector<std::size_t> origins;
  bool is_changed = false;
};

template <class L>
concept TakesGoods = requires(const L& line) {
  line.item, line.lot, line.quantity, line.unit, line.quantity2, line.from;
};

template <TakesGoods L>
Drawn<L> drawn(const View& view, const std::vector<L>& lines) {
  const Masters& masters = view.masters();
  Drawn<L> drawn;
  // Asked of every command: most lines name their lot.
  const auto draws = [&](const L& line) {
    return line.lot.empty() && masters.is_vessel(masters.places.id_of(line.from));
  };
  if (std::none_of(lines.begin(), lines.end(), draws)) return drawn;
  struct Taken {
    Decimal quantity, quantity2;
  };
  std::map<std::pair<Id<Place>, Id<Lot>>, Taken> taken;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const L& line = lines[i];
    const Id<Place> from = masters.places.id_of(line.from);
    const Id<Item> item = masters.items.id_of(line.item);
    std::optional<Decimal> left;
    if (draws(line) && item) left = masters.to_base(*masters.items.find(item), "", line.quantity, line.unit);
    std::vector<Id<Lot>> layers;
    if (left) {
      const VesselContent content = vessel_content(view, from);
      for (const Id<Lot> lot : content.layers)
        if (view.lot(lot)->lot.item == item) layers.push_back(lot);
      if (layers.empty() && content.last && view.lot(content.last)->lot.item == item) layers.push_back(content.last);
    }
    const auto add = [&](L part) { drawn.lines.push_back(std::move(part)), drawn.origins.push_back(i); };
    if (layers.empty() || !left->is_positive()) {
      add(line);
      continue;
    }
    drawn.is_changed = true;
    std::optional<Decimal> left2 = line.quantity2;
    for (const Id<Lot> lot : layers) {
      Taken& already = taken[{from, lot}];
      const Decimal there = std::max(view.lot(lot)->on_hand(from) - already.quantity, Decimal());
      const bool is_last = lot == layers.back();
      const Decimal part = is_last ? *left : std::min(*left, there);
      if (!part.is_positive()) continue;
      L cut = line;
      cut.lot = view.lot(lot)->lot.code;
      if (part != masters.to_base(*masters.items.find(item), "", line.quantity, line.unit))
        cut.quantity = part, cut.unit = {};
      already.quantity += part, *left -= part;
      if (left2) {
        // A layer that is drawn to its end gives all of its second quantity; the last one cut gives what is left to
        // give.
        const Decimal there2 = std::max(view.lot(lot)->on_hand2(from) - already.quantity2, Decimal());
        const Decimal part2 = left->is_zero() ? *left2 : std::min(*left2, there2);
        cut.quantity2 = part2, already.quantity2 += part2, *left2 -= part2;
      }
      add(std::move(cut));
      if (left->is_zero()) break;
    }
  }
  return drawn;
}

/// A pointer into the lines that were made becomes one into those that were sent.
inline std::string pointed_back(const std::string& field, const std::string& list,
                                const std::vector<std::size_t>& origins) {
  const std::string head = "/" + list + "/";
  if (!field.starts_with(head)) return field;
  std::size_t at = 0;
  const char* const end = field.data() + field.size();
  const std::from_chars_result read = std::from_chars(field.data() + head.size(), end, at);
  if (read.ec != std::errc() || at >= origins.size()) return field;
  return head + std::to_string(origins[at]) + std::string(read.ptr, end);
}

/// Decides a command whose lines, kept in `list`, may draw from vessels.
template <class C, class L>
Result<Draft> decide_drawn(const C& command, std::vector<L> C::*list, const std::string& name, const Moment& moment,
                           const View& view) {
  Drawn<L> lines = drawn(view, command.*list);
  if (!lines.is_changed) return decide(command, moment, view);
  C made = command;
  made.*list = std::move(lines.lines);
  Result<Draft> draft = decide(made, moment, view);
  if (draft) {
    draft->quantity_field = pointed_back(draft->quantity_field, name, lines.origins);
    return draft;
  }
  Refusals refusals = draft.refusals();
  for (Refusal& refusal : refusals) refusal.field = pointed_back(refusal.field, name, lines.origins);
  // What is wrong with a line is wrong with each of its layers, and is said once.
  for (std::size_t i = 0; i < refusals.size(); ++i)
    for (std::size_t j = refusals.size() - 1; j > i; --j)
      if (refusals[j].code == refusals[i].code && refusals[j].field == refusals[i].field)
        refusals.erase(refusals.begin() + static_cast<std::ptrdiff_t>(j));
  return refusals;
}

}  // namespace lotbook
