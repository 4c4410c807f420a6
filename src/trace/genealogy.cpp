// SPDX-License-Identifier: Apache-2.0
#include "trace/genealogy.h"

#include <algorithm>

#include "base/check.h"

namespace lotbook {

template <class Key>
void Genealogy::Rows::fill(std::size_t things, std::size_t count, Key key) {
  check(count < UINT32_MAX, "the book's crossings can be numbered");
  starts_.assign(things + 2, 0);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (const std::uint32_t of = key(i); of != UINT32_MAX) ++starts_[of + 2], ++kept;
  for (std::size_t i = 2; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  numbers_.resize(kept);
  for (std::size_t i = 0; i < count; ++i)
    if (const std::uint32_t of = key(i); of != UINT32_MAX) numbers_[starts_[of + 1]++] = static_cast<std::uint32_t>(i);
  starts_.pop_back();
}

Genealogy::Genealogy(Transaction& snapshot)
    : snapshot_(snapshot), reader_([this](std::uint64_t seq) -> const Entry* {
        const std::optional<EntryRow> row = snapshot_.entry(seq);
        if (!row) return nullptr;
        decode_entry(row->body, seq, earlier_);
        return &earlier_;
      }) {
  const std::optional<Head> head = snapshot.head();
  check(head.has_value(), "a book has a head");
  upto_ = head->seq, next_id_ = head->next_id;
  read_entries();
  read_lots();
  read_stock();
  snapshot.runs_after("", [&](const Run& run) {
    runs_[run.id.value] = run;
    return true;
  });
}

void Genealogy::read_entries() {
  Entry entry;
  snapshot_.entries_from(1, [&](const EntryRow& row) {
    if (row.seq > upto_) return false;
    decode_entry(row.body, row.seq, entry);
    // In order of numbers the last word on an entry stands: 0 says that it was put in force again.
    for (const std::uint64_t seq : entry.reverses) taken_back_[seq] = row.seq;
    for (const std::uint64_t seq : entry.reinstates) taken_back_[seq] = 0;
    reader_.read(entry, [&](const Crossing& crossing) { crossings_.push_back(crossing); });
    return true;
  });
  if (taken_back_.size() > 0)
    for (Crossing& crossing : crossings_)
      if (const std::uint64_t by = taken_back_by(crossing.seq); by != 0)
        crossing.stands = is_beside_lines(crossing.passage) && reader_.leaves_facts(by, crossing.seq);
  of_lot_.fill(next_id_, crossings_.size(), [&](std::size_t i) { return crossings_[i].lot.value; });
  of_transformation_.fill(reader_.transformations().size(), crossings_.size(),
                          [&](std::size_t i) { return crossings_[i].transformation; });
}

void Genealogy::read_lots() {
  cards_.resize(next_id_);
  snapshot_.all_lots([&](Id<Lot> id, Id<Item> item, std::string_view code, Origin origin) {
    check(id.value < next_id_, "a lot's number was given by the book");
    check(codes_.size() + code.size() < UINT32_MAX, "the codes of a book fit");
    cards_[id.value] = {item.value, static_cast<std::uint32_t>(codes_.size()), static_cast<std::uint8_t>(code.size()),
                        origin};
    codes_ += code;
  });
}

void Genealogy::read_stock() {
  snapshot_.all_stock([&](const StockRow& row) {
    stock_.push_back({row.lot.value, {row.place, row.quantity, row.quantity2}});
  });
  of_stock_.fill(next_id_, stock_.size(), [&](std::size_t i) { return stock_[i].lot; });
}

LotCard Genealogy::lot(Id<Lot> lot) {
  check(lot.value < cards_.size() && cards_[lot.value].item != 0, "an entry names a lot that was never opened");
  const Card& card = cards_[lot.value];
  return {Id<Item>{card.item}, std::string_view(codes_).substr(card.code_at, card.code_size), card.origin};
}

std::vector<StockCell> Genealogy::stock(Id<Lot> lot) {
  std::vector<StockCell> cells;
  for (const std::uint32_t number : of_stock_[lot.value])
    if (const StockCell& cell = stock_[number].cell; !cell.quantity.is_zero() || !cell.quantity2.is_zero())
      cells.push_back(cell);
  std::sort(cells.begin(), cells.end(), [](const StockCell& a, const StockCell& b) { return a.place < b.place; });
  return cells;
}

std::uint64_t Genealogy::taken_back_by(std::uint64_t seq) const {
  const std::uint64_t* by = taken_back_.find(seq);
  return by ? *by : 0;
}

const Run& Genealogy::run(Id<Run> id) {
  static const Run none;
  const Run* known = runs_.find(id.value);
  return known ? *known : none;
}

Entry Genealogy::entry(std::uint64_t seq) {
  const std::optional<EntryRow> row = snapshot_.entry(seq);
  check(row.has_value(), "an entry that the book names is in it");
  return decode_entry(row->body, seq);
}

}  // namespace lotbook
