// SPDX-License-Identifier: Apache-2.0
#include "queries/stock.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "model/place_ends.h"
#include "model/standing.h"
#include "queries/condition.h"
#include "queries/entry_card.h"
#include "trace/table_links.h"

namespace lotbook {

namespace {

/// Where a page ends: the last row's place in the order, as text for the asker to send back.
std::string cursor_of(const StockRow& row, std::string_view item) {
  return std::to_string(row.pick_day) + "." + std::to_string(row.lot.value) + "." + std::to_string(row.place.value) +
         "." + std::string(item);
}
bool read_cursor(std::string_view text, StockRow& row, std::string& item) {
  std::int64_t numbers[3] = {};
  for (std::int64_t& number : numbers) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end == text.data() + text.size() || *end != '.') return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  }
  row.pick_day = static_cast<std::int32_t>(numbers[0]), row.lot.value = static_cast<std::uint32_t>(numbers[1]);
  row.place.value = static_cast<std::uint32_t>(numbers[2]), item = text;
  return true;
}

class StockPage {
 public:
  StockPage(const Snapshot& snapshot, std::size_t most) : snapshot_(snapshot), most_(most) {}
  /// False when the page is full.
  bool add(const StockRow& row, std::string_view item) {
    if (answer.rows.size() == most_) {
      answer.next = cursor_of(last_, last_item_);
      return false;
    }
    const LotState* state = snapshot_.view.lot(row.lot);
    if (!state) return true;
    const Masters& masters = snapshot_.view.masters();
    const Item* record = masters.items.find(row.item);
    answer.rows.push_back({std::string(item), state->lot.code, end_code(masters, row.place),
                           record ? record->unit : std::string(), row.quantity, row.quantity2,
                           state->lot.governing_day(),
                           standing_of(condition_of(snapshot_.view, *state, row.place, snapshot_.now))});
    last_ = row, last_item_ = item;
    return true;
  }
  StockAnswer answer;

 private:
  const Snapshot& snapshot_;
  std::size_t most_;
  StockRow last_;
  std::string last_item_;
};

struct Past {
  std::uint64_t upto = UINT64_MAX;
  Instant at{INT64_MAX};
};

/// What lay where, from the entries that stand.
std::vector<StockCell> past_stock(TableLinks& links, Id<Lot> lot, const Past& past) {
  std::map<Id<Place>, StockCell> cells;
  for (const Entry* entry : standing(links.entries_of(lot), past.upto)) {
    if (entry->settled_at > past.at) continue;
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      if (ends::holds_stock(line.from)) {
        StockCell& cell = cells[line.from];
        cell.quantity -= line.quantity, cell.quantity2 -= line.quantity2;
      }
      if (ends::holds_stock(line.to)) {
        StockCell& cell = cells[line.to];
        cell.quantity += line.quantity, cell.quantity2 += line.quantity2;
      }
    }
  }
  std::vector<StockCell> stock;
  for (auto& [place, cell] : cells)
    if (!cell.quantity.is_zero() || !cell.quantity2.is_zero()) {
      cell.place = place;
      stock.push_back(cell);
    }
  return stock;
}

bool lies_here(const Masters& masters, Id<Place> place, Id<Place> within) {
  return !within || place == within || masters.lies_in(place, within);
}

}  // namespace

Result<StockAnswer> ask(const StockQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  Id<Item> only_item;
  if (!question.item.empty()) {
    const Result<Id<Item>> item = find_item(view, question.item, "/item");
    if (!item) return item.refusals();
    only_item = *item;
  }
  Id<Lot> only_lot;
  if (!question.lot.empty()) {
    const Result<const LotState*> lot = find_lot(view, {question.item, question.lot}, "");
    if (!lot) return lot.refusals();
    only_lot = (*lot)->lot.id;
  }
  const Result<Id<Place>> within = find_place(view, question.place, "/place");
  if (!within) return within.refusals();
  StockRow from;
  std::string from_item;
  from.pick_day = INT32_MIN;
  if (!question.after.empty() && !read_cursor(question.after, from, from_item))
    return Refusal{Code::malformed, "/after", "Send back \"next\" of the answer before, as it was."};
  StockPage page(snapshot, rows_allowed(question.limit));
  page.answer.entry = view.head().seq;
  const bool is_past = question.at || question.at_entry != 0;
  if (is_past && !only_item)
    return Refusal{Code::missing, "/item", "Name the item: past stock is drawn from the entries of its lots."};
  if (is_past) {
    Past past;
    if (question.at_entry != 0) past.upto = question.at_entry;
    if (question.at) past.at = question.at->at(masters.zone_of(*within)).latest();
    TableLinks links(view.behind(), past.upto);
    page.answer.entry = links.upto();
    for (const Id<Lot> lot : view.behind().lots_of(only_item)) {
      const LotState* state = view.lot(lot);
      if (!state || (only_lot && lot != only_lot) || lot < from.lot || state->lot.opened_in > past.upto) continue;
      for (const StockCell& cell : past_stock(links, lot, past)) {
        if (!lies_here(masters, cell.place, *within) || (lot == from.lot && cell.place <= from.place)) continue;
        if (!page.add({only_item, 0, lot, cell.place, false, cell.quantity, cell.quantity2}, question.item))
          return std::move(page.answer);
      }
    }
    return std::move(page.answer);
  }
  bool go_on = true;
  masters.items.each([&](Id<Item> id, const Item& item) {
    if (!go_on || (only_item && id != only_item) || item.code < from_item) return;
    StockRow start;
    start.pick_day = INT32_MIN;
    if (item.code == from_item) start = from;
    start.item = id;
    view.behind().stock_after(start, [&](const StockRow& row) {
      if (row.quantity.is_zero() && row.quantity2.is_zero()) return true;
      if ((only_lot && row.lot != only_lot) || !lies_here(masters, row.place, *within)) return true;
      return go_on = page.add(row, item.code);
    });
  });
  return std::move(page.answer);
}

Result<ExpiringAnswer> ask(const ExpiringQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  if (!question.item.empty())
    if (const Result<Id<Item>> item = find_item(view, question.item, "/item"); !item) return item.refusals();
  const Result<Id<Place>> within = find_place(view, question.place, "/place");
  if (!within) return within.refusals();
  struct Row {
    std::string key;
    StockRow stock;
    Date day;
    int days_left;
  };
  std::vector<Row> rows;
  const auto key_of = [](Date day, const std::string& item, const StockRow& row) {
    char text[64];
    std::snprintf(text, sizeof text, "%011lld.", static_cast<long long>(day.day) + 1'000'000'000);
    std::string key = text + item + ".";
    std::snprintf(text, sizeof text, "%010u.%010u", row.lot.value, row.place.value);
    return key + text;
  };
  masters.items.each([&](Id<Item> id, const Item& item) {
    if (!question.item.empty() && item.code != question.item) return;
    StockRow start;
    start.item = id, start.pick_day = INT32_MIN;
    const std::int32_t furthest = masters.zone_of({}).day_of(snapshot.now).day + question.days + 1;
    view.behind().stock_after(start, [&](const StockRow& row) {
      // FEFO items lie in the order of this very day; a site may be a day ahead of the book.
      if (item.picking == Picking::fefo && row.pick_day > furthest) return false;
      if (!row.quantity.is_positive() || !lies_here(masters, row.place, *within)) return true;
      const LotState* state = view.lot(row.lot);
      if (!state || !state->lot.governing_day().is_set()) return true;
      const Date day = state->lot.governing_day();
      const int left = day.day - masters.zone_of(row.place).day_of(snapshot.now).day;
      if (left <= question.days) rows.push_back({key_of(day, item.code, row), row, day, left});
      return true;
    });
  });
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  ExpiringAnswer answer;
  const std::size_t most = rows_allowed(question.limit);
  std::string last;
  for (const Row& row : rows) {
    if (row.key <= question.after) continue;
    if (answer.rows.size() == most) {
      answer.next = last;
      break;
    }
    const LotState& state = *view.lot(row.stock.lot);
    const Item* item = masters.items.find(row.stock.item);
    answer.rows.push_back({item->code, state.lot.code, end_code(masters, row.stock.place), item->unit, row.day,
                           row.days_left, row.stock.quantity,
                           standing_of(condition_of(view, state, row.stock.place, snapshot.now))});
    last = row.key;
  }
  return answer;
}

Result<FefoAnswer> ask(const FefoQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Result<Id<Item>> found = find_item(view, question.item, "/item");
  if (!found) return found.refusals();
  const Result<Id<Place>> site = find_place(view, question.site, "/site");
  if (!site) return site.refusals();
  const Item& item = *masters.items.find(*found);
  std::map<std::pair<Id<Lot>, Id<Place>>, FefoLine> lines;
  StockRow start;
  start.item = *found, start.pick_day = INT32_MIN;
  view.behind().stock_after(start, [&](const StockRow& row) {
    const Id<Place> at = masters.site_of(row.place);
    const LotState* state = view.lot(row.lot);
    if (!state || row.quantity.is_zero() || (*site && !lies_here(masters, row.place, *site))) return true;
    FefoLine& line = lines[{row.lot, at}];
    line.lot = state->lot.code, line.site = masters.places.code_of(at), line.unit = item.unit;
    line.governing_day = state->lot.governing_day(), line.came_on = state->lot.came_on();
    line.on_hand += row.quantity;
    line.places.push_back(end_code(masters, row.place));
    const std::string why = why_not_dispatched(view, *state, row.place, snapshot.now);
    if (why.empty())
      line.available += row.quantity, line.usable = true;
    else if (line.why_not.empty())
      line.why_not = why;
    return true;
  });
  FefoAnswer answer;
  answer.picking = item.picking;
  for (auto& [key, line] : lines) {
    if (line.usable) line.why_not.clear();
    answer.rows.push_back(std::move(line));
  }
  const bool is_fifo = item.picking == Picking::fifo;
  std::sort(answer.rows.begin(), answer.rows.end(), [&](const FefoLine& a, const FefoLine& b) {
    const Date first = is_fifo ? a.came_on : a.governing_day, second = is_fifo ? b.came_on : b.governing_day;
    return std::tie(first, a.came_on, a.available, a.lot, a.site) <
           std::tie(second, b.came_on, b.available, b.lot, b.site);
  });
  if (answer.rows.size() > rows_allowed(question.limit))
    answer.more = true, answer.rows.resize(rows_allowed(question.limit));
  return answer;
}

}  // namespace lotbook
