// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Goods that go elsewhere, and goods that the book and the eye disagree about (R21, R57, R59, R61, R63, R83).

namespace lotbook::model {

namespace {
std::string first_of(const Value& lines, const char* field) {
  return lines.each().empty() ? std::string() : lines.each().front().at(field).text();
}
}  // namespace

void Judge::return_to_supplier() {
  entry_.partner = text("supplier");
  const bool is_supplier = partner(entry_.partner, "supplier");
  if (is_supplier && !body("confirm_more").is_yes()) {  // R57
    std::map<int, Amount> rest;
    for (const Entry* entry : book_.standing())
      for (const Line& line : entry->lines) {
        if (entry->partner != entry_.partner || entry_.reference.empty()) continue;
        if (entry->document == entry_.reference && line.from == "supplier") rest[line.lot] += line.quantity.first;
        if (entry->reference == entry_.reference && line.to == "supplier") rest[line.lot] -= line.quantity.first;
      }
    if (entry_.reference.empty()) {
      no("missing");
    } else if (rest.empty()) {
      no("unknown_entry");
    } else {
      for (const Value& line : body("lines").each()) {
        Judge quiet(book_, asked_);
        const int back = quiet.lot(line.at("item").text(), line.at("lot").text());
        if (back == none) continue;
        const std::optional<Sum> much = quiet.quantity(line, line.at("item").text());
        if (much && (rest[back] -= much->first) < 0) no("more_than_received");
      }
    }
  }
  take_lines("back", "supplier");
  settle(first_of(body("lines"), "from"));
}

void Judge::transfer_out() {
  const bool is_place = place(text("to_site"));
  for (const Value& line : body("lines").each())
    if (is_place && book_.places.contains(line.at("from").text()) &&
        book_.site_of(line.at("from").text()) == book_.site_of(text("to_site")))
      no("not_the_same_site");
  take_lines("move", "in_transit");
  settle(first_of(body("lines"), "from"));
}

void Judge::transfer_in() {
  for (const Value& line : body("lines").each()) {
    const int arrived = lot(line.at("item").text(), line.at("lot").text());
    const bool is_place = place(line.at("to").text());
    if (arrived == none || !is_place) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much) continue;
    Sum on_the_road;
    for (const Entry* entry : book_.standing())
      for (const Line& earlier : entry->lines) {
        if (entry->document != entry_.document || earlier.lot != arrived) continue;
        if (earlier.to == "in_transit") on_the_road.add(earlier.quantity, 1);
        if (earlier.from == "in_transit") on_the_road.add(earlier.quantity, -1);
      }
    for (const Line& earlier : entry_.lines)
      if (earlier.lot == arrived) on_the_road.add(earlier.quantity, -1);
    on_the_road.add(*much, -1);
    if (on_the_road.is_below_zero()) no("more_than_in_transit");
    this->line(arrived, "in_transit", line.at("to").text(), *much);
  }
  settle(first_of(body("lines"), "to"));
}

void Judge::sample() {
  const std::string to = text("to");
  if (!to.empty() && place(to)) {
    if (book_.use_of(to) != "retained") no("place_not_allowed");  // R83
    for (const Value& line : body("lines").each()) {
      const std::string from = line.at("from").text();
      if (from == to) no("same_place");
      if (book_.places.contains(from) && book_.site_of(from) != book_.site_of(to)) no("not_the_same_site");
    }
  }
  take_lines("sample", to.empty() ? "sampled" : to);
  settle(first_of(body("lines"), "from"));
}

void Judge::dispose() {
  if (entry_.why.empty()) no("missing");
  take_lines("dispose", "disposed");
  settle(first_of(body("lines"), "from"));
}

/// R59: above the tolerance of five percent a second person confirms.
void Judge::judge_difference(const std::string& who, Sum had, Sum now) {
  const auto is_large = [](Amount was, Amount is) { return std::abs(was - is) * 100 > was * 5; };
  if (!is_large(had.first, now.first) && !is_large(had.second, now.second)) return;
  if (who.empty() || who == asked_.who) no("second_person_needed");
}

void Judge::count() {
  const std::string where = text("place");
  const bool is_place = place(where), is_complete = body("complete").is_yes();
  std::map<int, Sum> counted;
  std::vector<int> order;  // as they were named; those that only a complete count speaks of come last
  for (const Value& line : body("lines").each()) {
    const int seen = lot(line.at("item").text(), line.at("lot").text());
    if (seen == none) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text(), true);
    if (!much) continue;
    if (!counted.contains(seen)) order.push_back(seen);
    counted[seen].add(*much, 1);
  }
  if (body("lines").each().empty() && !is_complete) no("missing");
  if (is_refused() || !is_place) return;
  const std::string typed = text("occurred_at");
  if (is_complete && typed.size() == 10) leave_open();  // which lots share in the instant of a day
  Time instant = asked_.now;
  if (!typed.empty()) {
    for (const auto& [seen, much] : counted) entry_.lines.push_back({seen, "count", where, {}, none});
    instant = typed.size() == 10 ? settled_on(day_from(typed), where) : time_from(typed);
    entry_.lines.clear();
  }
  Book::Stock then = book_.stock(INT_MAX, instant);
  if (is_complete)
    for (const auto& [cell, much] : then)
      if (cell.second == where && counted.try_emplace(cell.first).second) order.push_back(cell.first);
  for (const int seen : order) {
    const Sum now = counted.at(seen);
    const Sum had = then[{seen, where}];
    judge_difference(text("confirmed_by"), had, now);
    const Sum more{std::max<Amount>(now.first - had.first, 0), std::max<Amount>(now.second - had.second, 0)};
    const Sum less{std::max<Amount>(had.first - now.first, 0), std::max<Amount>(had.second - now.second, 0)};
    if (!more.is_zero()) line(seen, "count", where, more);
    if (!less.is_zero()) line(seen, where, "count", less);
  }
  if (is_complete) entry_.counted_wholly = where;
  keeps_time_ = true, entry_.settled = instant;
  settle(where);
}

void Judge::adjust() {
  if (entry_.why.empty()) no("missing");
  for (const Value& line : body("lines").each()) {
    const std::string where = line.at("place").text();
    const int seen = lot(line.at("item").text(), line.at("lot").text());
    const bool is_place = place(where);
    if (seen == none || !is_place) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much) continue;
    const bool is_more = line.at("found").text() == "more";
    const Sum had = book_.on_hand(seen, where);
    Sum now = had;
    now.add(*much, is_more ? 1 : -1);
    if (!now.is_below_zero()) judge_difference(text("confirmed_by"), had, now);
    this->line(seen, is_more ? "count" : where, is_more ? where : "count", *much);
  }
  settle(first_of(body("lines"), "place"));
}

/// The most that the lot can have left at the site since then: what was there, and what came (R63).
Sum Judge::could_give(int lot, const std::string& site, Time since) const {
  Sum most;
  for (const Entry* entry : book_.standing())
    for (const Line& line : entry->lines) {
      if (line.lot != lot) continue;
      const bool comes = book_.places.contains(line.to) && book_.site_of(line.to) == site;
      const bool goes = book_.places.contains(line.from) && book_.site_of(line.from) == site;
      if (comes && !goes) most.add(line.quantity, 1);
      if (goes && !comes && entry->settled <= since) most.add(line.quantity, -1);
    }
  return most;
}

void Judge::found() {
  const std::string code = text("item"), where = text("place"), own = text("lot");
  const bool is_item = item(code), is_place = place(where), is_unknown = body("unknown").is_yes();
  if (!is_item) return;
  if (book_.items.at(code).at("tracking").text() == "none") no("lot_unwanted");
  const std::optional<Sum> much = quantity(asked_.body, code);
  if (!body("candidates").each().empty() && !is_unknown) no("lot_unwanted");
  if (!own.empty() && is_unknown) no("lot_unwanted");
  if (!own.empty() && !is_unknown && is_new_code(own)) is_free_code(code, own, body("confirm_new_lot").is_yes());
  if (is_refused() || !much || !is_place) return;

  const std::string site = book_.site_of(where);
  std::set<int> candidates;
  Time since = INT64_MIN;
  if (is_unknown) {
    for (const Value& name : body("candidates").each()) {
      const int candidate = lot(code, name.text());
      if (candidate == none) continue;
      if (could_give(candidate, site, since).first <= 0) no("not_enough");
      candidates.insert(candidate);
    }
    if (body("candidates").each().empty()) {
      for (const Entry* entry : book_.standing())
        if (entry->counted_wholly == where) since = std::max(since, entry->settled);
      for (std::size_t i = 0; i < book_.lots.size(); ++i)
        if (book_.lots[i].item == code) candidates.insert(static_cast<int>(i));
    }
  }
  Lot opened{code, is_unknown ? "unknown" : "found", own, "", "", is_unknown ? "released" : "quarantine", {}};
  opened.dates = {no_day, day_from(text("produced_on")), day_from(text("expires_on")), no_day, no_day};
  const int lot = open(std::move(opened));
  line(lot, "count", where, *much);
  if (is_unknown) put_hold("", "lot", {lot});
  for (const int candidate : candidates) {
    const Amount most = could_give(candidate, site, since).first;
    if (most > 0) entry_.assumed.push_back({candidate, lot, std::min(most, much->first)});
  }
  settle(where);
}

}  // namespace lotbook::model
