// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Goods that come in, go round and leave (R3–R11, R20, R21, R40, R49, R54–R58, R80–R83).

namespace lotbook::model {

namespace {

Dates dates_of(const Value& line) {
  return {day_from(line.at("received_on").text()), day_from(line.at("produced_on").text()),
          day_from(line.at("expires_on").text()), day_from(line.at("best_before_on").text()),
          day_from(line.at("retest_on").text())};
}

/// The same day of a later month, or its last (R47).
Day months_later(Day day, int months) {
  const std::string text = text_of_day(day);
  const int all = std::stoi(text.substr(0, 4)) * 12 + std::stoi(text.substr(5, 2)) - 1 + months;
  for (int of_month = std::stoi(text.substr(8, 2));; --of_month) {
    char later[32];
    std::snprintf(later, sizeof later, "%04d-%02d-%02d", all / 12, all % 12 + 1, of_month);
    if (text_of_day(day_from(later)) == later) return day_from(later);
  }
}

}  // namespace

Day end_of_life(const Value& item, Day made) {
  if (item.at("shelf_life_days").number() > 0) return made + item.at("shelf_life_days").number();
  if (item.at("shelf_life_months").number() > 0) return months_later(made, item.at("shelf_life_months").number());
  return no_day;
}

void Judge::receive() {
  entry_.partner = text("supplier");
  partner(entry_.partner, "supplier");
  std::string where = text("to");
  for (const Value& line : body("lines").each()) {
    const std::string code = line.at("item").text();
    const std::string to = line.at("to").text().empty() ? text("to") : line.at("to").text();
    const bool is_item = item(code), is_place = place(to);
    if (!is_item || !is_place) continue;
    const std::optional<Sum> much = quantity(line, code);
    if (!much || !line.at("refused_because").text().empty()) continue;  // R55: refused at the dock is never stock
    const int into = receive_lot(line, code, to);
    if (into == none) continue;
    this->line(into, "supplier", to, *much);
    if (!line.at("sscc").text().empty()) pack_on(line.at("sscc").text(), to, into, *much);
    if (!line.at("hold_reason").text().empty()) put_hold("", "lot", {into});
    where = to;
  }
  settle(where);
}

int Judge::receive_lot(const Value& line, const std::string& code, const std::string& to) {
  const Value& rule = book_.items.at(code);
  const std::string label = line.at("supplier_lot").text(), own = line.at("lot").text();
  if (rule.at("tracking").text() == "none") {
    if (!label.empty() || !own.empty()) return no("lot_unwanted"), none;
    return lot(code, "");
  }
  std::string issuer;
  if (!label.empty()) {
    if (!is_new_code(label)) return none;
    issuer = !line.at("issuer").text().empty()  ? line.at("issuer").text()
             : !rule.at("maker").text().empty() ? rule.at("maker").text()
                                                : entry_.partner;
    if (!book_.partners.contains(issuer)) return no("unknown_partner"), none;
  }
  if (!body("confirm_delivery").is_yes())  // R56
    for (const Entry* entry : book_.standing()) {
      if (entry->kind != "receive" || entry->partner != entry_.partner || entry->document != entry_.document) continue;
      for (const Line& earlier : entry->lines) {
        if (book_.lots[static_cast<std::size_t>(earlier.lot)].item != code) continue;
        const LotState state = book_.state(earlier.lot);
        bool same = label.empty() || state.code == label || state.former.contains(label);
        for (const auto& [by, name] : state.issued) same |= name == label;
        if (same) return no("delivery_seen"), none;
      }
    }
  const Dates given = dates_of(line);
  for (std::size_t i = 0; i < judged_.lots.size(); ++i) {  // R5
    const Lot& other = judged_.lots[i];
    const bool same_label = !label.empty() && other.issuer == issuer && other.issued_code == label;
    if (other.item != code ||
        !(same_label ? own.empty() || own == other.code : label.empty() && !own.empty() && own == other.code))
      continue;
    const bool is_calculated = other.expiry_is_calculated;
    if (given.expires != no_day && other.dates.expires != given.expires && !is_calculated)
      return no("expiry_differs"), none;
    return static_cast<int>(book_.lots.size() + i);
  }
  bool goes_on = true;
  if (!label.empty())
    if (const int known = known_lot(line, code, issuer, goes_on); known != none || !goes_on) return known;

  const bool confirmed = body("confirm_new_lot").is_yes();
  if (!own.empty() && (!is_new_code(own) || !is_free_code(code, own, confirmed))) return none;
  Lot opened{code, "received", own, issuer, label, "released", given};
  const auto is_taken = [&](const Lot& other) { return other.item == code && other.code == label; };
  const bool is_free =
      book_.lot_called(code, label) == none && std::none_of(judged_.lots.begin(), judged_.lots.end(), is_taken);
  if (own.empty() && !label.empty() && rule.at("lot_per").text() == "issuer_lot" && is_free) opened.code = label;  // R4
  for (const Lot& other : judged_.lots)
    if (!opened.code.empty() && other.item == code && other.code == opened.code) leave_open();
  opened.dates.received = day(to);
  if (given.expires == no_day && given.best_before == no_day) {  // R47
    opened.dates.expires = end_of_life(rule, given.produced != no_day ? given.produced : opened.dates.received);
    opened.expiry_is_calculated = opened.dates.expires != no_day;
  }
  if (given.produced != no_day && opened.dates.expires != no_day && opened.dates.expires < given.produced)
    return no("dates_contradict"), none;
  const bool has_date = opened.dates.governing() != no_day;
  if (rule.at("quarantine_on_receipt").is_yes() || (rule.at("expiry_required").is_yes() && !has_date))
    opened.quality = "quarantine";
  const Day last = opened.dates.expires, needed = day(to) + rule.at("minimum_life_at_receipt_days").number();
  const int lot = open(std::move(opened));
  if (last != no_day && (last < day(to) || last < needed)) put_hold("", "lot", {lot});  // R55
  return lot;
}

/// R4, R7, R10: the lot that a known code adds to.
int Judge::known_lot(const Value& line, const std::string& code, const std::string& issuer, bool& goes_on) {
  const std::string label = line.at("supplier_lot").text();
  const Day expires = day_from(line.at("expires_on").text());
  const bool per_issuer = book_.items.at(code).at("lot_per").text() == "issuer_lot";
  const bool confirmed = body("confirm_new_lot").is_yes();
  bool is_known = false;
  std::set<int> fit, differ;
  for (std::size_t i = 0; i < book_.lots.size(); ++i) {
    if (book_.lots[i].item != code) continue;
    const LotState state = book_.state(static_cast<int>(i));
    for (const auto& [by, name] : state.issued) {
      if (name != label) continue;
      is_known = true;
      if (by != issuer || !per_issuer) continue;
      const bool is_other = expires != no_day && state.dates.expires != no_day && expires != state.dates.expires;
      (is_other ? differ : fit).insert(static_cast<int>(i));
    }
  }
  if (fit.size() > 1 || (!fit.empty() && !differ.empty())) leave_open();  // two lots of one name: which, nobody says
  if (!fit.empty()) return *fit.begin();
  if (!differ.empty() && !confirmed) return goes_on = false, no("expiry_differs"), none;
  if (is_known || confirmed) return none;
  // A code that is new for the item is held against all that it may be a typing of.
  const Asked& asked = asked_;
  Judge other(book_, asked);
  other.is_free_code(code, label, false);
  const bool resembles_own = other.judged_.refusals.contains("lot_code_resembles");
  bool resembles_issued = false, of_same_issuer = false;
  for (std::size_t i = 0; i < book_.lots.size(); ++i) {
    if (book_.lots[i].item != code) continue;
    for (const auto& [by, name] : book_.state(static_cast<int>(i)).issued)
      if (name != label && code_resembles(name, label)) resembles_issued = true, of_same_issuer |= by == issuer;
  }
  if (resembles_own || of_same_issuer) return goes_on = false, no("lot_code_resembles"), none;
  if (resembles_issued) leave_open();  // another maker's code
  return none;
}

void Judge::open_stock() {
  entry_.partner = text("supplier");
  if (!entry_.partner.empty()) partner(entry_.partner, "supplier");
  std::string where;
  for (const Value& line : body("lines").each()) {
    const bool is_item = item(line.at("item").text()), is_place = place(line.at("to").text());
    if (!is_item || !is_place) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much) continue;
    if (const int into = opening_lot(line); into != none) this->line(into, "opening", line.at("to").text(), *much);
    where = line.at("to").text();
  }
  settle(where);
}

int Judge::opening_lot(const Value& line) {
  const std::string code = line.at("item").text(), own = line.at("lot").text(), label = line.at("supplier_lot").text();
  const Value& rule = book_.items.at(code);
  const Dates given = dates_of(line);
  if (rule.at("tracking").text() == "none") {
    if (!own.empty() || !label.empty() || given != Dates{}) return no("lot_unwanted"), none;
    return lot(code, "");
  }
  if (!own.empty()) {
    const auto agrees = [&](const Dates& known) {
      const auto one = [](Day typed, Day had) { return typed == no_day || typed == had; };
      return one(given.received, known.received) && one(given.produced, known.produced) &&
             one(given.expires, known.expires) && one(given.best_before, known.best_before) &&
             one(given.retest, known.retest);
    };
    for (std::size_t i = 0; i < judged_.lots.size(); ++i)
      if (judged_.lots[i].item == code && judged_.lots[i].code == own)
        return agrees(judged_.lots[i].dates) ? static_cast<int>(book_.lots.size() + i) : (no("expiry_differs"), none);
    const int known = book_.lot_called(code, own);
    if (known != none && book_.lots[static_cast<std::size_t>(known)].origin == "opened")
      return agrees(book_.state(known).dates) ? known : (no("expiry_differs"), none);
    if (!is_new_code(own) || !is_free_code(code, own, line.at("confirm_new_lot").is_yes())) return none;
  }
  if (given.produced != no_day &&
      std::min({given.expires, given.best_before, given.retest, given.received}) < given.produced)
    return no("dates_contradict"), none;
  Lot opened{code, "opened", own, "", label, "released", given};
  if (!label.empty()) {
    if (!is_new_code(label)) return none;
    opened.issuer = !line.at("issuer").text().empty()  ? line.at("issuer").text()
                    : !rule.at("maker").text().empty() ? rule.at("maker").text()
                                                       : entry_.partner;
    if (opened.issuer.empty()) return no("missing"), none;
    if (!book_.partners.contains(opened.issuer)) return no("unknown_partner"), none;
  }
  if (line.at("quality").is_set()) opened.quality = line.at("quality").text();
  if (rule.at("expiry_required").is_yes() && given.governing() == no_day && opened.quality == "released")
    opened.quality = "quarantine";  // R50
  return open(std::move(opened));
}

void Judge::move() {
  std::string where;
  for (const Value& line : body("lines").each()) {
    const std::string from = line.at("from").text(), to = line.at("to").text();
    const int moved = lot(line.at("item").text(), line.at("lot").text());
    const bool is_from = place(from), is_to = place(to);
    if (moved == none || !is_from || !is_to) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (from == to) no("same_place");
    if (book_.site_of(from) != book_.site_of(to)) no("not_the_same_site");  // R21
    if (much) restock(moved, from, to);
    if (!much || !allow(moved, from, {"move"})) continue;
    if (from != to) take(moved, from, to, *much);
    where = from;
  }
  settle(where);
}

void Judge::dispatch() {
  entry_.partner = text("customer"), entry_.address = text("address");
  partner(entry_.partner, "customer");
  address(entry_.address, entry_.partner);
  std::string where;
  for (const Value& line : body("lines").each()) {
    const std::string from = line.at("from").text();
    const int sent = lot(line.at("item").text(), line.at("lot").text());
    if (!place(from) || sent == none) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much || !allow(sent, from, {"dispatch"})) continue;
    judge_leaving(sent, from);
    take(sent, from, "customer", *much);
    where = from;
  }
  const std::vector<HandlingUnit> units = book_.units();
  std::set<int> named;
  for (const Value& sscc : body("handling_units").each()) {
    const int outer = unit_named(sscc.text());
    if (outer == none) continue;
    where = units[static_cast<std::size_t>(outer)].place;
    bool has_goods = false;
    for (const int unit : book_.with_nested(outer, units)) {
      if (!named.insert(unit).second) leave_open();  // named twice, or with what it stands on
      for (const auto& [sent, much] : units[static_cast<std::size_t>(unit)].goods) {
        has_goods = true;
        if (allow(sent, where, {"dispatch"})) judge_leaving(sent, where);
        line(sent, where, "customer", much);
      }
    }
    if (!has_goods) leave_open();  // an empty pallet
    carry(outer, "customer");
  }
  if (entry_.lines.empty() && !is_refused()) no("missing");
  settle(where);
}

/// R44, R49: the strictest that applies, at the day of arrival.
void Judge::judge_leaving(int sent, const std::string& from) {
  if (!is_tracked(sent)) return;
  best_before(sent, from);
  const auto number = [](const std::map<std::string, Value>& of, const std::string& code, const char* name) {
    return of.contains(code) ? of.at(code).at(name).number() : 0;
  };
  const int asked = std::max(about(sent).at("minimum_life_at_dispatch_days").number(),
                             number(book_.partners, entry_.partner, "minimum_life_days"));
  const Day last = book_.state(sent).dates.expires;
  if (asked > 0 && last != no_day &&
      last - day(from) - number(book_.addresses, entry_.address, "transit_days") < asked) {
    if (!body("override_life").is_yes())
      no("too_short_lived");
    else if (!has("override_life"))
      no("right_needed");
    else if (entry_.why.empty() || text("consent").empty())
      no("missing");
  }
}

/// R81: as if it never left; the goods are in `to` now.
void Judge::void_dispatch() {
  const std::string to = text("to");
  const bool is_place = place(to);
  if (entry_.why.empty()) no("missing");
  std::set<std::string> customers;
  for (const Entry* entry : book_.standing()) {
    if (entry->kind == "return_goods" && entry->reference == entry_.document) no("in_the_way");
    if (entry->kind != "dispatch" || entry->document != entry_.document) continue;
    customers.insert(entry->partner);
    entry_.targets.push_back(entry->seq);
    entry_.partner = entry->partner, entry_.address = entry->address;
    for (const Line& earlier : entry->lines)
      if (earlier.to != "customer")
        line(earlier.lot, earlier.from, earlier.to, earlier.quantity);  // R60: what was confirmed was there
      else if (earlier.from != to)
        line(earlier.lot, earlier.from, to, earlier.quantity);
    for (Packing left : entry->packing) {
      if (left.what != Packing::What::moved) continue;
      if (left.was_inside != left.inside) leave_open();  // a case that left without what it stood on
      if (left.from == to) continue;
      left.to = to;
      entry_.packing.push_back(left);
    }
  }
  if (entry_.targets.empty()) no("not_dispatched");
  if (customers.size() > 1) no("missing");  // a note is one customer's, and nobody said whose (R80)
  if (is_place) settle(to);
}

void Judge::return_goods() {
  entry_.partner = text("customer");
  const bool is_customer = partner(entry_.partner, "customer");
  if (!entry_.reference.empty()) {
    bool found = false;
    for (const Entry* entry : book_.standing())
      if (entry->kind == "dispatch" && entry->partner == entry_.partner && entry->document == entry_.reference &&
          !found)
        found = true, entry_.address = entry->address;
    if (!found) no("not_dispatched");
  }
  std::string where;
  for (const Value& line : body("lines").each()) {
    const std::string to = line.at("to").text();
    const int back = lot(line.at("item").text(), line.at("lot").text());
    if (!place(to) || back == none) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    const std::string use = book_.use_of(to);
    if (use != "returns" && use != "quarantine") no("place_not_allowed");  // R20, R82
    if (!much || !is_customer) continue;
    Amount had = book_.net_dispatched(back, entry_.partner);
    for (const Line& earlier : entry_.lines)
      if (earlier.lot == back) had -= earlier.quantity.first;
    if (much->first > had && is_tracked(back)) {
      if (body("confirm_unproven").is_yes())
        put_hold(to, "lot", {back});
      else
        no("more_than_dispatched");
    }
    this->line(back, "customer", to, *much);
    where = to;
  }
  settle(where);
}

}  // namespace lotbook::model
