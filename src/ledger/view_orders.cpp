// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.h"
#include "ledger/order_moves.h"
#include "ledger/view.h"

// The part of a view that knows orders, and what of which lot is for them.

namespace lotbook {

namespace {

constexpr std::size_t rows_at_first = 4, rows_at_most = 64;  // most who ask have enough with the first lot

auto key_of(const StockRow& row) { return std::tie(row.pick_day, row.lot, row.place); }

}  // namespace

const TradeOrder* View::trade_order(Id<TradeOrder> id) const {
  const auto known = trade_orders_.find(id.value);
  if (known != trade_orders_.end()) return &known->second;
  if (is_new(id.value) || !id) return nullptr;
  std::optional<TradeOrder> row = behind_->trade_order(id);
  if (!row) return nullptr;
  return &trade_orders_.emplace(id.value, std::move(*row)).first->second;
}

const TradeOrder* View::trade_order_numbered(TradeKind kind, std::string_view number) const {
  const auto known = trade_numbers_.find({kind, std::string(number)});
  if (known != trade_numbers_.end()) return trade_order(Id<TradeOrder>{known->second});
  if (!reads_state_) return nullptr;
  const std::optional<Id<TradeOrder>> id = behind_->trade_order_numbered(kind, number);
  return id ? trade_order(*id) : nullptr;
}

std::vector<Allotment>& View::known_allotments(Id<Lot> lot) const {
  const auto known = allotments_.find(lot.value);
  if (known != allotments_.end()) return known->second;
  std::vector<Allotment> rows;
  if (!is_new(lot.value)) rows = behind_->allotments_of(lot);
  return allotments_.emplace(lot.value, std::move(rows)).first->second;
}

const std::vector<Allotment>& View::allotments_of(Id<Lot> lot) const { return known_allotments(lot); }

std::vector<Allotment> View::allotments_for(Id<TradeOrder> order) const {
  std::vector<Id<Lot>> lots;
  if (!is_new(order.value)) lots = behind_->lots_allotted_to(order);
  const auto here = lots_allotted_.find(order.value);
  if (here != lots_allotted_.end()) lots.insert(lots.end(), here->second.begin(), here->second.end());
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  std::vector<Allotment> rows;
  for (const Id<Lot> lot : lots)
    for (const Allotment& row : allotments_of(lot))
      if (row.order == order) rows.push_back(row);
  return rows;
}

Decimal View::wanted_before(Id<TradeOrder> order, Id<Item> item, Id<Place> site) const {
  Decimal wanted;
  // Orders may ask for more than all sums can hold; beyond any stock it does not matter by how much.
  const auto add = [&](Decimal open) {
    if (wanted < Decimal::whole(1'000'000'000'000)) wanted += open;
  };
  if (reads_state_)
    behind_->waiting_lines(item, site, [&](Id<TradeOrder> id, const TradeLine& line) {
      if (id < order && !trade_orders_.contains(id.value)) add(line.open());
    });
  for (const auto& [id, known] : trade_orders_)
    if (id < order.value && known.site == site)
      for (const TradeLine& line : known.lines)
        if (line.item == item && known.is_waiting(line)) add(line.open());
  return wanted;
}

void View::stock_in_order(Id<Item> item, std::int32_t from_day,
                          const std::function<bool(const StockRow&)>& visit) const {
  std::vector<StockRow> changed;
  if (const auto found = changed_of_item_.find(item.value); found != changed_of_item_.end())
    for (const LotState* state : found->second)
      for (const LotState::Cell& cell : state->cells)
        if (const std::int32_t day = pick_day(state->lot); !cell.is_empty() && day >= from_day)
          changed.push_back({item, day, state->lot.id, cell.place, is_blocked(*state), cell.quantity, cell.quantity2});
  std::sort(changed.begin(), changed.end(), [](const StockRow& a, const StockRow& b) { return key_of(a) < key_of(b); });
  auto next = changed.begin();
  const auto changed_until = [&](const StockRow* upto) {
    for (; next != changed.end() && (!upto || key_of(*next) < key_of(*upto)); ++next)
      if (!visit(*next)) return false;
    return true;
  };
  StockRow after;
  after.item = item, after.pick_day = from_day;  // no lot has number 0
  std::vector<StockRow> rows;                    // read first: `visit` may ask for anything
  std::size_t wanted = rows_at_first;
  bool has_more = true;
  while (has_more) {
    rows.clear();
    if (reads_state_)
      behind_->stock_after(after, [&](const StockRow& row) {
        rows.push_back(row);
        return rows.size() < wanted;
      });
    for (const StockRow& row : rows) {
      const LotState* known = lots_.find(row.lot.value);
      if (known && (known->is_dirty || known->stock_is_dirty)) continue;
      if (!changed_until(&row) || !visit(row)) return;
    }
    if (!rows.empty()) after = rows.back();
    has_more = rows.size() == wanted, wanted = std::min(wanted * 4, rows_at_most);
  }
  changed_until(nullptr);
}

TradeOrder& View::mutable_trade_order(Id<TradeOrder> id) {
  check(trade_order(id) != nullptr, "an entry names an order that was never made");
  if (reads_state_) changes_.trade_orders.push_back(id.value);
  return trade_orders_.at(id.value);
}

void View::allot(const Allotment& change) {
  std::vector<Allotment>& rows = known_allotments(change.lot);
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Allotment& a) { return a.is_same(change); });
  if (row == rows.end()) {
    rows.push_back(change);
  } else {
    row->quantity += change.quantity, row->quantity2 += change.quantity2;
    if (row->quantity.is_zero() && row->quantity2.is_zero()) rows.erase(row);
  }
  if (!reads_state_) return;
  lots_allotted_[change.order.value].push_back(change.lot);
  changes_.allotments.push_back(change);
}

/// Steps of orders stand and fall with the lines of their entry, also when a correction takes its place.
void View::apply_for_orders(const Entry& entry, bool forwards) {
  for_each_order_move(entry, forwards, [&](const OrderMove& move) {
    TradeLine* line = mutable_trade_order(move.allotment.order).line(move.allotment.line);
    check(line != nullptr, "an entry names a line that its order does not have");
    (move.allotment.is_picked ? line->picked : line->bound) += move.allotment.quantity;
    line->done += move.done;
    if (move.allotment.lot) allot(move.allotment);
  });
}

void View::each_trade_order(const std::function<void(const TradeOrder&)>& visit) const {
  for (const auto& [id, order] : trade_orders_) visit(order);
}

void View::each_allotment(const std::function<void(const Allotment&)>& visit) const {
  for (const auto& [lot, rows] : allotments_)
    for (const Allotment& row : rows) visit(row);
}

}  // namespace lotbook
