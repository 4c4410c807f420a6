// SPDX-License-Identifier: Apache-2.0
#include "reference.h"

#include <algorithm>
#include <cstdio>

namespace lotbook::model {

// --- values

namespace {

/// Days of the civil calendar, counted year by year from 1970.
bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
int length_of_month(int year, int month) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}
Day day_of(int year, int month, int day) {
  Day days = day - 1;
  for (int y = 1970; y < year; ++y) days += is_leap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += length_of_month(year, m);
  return days;
}

/// Winter time of the two zones that the plant of this test lies in; its history stays within one winter.
int minutes_ahead(const std::string& zone) {
  return zone == "Europe/Berlin" ? 60 : zone == "America/New_York" ? -300 : 0;
}

}  // namespace

Day day_from(const std::string& text) {
  int year = 0, month = 0, day = 0;
  if (text.size() != 10 || std::sscanf(text.c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3) return no_day;
  return day_of(year, month, day);
}

std::string text_of_day(Day day) {
  if (day == no_day) return {};
  int year = 1970, month = 1;
  for (; day >= (is_leap(year) ? 366 : 365); ++year) day -= is_leap(year) ? 366 : 365;
  for (; day >= length_of_month(year, month); ++month) day -= length_of_month(year, month);
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day + 1);
  return text;
}

Time time_from(const std::string& text) {
  const int hours = std::stoi(text.substr(11, 2)), minutes = std::stoi(text.substr(14, 2));
  const int seconds = text.size() >= 19 ? std::stoi(text.substr(17, 2)) : 0;
  return day_from(text.substr(0, 10)) * day_long + (hours * 60 + minutes) * minute + seconds * second_long;
}

std::string text_of_time(Time time) {
  const Time day = time / day_long, rest = time % day_long / second_long;
  char text[48];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60),
                static_cast<int>(rest % 60));
  return text_of_day(static_cast<Day>(day)) + text;
}

Amount amount_from(const std::string& text) {
  if (text.empty()) return 0;
  const bool is_minus = text[0] == '-';
  Amount whole = 0, scale = 1'000'000;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.') after_point = true;
    if (c < '0' || c > '9') continue;
    if (after_point) scale /= 10;
    whole = after_point ? whole + (c - '0') * scale : whole * 10 + (c - '0') * 1'000'000;
  }
  return is_minus ? -whole : whole;
}

std::string text_of_amount(Amount amount) {
  char text[48];
  std::snprintf(text, sizeof text, "%s%lld.%06lld", amount < 0 ? "-" : "",
                static_cast<long long>(std::abs(amount) / 1'000'000),
                static_cast<long long>(std::abs(amount) % 1'000'000));
  std::string short_text = text;
  while (short_text.back() == '0') short_text.pop_back();
  if (short_text.back() == '.') short_text.pop_back();
  return short_text;
}

namespace {
Amount step_of(int decimals) {
  Amount step = 1'000'000;
  for (int i = 0; i < decimals; ++i) step /= 10;
  return step;
}
}  // namespace

Amount rounded(Amount amount, int decimals) {
  const Amount step = step_of(decimals);
  return (amount + step / 2) / step * step;
}
Amount rounded_down(Amount amount, int decimals) { return amount / step_of(decimals) * step_of(decimals); }

Day Dates::governing() const {
  const Day day = std::min(expires, retest);
  return day != no_day ? day : best_before;
}

// --- places and days

std::string Book::site_of(const std::string& place) const {
  std::string at = place;
  while (places.contains(at) && !places.at(at).at("parent").text().empty()) at = places.at(at).at("parent").text();
  return at;
}

bool Book::lies_in(std::string place, const std::string& ancestor) const {
  for (; places.contains(place); place = places.at(place).at("parent").text())
    if (place == ancestor) return true;
  return false;
}

std::string Book::use_of(const std::string& place) const {
  if (!places.contains(place)) return place;
  const std::string kind = places.at(place).at("kind").text();
  const std::string parent = places.at(place).at("parent").text();
  if (kind != "area" && kind != "bin") return kind;
  return parent.empty() ? "storage" : use_of(parent);
}

namespace {
Time shift_at(const Book& book, const std::string& place) {
  const std::string site = book.site_of(place);
  const std::string zone = book.places.contains(site) ? book.places.at(site).at("time_zone").text() : std::string();
  return minutes_ahead(zone.empty() ? "Europe/Berlin" : zone) * minute;
}
}  // namespace

Day Book::day_at(const std::string& place, Time time) const {
  return static_cast<Day>((time + shift_at(*this, place)) / day_long);
}
Time Book::start_of(const std::string& place, Day day) const { return day * day_long - shift_at(*this, place); }

// --- what stands

/// R32: an entry is in force unless one that points at it is. Later entries decide first. A correction stands in the
/// place of all that it corrects, over any number of steps; only an undo brings back what its target had taken away.
std::map<int, bool> Book::force_with(const Entry* draft, int upto) const {
  std::map<int, bool> force;
  const auto decide = [&](const Entry& entry) {
    const auto known = force.find(entry.seq);
    const bool is_in_force = known == force.end();
    force[entry.seq] = is_in_force;
    if (!is_in_force) return;
    std::vector<int> gone = entry.targets;
    for (std::size_t i = 0; i < gone.size(); ++i) {
      force[gone[i]] = false;
      const std::vector<int>& behind = this->entry(gone[i])->targets;
      if (entry.kind != "undo") gone.insert(gone.end(), behind.begin(), behind.end());
    }
  };
  if (draft) decide(*draft);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    if (entry->seq <= upto) decide(*entry);
  return force;
}

std::map<int, bool> Book::in_force(int upto) const { return upto == INT_MAX ? now().force : force_with(nullptr, upto); }

bool Book::facts_apply(const Entry& entry) const { return !now().taken_back.contains(entry.seq); }

const Entry* Book::entry(int seq) const {
  for (const Entry& entry : entries)
    if (entry.seq == seq) return &entry;
  return nullptr;
}

std::vector<const Entry*> Book::standing(int upto) const {
  const std::map<int, bool> force =
      upto == INT_MAX && now_.entries == entries.size() ? now_.force : force_with(nullptr, upto);
  std::vector<const Entry*> found;
  for (const Entry& entry : entries)
    if (entry.seq <= upto && force.at(entry.seq)) found.push_back(&entry);
  return found;
}

// --- what is known of lots, holds and orders

namespace {

void change_state(LotState& state, const Change& change, bool applies) {
  if (change.what == "code") state.former.insert(applies ? state.code : change.text);  // R12: it stays findable
  if (!applies) return;
  if (change.what == "code") state.code = change.text;
  if (change.what == "quality") state.quality = change.text;
  if (change.what == "received_on") state.dates.received = change.day;
  if (change.what == "produced_on") state.dates.produced = change.day;
  if (change.what == "expires_on") state.dates.expires = change.day;
  if (change.what == "best_before_on") state.dates.best_before = change.day;
  if (change.what == "retest_on") state.dates.retest = change.day;
}

}  // namespace

std::set<int> Book::taken_back(const std::map<int, bool>& force) const {
  std::set<int> seqs;
  for (const Entry& entry : entries)
    if (const auto known = force.find(entry.seq); entry.takes_facts_back() && known != force.end() && known->second)
      seqs.insert(entry.targets.begin(), entry.targets.end());
  return seqs;
}

const Book::Now& Book::now() const {
  if (now_.entries == entries.size() && now_.lots.size() == lots.size()) return now_;
  now_ = Now();
  now_.entries = entries.size(), now_.force = force_with(nullptr, INT_MAX);
  now_.taken_back = taken_back(now_.force);
  for (const Lot& lot : lots) {
    now_.lots.push_back({lot.code, lot.quality, lot.dates, {}, {}});
    if (!lot.issued_code.empty()) now_.lots.back().issued.insert({lot.issuer, lot.issued_code});
  }
  now_.covered.resize(holds.size()), now_.holds.resize(holds.size());
  for (const Entry& entry : entries) {
    const bool applies = !now_.taken_back.contains(entry.seq);
    for (const Change& change : entry.changes)
      change_state(now_.lots[static_cast<std::size_t>(change.lot)], change, applies);
    if (!applies) continue;
    for (const auto& [lot, issuer, code] : entry.named)
      now_.lots[static_cast<std::size_t>(lot)].issued.insert({issuer, code});
    for (const int hold : entry.holds_placed) now_.holds[static_cast<std::size_t>(hold)] = true;
    for (const Reach& reach : entry.holds) {
      std::set<int>& covered = now_.covered[static_cast<std::size_t>(reach.hold)];
      for (const int lot : reach.lots) reach.covers ? (void)covered.insert(lot) : (void)covered.erase(lot);
      if (!reach.covers && covered.empty()) now_.holds[static_cast<std::size_t>(reach.hold)] = false;
    }
  }
  for (std::size_t hold = 0; hold < holds.size(); ++hold)
    if (!now_.holds[hold]) now_.covered[hold].clear();
  for (LotState& state : now_.lots) state.former.erase(state.code);
  now_.stock = stock_then(INT_MAX, INT64_MAX);
  return now_;
}

std::set<int> Book::holds_on(int lot) const {
  std::set<int> found;
  for (std::size_t hold = 0; hold < holds.size(); ++hold)
    if (covered(static_cast<int>(hold)).contains(lot)) found.insert(static_cast<int>(hold));
  return found;
}

/// R64: released, open from its first line, closed; given up it is cancelled (R13).
std::string Book::run_state(int run) const {
  const std::map<int, bool>& force = now().force;
  std::string said;
  bool has_lines = false;
  for (const Entry& entry : entries) {
    if (entry.run != run) continue;
    has_lines |= !entry.lines.empty() && force.at(entry.seq);
    if (!facts_apply(entry)) continue;
    if (entry.opens_run) said = runs[static_cast<std::size_t>(run)].first_state;
    if (!entry.run_state.empty()) said = entry.run_state;
  }
  if (said == "closed" || said == "cancelled") return said;
  if (has_lines) return "open";
  return said.empty() ? "cancelled" : said;
}

int Book::lot_called(const std::string& item, const std::string& code) const {
  for (std::size_t lot = 0; lot < lots.size(); ++lot)
    if (lots[lot].item == item && state(static_cast<int>(lot)).code == code) return static_cast<int>(lot);
  return none;
}

std::string Book::status(int lot, const std::string& place, Day day) const {
  const LotState& now = state(lot);
  bool is_held = false, is_recalled = false;
  for (const int hold : holds_on(lot)) {
    const Hold& held = holds[static_cast<std::size_t>(hold)];
    if (!held.place.empty() && !place.empty() && !lies_in(place, held.place)) continue;
    is_held = true, is_recalled |= !held.recall.empty();
  }
  const bool is_expired = now.dates.expires != no_day && day > now.dates.expires;  // R45
  const bool waits = now.dates.retest != no_day && day > now.dates.retest;         // R46
  if (is_recalled) return "recalled";
  if (now.quality == "rejected") return "rejected";
  if (is_held) return "hold";
  if (now.quality == "quarantine" || (waits && !is_expired)) return "quarantine";
  if (is_expired) return "expired";
  Sum all;
  for (const auto& [key, quantity] : stock())
    if (key.first == lot) all.add(quantity, 1);
  return all.first == 0 ? "gone" : "released";
}

// --- stock

namespace {

bool holds_stock(const Book& book, const std::string& place) {
  return place == "in_transit" || book.places.contains(place);
}

void move(const Book& book, const Line& line, Book::Stock& stock) {
  if (holds_stock(book, line.from)) stock[{line.lot, line.from}].add(line.quantity, -1);
  if (holds_stock(book, line.to)) stock[{line.lot, line.to}].add(line.quantity, 1);
}

}  // namespace

Book::Stock Book::stock(int upto, Time at) const {
  return upto == INT_MAX && at == INT64_MAX ? now().stock : stock_then(upto, at);
}

Book::Stock Book::stock_then(int upto, Time at) const {
  Stock stock;
  for (const Entry* entry : standing(upto))
    if (entry->settled <= at)
      for (const Line& line : entry->lines) move(*this, line, stock);
  std::erase_if(stock, [](const auto& cell) { return cell.second.is_zero(); });
  return stock;
}

Sum Book::on_hand(int lot, const std::string& place) const {
  const auto found = now().stock.find({lot, place});
  return found == now().stock.end() ? Sum() : found->second;
}

Book::Stock Book::stock_with(const Entry& draft) const {
  const std::map<int, bool> force = force_with(&draft, INT_MAX);
  Stock stock;
  for (const Entry& entry : entries)
    if (force.at(entry.seq))
      for (const Line& line : entry.lines) move(*this, line, stock);
  for (const Line& line : draft.lines) move(*this, line, stock);
  return stock;
}

std::string Book::goes_below(const Entry& draft) const {
  const std::map<int, bool> force = force_with(&draft, INT_MAX);
  std::vector<const Entry*> in_order;
  for (const Entry& entry : entries)
    if (force.at(entry.seq)) in_order.push_back(&entry);
  in_order.push_back(&draft);
  std::stable_sort(in_order.begin(), in_order.end(), [](const Entry* a, const Entry* b) {
    return std::tie(a->settled, a->position) < std::tie(b->settled, b->position);
  });
  Stock stock;
  bool was_below = false;
  for (const Entry* entry : in_order) {
    for (const Line& line : entry->lines) move(*this, line, stock);
    for (const Line& line : entry->lines)
      for (const std::string& place : {line.from, line.to}) {
        const auto cell = stock.find({line.lot, place});
        was_below |= cell != stock.end() && cell->second.is_below_zero();
      }
  }
  const bool is_below =
      std::any_of(stock.begin(), stock.end(), [](const auto& cell) { return cell.second.is_below_zero(); });
  return is_below ? "not_enough" : was_below ? "before_goods_arrived" : "";
}

bool Book::gives_back_too_much(const Entry& draft) const {
  const std::map<int, bool> force = force_with(&draft, INT_MAX);
  std::map<std::tuple<int, int, int>, Sum> consumed;
  const auto add = [&](const Entry& entry) {
    for (const Line& line : entry.lines) {
      if (line.to == "process") consumed[{entry.run, line.lot, line.into}].add(line.quantity, 1);
      if (line.from == "process" && entry.kind == "give_back")
        consumed[{entry.run, line.lot, line.into}].add(line.quantity, -1);
    }
  };
  for (const Entry& entry : entries)
    if (force.at(entry.seq)) add(entry);
  add(draft);
  return std::any_of(consumed.begin(), consumed.end(), [](const auto& sum) { return sum.second.is_below_zero(); });
}

}  // namespace lotbook::model
