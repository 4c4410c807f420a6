// SPDX-License-Identifier: Apache-2.0
#include "trace/balance.h"

#include <algorithm>
#include <map>

namespace lotbook {

namespace {

/// What went through one transformation, of one item: to find what stayed inside the scope.
struct Through {
  Decimal in, out;
  bool is_conversion = false;
};

void add(Balance& balance, const Crossing& crossing) {
  const Decimal quantity = crossing.quantity;
  const bool is_conversion = crossing.is_conversion;
  switch (crossing.passage) {
    case Passage::received: balance.received += quantity; break;
    case Passage::opened: balance.opened += quantity; break;
    case Passage::found: balance.count_gains += quantity; break;
    case Passage::lost: balance.count_losses += quantity; break;
    case Passage::consumed: (is_conversion ? balance.converted_out : balance.consumed) += quantity; break;
    case Passage::given_back: (is_conversion ? balance.converted_out : balance.consumed) -= quantity; break;
    case Passage::yielded: (is_conversion ? balance.converted_in : balance.yielded) += quantity; break;
    case Passage::dispatched: balance.dispatched += quantity; break;
    case Passage::returned: balance.returned += quantity; break;
    case Passage::to_supplier: balance.back_to_supplier += quantity; break;
    case Passage::disposed: balance.disposed += quantity; break;
    case Passage::sampled: balance.sampled += quantity; break;
    case Passage::assumed_in:
    case Passage::assumed_out:
    case Passage::joined:
    case Passage::named: break;
  }
  if (crossing.passage == Passage::found || crossing.passage == Passage::lost)
    balance.count_entries.push_back(crossing.seq);
}

void finish(Balance& b) {
  b.total_in = b.opened + b.received + b.yielded + b.returned + b.converted_in + b.count_gains;
  b.total_out = b.consumed + b.dispatched + b.back_to_supplier + b.disposed + b.sampled + b.converted_out +
                b.count_losses + b.on_hand;
  b.difference = b.total_in - b.total_out;
  std::sort(b.count_entries.begin(), b.count_entries.end());
  b.count_entries.erase(std::unique(b.count_entries.begin(), b.count_entries.end()), b.count_entries.end());
  const Decimal unexplained = b.count_gains + b.count_losses;
  b.percent_explained = Decimal::whole(100);
  if (b.total_in.is_positive() && unexplained.is_positive())
    b.percent_explained =
        unexplained >= b.total_in ? Decimal() : share(Decimal::whole(100), b.total_in - unexplained, b.total_in, 2);
}

}  // namespace

std::vector<Balance> mass_balance(Links& links, const Masters& masters, std::span<const Id<Lot>> scope,
                                  const OnHand& on_hand) {
  std::vector<Id<Lot>> lots(scope.begin(), scope.end());
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  std::map<std::string, Balance> rows;
  std::map<std::pair<std::string, std::uint32_t>, Through> through;
  for (const Id<Lot> lot : lots) {
    const LotCard card = links.lot(lot);
    const std::string code(masters.items.code_of(card.item));
    const auto [at, is_new] = rows.try_emplace(code);
    Balance& balance = at->second;
    if (is_new) {
      const Item* item = masters.items.find(card.item);
      balance.item = code, balance.lot = card.code, balance.lots = 0, balance.unit = item ? item->unit : std::string();
    }
    if (++balance.lots > 1) balance.lot.clear();
    balance.on_hand += on_hand(lot);
    for (const std::uint32_t number : links.of_lot(lot)) {
      const Crossing& crossing = links.at(number);
      if (!crossing.stands) continue;
      add(balance, crossing);
      if (crossing.transformation == no_transformation) continue;
      Through& passes = through[{code, crossing.transformation}];
      if (crossing.passage == Passage::consumed) passes.in += crossing.quantity;
      if (crossing.passage == Passage::given_back) passes.in -= crossing.quantity;
      if (crossing.passage == Passage::yielded) passes.out += crossing.quantity;
      passes.is_conversion |= crossing.is_conversion;
    }
  }
  for (const auto& [key, passes] : through) {
    const Decimal inside = std::min(passes.in, passes.out);
    if (!inside.is_positive()) continue;
    Balance& balance = rows.at(key.first);
    // A single lot that a rework order takes and gives again keeps both sides in sight.
    if (balance.lots == 1) continue;
    balance.passed_inside += inside;
    (passes.is_conversion ? balance.converted_in : balance.yielded) -= inside;
    (passes.is_conversion ? balance.converted_out : balance.consumed) -= inside;
  }
  std::vector<Balance> balances;
  for (auto& [item, balance] : rows) finish(balance), balances.push_back(std::move(balance));
  return balances;
}

Balance mass_balance(Links& links, const Masters& masters, Id<Lot> lot, const OnHand& on_hand) {
  const Id<Lot> scope[] = {lot};
  return mass_balance(links, masters, scope, on_hand).front();
}

}  // namespace lotbook
