// SPDX-License-Identifier: Apache-2.0
#include "trace/table_links.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

TableLinks::TableLinks(Transaction& snapshot, std::uint64_t upto)
    : snapshot_(snapshot), upto_(upto), reader_([this](std::uint64_t seq) { return earlier(seq); }) {
  if (const std::optional<Head> head = snapshot.head()) upto_ = std::min(upto_, head->seq);
}

const Lot& TableLinks::row(Id<Lot> id) {
  const auto known = lots_.find(id.value);
  if (known != lots_.end()) return known->second;
  bool is_held = false;
  std::optional<Lot> lot = snapshot_.lot(id, is_held);
  check(lot.has_value(), "an entry names a lot that was never opened");
  return lots_.emplace(id.value, std::move(*lot)).first->second;
}

LotCard TableLinks::lot(Id<Lot> id) {
  const Lot& lot = row(id);
  return {lot.item, lot.code, lot.origin};
}

TableLinks::Read& TableLinks::read(std::uint64_t seq) {
  std::unique_ptr<Read>& slot = entries_[seq];
  if (!slot) {
    const std::optional<EntryRow> body = snapshot_.entry(seq);
    check(body.has_value(), "an entry that the book names is in it");
    slot = std::make_unique<Read>();
    Read& fresh = *slot;  // the map may grow while corrections are looked up
    decode_entry(body->body, seq, fresh.entry);
    std::vector<Crossing> crossings;
    reader_.read(fresh.entry, [&](const Crossing& crossing) { crossings.push_back(crossing); });
    fresh.first = static_cast<std::uint32_t>(crossings_.size());
    crossings_.insert(crossings_.end(), crossings.begin(), crossings.end());
    fresh.last = static_cast<std::uint32_t>(crossings_.size());
    return fresh;
  }
  return *slot;
}

const Entry* TableLinks::earlier(std::uint64_t seq) { return &read(seq).entry; }

std::vector<TableLinks::Read*> TableLinks::load(std::uint32_t subject, std::uint64_t opened_in) {
  std::vector<std::uint64_t> seqs = snapshot_.touches(subject, 0, SIZE_MAX);
  if (opened_in != 0) seqs.push_back(opened_in);
  std::sort(seqs.begin(), seqs.end());
  seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
  std::vector<Read*> reads;
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) {
    if (seq > upto_) break;
    reads.push_back(&read(seq));
    entries.push_back(&reads.back()->entry);
  }
  // What takes an entry back speaks of all its subjects, so the entries of any one of them decide whether it stands.
  const std::map<std::uint64_t, std::uint64_t> by = taken_back(entries, upto_);
  for (Read* at : reads) {
    if (at->is_settled) continue;
    at->is_settled = true;
    const auto taken = by.find(at->entry.seq);
    if (taken == by.end()) continue;
    taken_back_[taken->first] = taken->second;
    const bool leaves_facts = reader_.leaves_facts(taken->second, taken->first);
    for (std::uint32_t number = at->first; number < at->last; ++number)
      crossings_[number].stands = leaves_facts && is_beside_lines(crossings_[number].passage);
  }
  return reads;
}

std::span<const std::uint32_t> TableLinks::of_lot(Id<Lot> lot) {
  const auto [known, is_new] = of_lot_.try_emplace(lot.value);
  std::vector<std::uint32_t>& numbers = known->second;
  if (is_new)
    for (const Read* at : load(lot.value, row(lot).opened_in))
      for (std::uint32_t number = at->first; number < at->last; ++number)
        if (crossings_[number].lot == lot) numbers.push_back(number);
  return numbers;
}

std::span<const std::uint32_t> TableLinks::of_transformation(std::uint32_t transformation) {
  const auto [known, is_new] = of_transformation_.try_emplace(transformation);
  std::vector<std::uint32_t>& numbers = known->second;
  if (!is_new) return numbers;
  const Transformation what = reader_.transformations()[transformation];
  const auto collect = [&](const Read& at) {
    for (std::uint32_t number = at.first; number < at.last; ++number)
      if (crossings_[number].transformation == transformation) numbers.push_back(number);
  };
  if (!what.run) {
    collect(read(what.seq));
    return numbers;
  }
  const std::optional<Run> run = snapshot_.run(what.run);
  for (const Read* at : load(what.run.value, run ? run->opened_in : 0)) collect(*at);
  return numbers;
}

std::vector<const Entry*> TableLinks::entries_of(Id<Lot> lot) {
  std::vector<const Entry*> entries;
  for (const Read* at : load(lot.value, row(lot).opened_in)) entries.push_back(&at->entry);
  return entries;
}

std::vector<StockCell> TableLinks::stock(Id<Lot> lot) {
  std::map<Id<Place>, StockCell> cells;
  for (const Entry* entry : standing(entries_of(lot), upto_))
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      const auto add = [&](Id<Place> place, bool plus) {
        if (!ends::holds_stock(place)) return;
        StockCell& cell = cells[place];
        cell.place = place;
        cell.quantity += plus ? line.quantity : -line.quantity;
        cell.quantity2 += plus ? line.quantity2 : -line.quantity2;
      };
      add(line.from, false);
      add(line.to, true);
    }
  std::vector<StockCell> stock;
  for (const auto& [place, cell] : cells)
    if (!cell.quantity.is_zero() || !cell.quantity2.is_zero()) stock.push_back(cell);
  return stock;
}

std::uint64_t TableLinks::taken_back_by(std::uint64_t seq) const {
  const auto at = taken_back_.find(seq);
  return at == taken_back_.end() ? 0 : at->second;
}

const Run& TableLinks::run(Id<Run> id) {
  const auto [known, is_new] = runs_.try_emplace(id.value);
  if (is_new) known->second = snapshot_.run(id).value_or(Run{});
  return known->second;
}

Entry TableLinks::entry(std::uint64_t seq) { return read(seq).entry; }

}  // namespace lotbook
