// SPDX-License-Identifier: Apache-2.0
#include "ledger/wanted_sums.h"

#include <algorithm>

namespace lotbook {

namespace {

constexpr std::size_t most_in_part = 128;
constexpr Decimal most_wanted = Decimal::whole(1'000'000'000'000);  // beyond any stock it does not matter by how much

constexpr auto is_below = [](const auto& entry, std::uint32_t order) { return entry.order < order; };

}  // namespace

void WantedSum::add(std::uint32_t order, Wide millionths) {
  if (millionths == 0) return;
  if (parts_.empty()) parts_.emplace_back();
  auto part = std::lower_bound(parts_.begin(), parts_.end(), order, [](const Part& p, std::uint32_t number) {
    return !p.orders.empty() && p.orders.back().order < number;
  });
  if (part == parts_.end()) --part;
  part->sum += millionths;
  const auto at = std::lower_bound(part->orders.begin(), part->orders.end(), order, is_below);
  if (at == part->orders.end() || at->order != order)
    part->orders.insert(at, {order, millionths});
  else if ((at->wanted += millionths) == 0)
    part->orders.erase(at);
  if (part->orders.empty()) {
    parts_.erase(part);
  } else if (part->orders.size() > most_in_part) {
    Part upper;
    const auto middle = part->orders.begin() + most_in_part / 2;
    upper.orders.assign(middle, part->orders.end());
    part->orders.erase(middle, part->orders.end());
    for (const OfOrder& moved : upper.orders) upper.sum += moved.wanted;
    part->sum -= upper.sum;
    parts_.insert(part + 1, std::move(upper));
  }
}

Decimal WantedSum::before(std::uint32_t order) const {
  Wide sum = 0;
  for (const Part& part : parts_) {
    if (part.orders.back().order < order) {
      sum += part.sum;
      continue;
    }
    for (const OfOrder& entry : part.orders)
      if (entry.order < order) sum += entry.wanted;
    break;
  }
  return Decimal::from_millionths(static_cast<std::int64_t>(std::min<Wide>(sum, most_wanted.millionths())));
}

}  // namespace lotbook
