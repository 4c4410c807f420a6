// SPDX-License-Identifier: Apache-2.0
#include "stock.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "history.h"
#include "json.h"
#include "times.h"

namespace plants {
namespace {

struct Place {
  std::string_view parent, zone;
};

// Readings:
// - A count is taken against what the book held at its settled instant when the row was read (R59): what was read
// before
//   it and lies at or before it in time. It changes the stock by the difference.
// - A complete count covers every lot that lies in exactly this place. Untracked goods stay.
// - Goods that left one site and have not arrived lie in transit under their document.
// - A void brings the lines of its dispatch to its `to`.
class Stock {
 public:
  Stock(const std::string& bundle, History& history, bool keeps_steps) : history_(history), keeps_steps_(keeps_steps) {
    CsvFile& file = files_.emplace_back(bundle + "/locations.csv");
    const int location = file.required("location"), parent = file.column("parent"), zone = file.column("time_zone");
    while (file.next()) places_[file[location]] = {file[parent], file[zone]};
    note_counted_places(bundle);
  }

  void add(const Row& row);
  void finish();
  void print() const;
  bool below_zero();

 private:
  // A lot or an untracked item, in a place or (with a document) on the road.
  struct Key {
    std::uint32_t item, lot, place, document;
    auto operator<=>(const Key&) const = default;
  };
  struct HashOfKey {
    std::size_t operator()(const Key& key) const {
      return ((key.item * 0x9E3779B97F4A7C15ull + key.lot) * 0x9E3779B97F4A7C15ull + key.place) *
                 0x9E3779B97F4A7C15ull +
             key.document;
    }
  };
  struct Change {
    std::int64_t settled;
    Amount amount;
  };
  struct Step {
    Key key;
    std::int64_t settled;
    Amount amount;
    std::size_t line;
  };
  struct Line {
    Key key;
    std::string_view to;
    bool is_void;
    Amount quantity;
  };
  using Numbers = std::pair<std::uint32_t, std::uint32_t>;  // document, place

  void note_counted_places(const std::string& bundle);
  std::int64_t settled(const Row& row);
  std::string zone_of(std::string_view place) const;
  void change(const Row& row, std::string_view place, Amount amount);
  void change(const Key& key, std::int64_t when, Amount amount);
  void count(const Row& row);
  void end_complete_counts(const Row* next);
  Amount held_at(const Key& key, std::int64_t when) const;
  void status(const Row& row);
  void release(const Row& row);

  History& history_;
  std::deque<CsvFile> files_;
  std::map<std::string_view, Place> places_;
  Names place_names_;
  std::set<std::string, std::less<>> counted_places_;
  Midnights midnights_;
  std::int64_t now_ = 0;
  std::size_t line_ = 0;
  bool keeps_steps_;
  std::vector<Step> steps_;
  std::unordered_map<Key, Amount, HashOfKey> stock_;
  std::unordered_map<Key, std::vector<Change>, HashOfKey> changes_;  // only in places that are counted
  std::unordered_map<std::uint32_t, std::set<Key>> keys_in_place_;
  std::unordered_map<std::uint32_t, std::vector<std::int64_t>> instants_of_lot_;
  struct Complete {
    std::int64_t settled = 0;
    std::set<Numbers> named;  // item, lot
  };
  std::map<Numbers, Complete> complete_;
  std::unordered_map<std::uint32_t, std::vector<Line>> dispatches_;
  std::map<std::string_view, bool> runs_;
  std::map<std::uint32_t, std::string_view> statuses_;
  std::set<std::tuple<std::uint32_t, std::string_view, std::string_view, std::string_view>> holds_;
};

void Stock::note_counted_places(const std::string& bundle) {
  CsvFile events(bundle + "/events.csv");
  const int event = events.required("event"), to = events.column("to");
  while (events.next())
    if (events[event] == "count") counted_places_.insert(std::string(events[to]));
}

std::string Stock::zone_of(std::string_view place) const {
  for (auto at = places_.find(place); at != places_.end(); at = places_.find(at->second.parent))
    if (!at->second.zone.empty()) return std::string(at->second.zone);
  return {};
}

std::int64_t Stock::settled(const Row& row) {
  if (const auto instant = parse_instant(row.occurred_at)) return *instant;
  const auto day = parse_day(row.occurred_at);
  if (!day) throw std::runtime_error("events.csv:" + std::to_string(row.line) + ": occurred_at: is no time");
  const auto zone = zone_of(row.from.empty() ? row.to : row.from);
  const auto begin = midnights_.of(zone, *day), end = midnights_.of(zone, *day + 1);
  auto latest = begin;
  if (const auto known = instants_of_lot_.find(row.lot); row.lot != none && known != instants_of_lot_.end())
    for (const auto instant : known->second)
      if (instant >= begin && instant < end) latest = std::max(latest, instant);
  return latest;
}

void Stock::add(const Row& row) {
  line_ = row.line;
  if (!counted_places_.empty() || keeps_steps_) {
    end_complete_counts(&row);
    now_ = settled(row);
    if (row.lot != none) instants_of_lot_[row.lot].push_back(now_);
  }
  switch (row.event) {
    case Event::open:
    case Event::receive:
    case Event::come_back: change(row, row.to, row.quantity); break;
    case Event::produce:
      change(row, row.to, row.quantity);
      if (!row.is_fill) runs_.try_emplace(history_.documents.text(row.document), false);
      break;
    case Event::consume:
      change(row, row.from, -row.quantity);
      if (!row.is_fill) runs_.try_emplace(history_.documents.text(row.document), false);
      break;
    case Event::close: runs_[history_.documents.text(row.document)] = true; break;
    case Event::return_to_supplier:
    case Event::dispose:
    case Event::sample: change(row, row.from, -row.quantity); break;
    case Event::dispatch:
      change(row, row.from, -row.quantity);
      dispatches_[row.document].push_back({{row.item, row.lot, none, none}, {}, false, row.quantity});
      break;
    case Event::void_dispatch:
      for (auto& line : dispatches_[row.document])
        if (!line.is_void) {
          line.is_void = true;
          line.key.place = place_names_.add(row.to);
          change(line.key, now_, line.quantity);
          instants_of_lot_[line.key.lot].push_back(now_);
        }
      break;
    case Event::move:
    case Event::adjust:
      if (!row.from.empty()) change(row, row.from, -row.quantity);
      if (!row.to.empty()) change(row, row.to, row.quantity);
      if (row.event == Event::move && row.from.empty() != row.to.empty())
        change(Key{row.item, row.lot, none, row.document}, now_, row.to.empty() ? row.quantity : -row.quantity);
      break;
    case Event::count: count(row); break;
    case Event::name:
    case Event::fill:
    case Event::empty:
    case Event::clean: break;
    case Event::quarantine:
    case Event::reject:
    case Event::hold:
    case Event::release: status(row); break;
  }
}

void Stock::change(const Row& row, std::string_view place, Amount amount) {
  change(Key{row.item, row.lot, place_names_.add(place), none}, now_, amount);
}

void Stock::change(const Key& key, std::int64_t when, Amount amount) {
  stock_[key] += amount;
  if (keeps_steps_) steps_.push_back({key, when, amount, line_});
  if (key.place == none || !counted_places_.contains(place_names_.text(key.place))) return;
  changes_[key].push_back({when, amount});
  if (key.lot != none) keys_in_place_[key.place].insert(key);
}

Amount Stock::held_at(const Key& key, std::int64_t when) const {
  Amount sum = 0;
  if (const auto known = changes_.find(key); known != changes_.end())
    for (const auto& one : known->second)
      if (one.settled <= when) sum += one.amount;
  return sum;
}

void Stock::count(const Row& row) {
  const Key key{row.item, row.lot, place_names_.add(row.to), none};
  change(key, now_, row.quantity - held_at(key, now_));
  if (row.kind != "complete") return;
  auto& complete = complete_[{row.document, key.place}];
  complete.settled = std::max(complete.settled, now_);
  complete.named.insert({row.item, row.lot});
}

// The rows of a complete count stand together; the first other row ends it.
void Stock::end_complete_counts(const Row* next) {
  for (auto at = complete_.begin(); at != complete_.end();) {
    const auto [document, place] = at->first;
    if (next != nullptr && next->event == Event::count && next->document == document) {
      ++at;
      continue;
    }
    auto& keys = keys_in_place_[place];
    // What went before this count needs no look at the next one.
    std::erase_if(
        keys, [&](const Key& key) { return stock_[key] == 0 && changes_[key].back().settled <= at->second.settled; });
    for (const auto& key : keys)
      if (at->second.named.contains({key.item, key.lot}))
        continue;
      else if (const auto held = held_at(key, at->second.settled); held != 0) {
        change(key, at->second.settled, -held);
        instants_of_lot_[key.lot].push_back(at->second.settled);
      }
    at = complete_.erase(at);
  }
}

void Stock::status(const Row& row) {
  const auto number = history_.documents.text(row.document);
  switch (row.event) {
    case Event::quarantine: statuses_[row.lot] = "quarantine"; break;
    case Event::reject: statuses_[row.lot] = "rejected"; break;
    case Event::hold: holds_.insert({row.lot, number, row.from, row.kind.empty() ? "lot" : row.kind}); break;
    default: release(row);
  }
}

void Stock::release(const Row& row) {
  const auto number = history_.documents.text(row.document);
  if (number.empty()) statuses_.erase(row.lot);
  auto hold = holds_.lower_bound({row.lot, number, {}, {}});
  while (hold != holds_.end() && std::get<0>(*hold) == row.lot && std::get<1>(*hold) == number)
    hold = holds_.erase(hold);
}

void Stock::finish() { end_complete_counts(nullptr); }

// Whether a lot is ever below zero, in the order of the rows or of their settled instants (R28).
bool Stock::below_zero() {
  int found = 0;
  for (const char* order : {"as recorded", "as occurred"}) {
    std::unordered_map<Key, Amount, HashOfKey> held;
    for (const auto& step : steps_) {
      auto& amount = held[step.key];
      amount += step.amount;
      if (amount >= 0 || ++found > 20) continue;
      const auto thing = step.key.lot == none ? quoted(history_.items[step.key.item].code)
                                              : lot_text(history_, history_.lots[step.key.lot]);
      std::cout << "events.csv:" << step.line << ": " << thing << " is below zero " << order << " in "
                << (step.key.place == none ? "transit" : place_names_.text(step.key.place)) << ": " << to_text(amount)
                << '\n';
    }
    std::stable_sort(steps_.begin(), steps_.end(), [](auto& one, auto& other) { return one.settled < other.settled; });
  }
  return found > 0;
}

void Stock::print() const {
  std::vector<std::string> lines;
  for (const auto& [key, quantity] : stock_) {
    if (quantity == 0) continue;
    const auto thing = key.lot == none ? "[" + quoted(history_.items[key.item].code) + "]"
                                       : lot_text(history_, history_.lots[key.lot]);
    const auto where = key.place == none ? "\"in_transit\":" + quoted(history_.documents.text(key.document))
                                         : "\"location\":" + quoted(place_names_.text(key.place));
    lines.push_back("{\"stock\":" + thing + "," + where + ",\"quantity\":\"" + to_text(quantity) + "\"}");
  }
  for (const auto& [document, closed] : runs_)
    lines.push_back("{\"run\":" + quoted(document) + ",\"closed\":" + (closed ? "true}" : "false}"));
  for (const auto& [lot, status] : statuses_)
    lines.push_back("{\"status\":" + lot_text(history_, history_.lots[lot]) + ",\"is\":" + quoted(status) + "}");
  for (const auto& [lot, number, place, kind] : holds_)
    lines.push_back("{\"hold\":" + lot_text(history_, history_.lots[lot]) + ",\"number\":" + quoted(number) +
                    ",\"place\":" + quoted(place) + ",\"kind\":" + quoted(kind) + "}");
  std::sort(lines.begin(), lines.end());
  for (const auto& line : lines) std::puts(line.c_str());
}

}  // namespace

int print_stock(const std::string& bundle) {
  History history(bundle);
  Stock stock(bundle, history, false);
  history.read([&](const Row& row) { stock.add(row); });
  stock.finish();
  stock.print();
  return 0;
}

int check_stock(const std::string& bundle) {
  History history(bundle);
  Stock stock(bundle, history, true);
  history.read([&](const Row& row) { stock.add(row); });
  stock.finish();
  return stock.below_zero() ? 1 : 0;
}

}  // namespace plants
