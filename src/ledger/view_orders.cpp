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

std::vector<Allotment>& View::known_allotments(Id<TradeOrder> order) const {
  const auto known = allotments_.find(order.value);
  if (known != allotments_.end()) return known->second;
  std::vector<Allotment> rows;
  if (!is_new(order.value)) rows = behind_->allotments_for(order);
  return allotments_.emplace(order.value, std::move(rows)).first->second;
}

const std::vector<Allotment>& View::allotments_for(Id<TradeOrder> order) const { return known_allotments(order); }

std::vector<Allotted>& View::known_allotted(Id<Lot> lot) const {
  const auto known = allotted_.find(lot.value);
  if (known != allotted_.end()) return known->second;
  std::vector<Allotted> rows;
  if (!is_new(lot.value)) rows = behind_->allotted_of(lot);
  return allotted_.emplace(lot.value, std::move(rows)).first->second;
}

const std::vector<Allotted>& View::allotted_of(Id<Lot> lot) const { return known_allotted(lot); }

Allotted View::allotted(Id<Lot> lot, Id<Place> place) const {
  for (const Allotted& there : allotted_of(lot))
    if (there.place == place) return there;
  return {place, {}, {}, {}};
}

std::vector<Allotment> View::allotments_of(Id<Lot> lot) const {
  std::vector<Allotment> rows;
  if (!is_new(lot.value))
    for (const Allotment& row : behind_->allotments_of(lot))
      if (!allotments_.contains(row.order.value)) rows.push_back(row);
  for (const auto& [order, known] : allotments_)
    for (const Allotment& row : known)
      if (row.lot == lot) rows.push_back(row);
  std::sort(rows.begin(), rows.end(), [](const Allotment& a, const Allotment& b) {
    return std::tie(a.order, a.line, a.place, a.is_picked) < std::tie(b.order, b.line, b.place, b.is_picked);
  });
  return rows;
}

Decimal View::wanted_before(Id<TradeOrder> order, Id<Item> item, Id<Place> site) const {
  if (!wanted_) own_wanted_ = std::make_unique<WantedSums>(), wanted_ = own_wanted_.get();
  settle_wanted();
  if (const WantedSum* known = wanted_->find(item, site)) return known->before(order.value);
  WantedSum sum;  // kept only when it is whole: a reading may fail
  if (reads_state_)
    behind_->waiting_lines(item, site, [&](Id<TradeOrder> id, const TradeLine& line) {
      if (!trade_orders_.contains(id.value)) sum.add(id.value, line.open().millionths());
    });
  for (const auto& [id, known] : trade_orders_)
    if (known.site == site)
      for (const TradeLine& line : known.lines)
        if (line.item == item && known.is_waiting(line)) sum.add(id, line.open().millionths());
  return (wanted_->make(item, site) = std::move(sum)).before(order.value);
}

void View::add_to_wanted(const TradeOrder& order, int times) const {
  for (const TradeLine& line : order.lines)
    if (order.is_waiting(line))
      if (WantedSum* sum = wanted_->find(line.item, order.site))
        sum->add(order.id.value, WantedSum::Wide{line.open().millionths()} * times);
}

/// Call before an order changes: the sums must lose what it wanted until then.
void View::note_order_changes(const TradeOrder& order) {
  if (!wanted_ || wanted_->is_empty() || !out_of_wanted_.insert(order.id.value).second) return;
  add_to_wanted(order, -1);
}

void View::settle_wanted() const {
  for (const std::uint32_t order : out_of_wanted_) add_to_wanted(trade_orders_.at(order), 1);
  out_of_wanted_.clear();
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

TradeOrder& View::mutable_trade_order(Id<TradeOrder> id, std::uint32_t changed_line) {
  const TradeOrder* order = trade_order(id);
  check(order != nullptr, "an entry names an order that was never made");
  note_order_changes(*order);
  if (reads_state_) changes_.order_lines.emplace_back(id.value, changed_line);
  return trade_orders_.at(id.value);
}

void View::allot(const Allotment& change) {
  std::vector<Allotment>& rows = known_allotments(change.order);
  const auto key = [](const Allotment& a) { return std::tie(a.lot, a.line, a.place, a.is_picked); };
  const auto row = std::lower_bound(rows.begin(), rows.end(), change,
                                    [&](const Allotment& a, const Allotment& b) { return key(a) < key(b); });
  if (row == rows.end() || !row->is_same(change)) {
    rows.insert(row, change);
  } else {
    row->quantity += change.quantity, row->quantity2 += change.quantity2;
    if (row->quantity.is_zero() && row->quantity2.is_zero()) rows.erase(row);
  }
  std::vector<Allotted>& places = known_allotted(change.lot);
  auto there = std::find_if(places.begin(), places.end(), [&](const Allotted& a) { return a.place == change.place; });
  if (there == places.end()) there = places.insert(there, {change.place, {}, {}, {}});
  if (change.is_picked)
    there->picked += change.quantity, there->picked2 += change.quantity2;
  else
    there->bound += change.quantity;
  if (there->is_nothing()) places.erase(there);
  if (!reads_state_) return;
  changes_.allotments.push_back(change);
  changes_.allotted.emplace_back(change.lot, change.place);
}

/// Steps of orders stand and fall with the lines of their entry, also when a correction takes its place.
void View::apply_for_orders(const Entry& entry, bool forwards) {
  for_each_order_move(entry, forwards, [&](const OrderMove& move) {
    TradeLine* line = mutable_trade_order(move.allotment.order, move.allotment.line).line(move.allotment.line);
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
  for (const auto& [order, rows] : allotments_)
    for (const Allotment& row : rows) visit(row);
}

void View::each_allotted(const std::function<void(Id<Lot>, const Allotted&)>& visit) const {
  for (const auto& [lot, places] : allotted_)
    for (const Allotted& there : places) visit(Id<Lot>{lot}, there);
}

}  // namespace lotbook
