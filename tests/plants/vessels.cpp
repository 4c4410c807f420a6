// SPDX-License-Identifier: Apache-2.0
#include "vessels.h"

#include <algorithm>

#include "csv.h"

namespace plants {

Vessels::Vessels(const std::string& folder, OpenLot open_lot, NameFill name_fill)
    : open_lot_(std::move(open_lot)), name_fill_(std::move(name_fill)) {
  if (!CsvFile::exists(folder + "/locations.csv")) return;
  CsvFile file(folder + "/locations.csv");
  const int location = file.required("location"), mixing = file.column("mixing");
  while (file.next())
    if (!file[mixing].empty()) vessels_[std::string(file[location])].mixes = file[mixing] == "mixes";
}

Vessels::Vessel* Vessels::find(std::string_view place) {
  const auto known = vessels_.find(place);
  return known == vessels_.end() ? nullptr : &known->second;
}

bool Vessels::draws_unnamed(const Row& row) const {
  return row.lot == none && vessels_.find(row.from) != vessels_.end();
}

void Vessels::pass(Row row, const Visit& visit) {
  Vessel* from = row.from.empty() ? nullptr : find(row.from);
  Vessel* to = row.to.empty() ? nullptr : find(row.to);
  if (row.event == Event::empty || row.event == Event::clean) {
    if (to == nullptr) return;
    to->is_told_empty = true;
    return;
  }
  if (from != nullptr && row.lot == none) return draw(row, *from, visit);
  if (row.event == Event::fill) {
    if (to != nullptr) return fill(row, *to, visit);
    row.event = Event::move;
  }
  visit(row);
  note(row);
}

void Vessels::draw(Row row, Vessel& vessel, const Visit& visit) {
  Amount left = row.quantity;
  while (!vessel.held.empty() && left > 0) {
    const Held first = vessel.held.front();
    row.lot = first.lot;
    row.quantity = vessel.held.size() == 1 ? left : std::min(left, first.quantity);
    left -= row.quantity;
    pass(row, visit);
    if (!vessel.held.empty() && vessel.held.front().lot == first.lot) break;  // more is there than was taken
  }
}

void Vessels::fill(Row row, Vessel& vessel, const Visit& visit) {
  const bool is_empty = vessel.held.empty();
  const std::uint32_t heel = is_empty ? none : vessel.held.front().lot;
  const std::uint32_t clinging = is_empty && !vessel.is_told_empty && vessel.last != row.lot ? vessel.last : none;
  const bool becomes_new = !row.into.empty() || clinging != none || (vessel.mixes && !is_empty && heel != row.lot);
  const std::string_view place = row.to;
  if (!becomes_new) {
    row.event = Event::move;
    visit(row);
    note(row);
    return;
  }
  const std::uint32_t made = open_lot_(row.item, row.into, row.line);
  Row part = row;
  part.document = name_fill_(row.line);
  part.is_fill = true;
  part.into = {};
  part.to = {};
  part.event = Event::consume;
  Amount sum = row.quantity;
  if (!is_empty && heel != made) {
    Row rest = part;
    rest.lot = heel, rest.from = place, rest.quantity = vessel.held.front().quantity;
    sum += rest.quantity;
    visit(rest);
    note(rest);
  }
  visit(part);
  note(part);
  if (clinging != none) {
    Row maybe = part;
    maybe.lot = clinging, maybe.from = place, maybe.quantity = 0;
    visit(maybe);
  }
  part.event = Event::produce;
  part.lot = made, part.from = {}, part.to = place, part.quantity = sum;
  visit(part);
  note(part);
}

void Vessels::note(const Row& row) {
  if (row.lot == none) return;
  switch (row.event) {
    case Event::count:
      if (Vessel* vessel = find(row.to)) {
        Amount held = 0;
        for (const Held& one : vessel->held)
          if (one.lot == row.lot) held = one.quantity;
        change(row.to, row.lot, row.quantity - held);
      }
      break;
    case Event::dispatch:
    case Event::consume:
    case Event::dispose:
    case Event::sample:
    case Event::return_to_supplier: change(row.from, row.lot, -row.quantity); break;
    default: change(row.from, row.lot, -row.quantity); change(row.to, row.lot, row.quantity);
  }
}

void Vessels::change(std::string_view place, std::uint32_t lot, Amount amount) {
  Vessel* vessel = place.empty() ? nullptr : find(place);
  if (vessel == nullptr || amount == 0) return;
  auto held = std::find_if(vessel->held.begin(), vessel->held.end(), [&](const Held& one) { return one.lot == lot; });
  if (held == vessel->held.end()) held = vessel->held.insert(vessel->held.end(), {lot, 0});
  held->quantity += amount;
  if (held->quantity > 0) return;
  vessel->held.erase(held);
  if (vessel->held.empty()) vessel->last = lot, vessel->is_told_empty = false;
}

}  // namespace plants
