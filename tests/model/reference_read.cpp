// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// How a command is read: what it names, how much, when, and whether the goods may be used for it.

namespace lotbook::model {

namespace {

constexpr int to_be_numbered = INT_MAX - 1;

/// R10: without regard to case, blanks and dashes, O/0 and I/1/l.
std::string alike(const std::string& code) {
  std::string plain;
  for (char c : code) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    plain += c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
  }
  return plain;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// The table of R40: yes, no, quality, at_risk, rework, by_case.
std::string cell(const std::string& status, const std::string& purpose) {
  const std::map<std::string, int> columns{{"move", 0},  {"sample", 1},  {"dispatch", 2}, {"consume", 3},
                                           {"split", 4}, {"relabel", 5}, {"back", 6},     {"dispose", 7}};
  const std::map<std::string, std::vector<std::string>> rows{
      {"quarantine", {"yes", "yes", "no", "at_risk", "yes", "no", "yes", "quality"}},
      {"hold", {"quality", "quality", "no", "no", "quality", "no", "quality", "quality"}},
      {"rejected", {"yes", "yes", "no", "rework", "yes", "no", "yes", "yes"}},
      {"expired", {"yes", "yes", "no", "rework", "yes", "no", "yes", "yes"}},
      {"recalled", {"by_case", "by_case", "no", "no", "no", "no", "by_case", "by_case"}}};
  return rows.at(status)[static_cast<std::size_t>(columns.at(purpose))];
}

/// Exact ratios inside a dimension (R15), in millionths of the base unit; beyond it a factor of the item (R17).
Amount ratio(const Value& item, const std::string& unit) {
  const std::string base = item.at("unit").text();
  if (unit.empty() || unit == base) return 1'000'000;
  if (base == "KGM" && unit == "GRM") return 1'000;
  if (base == "LTR" && unit == "MLT") return 1'000;
  if (unit == "EA" && !item.at("model_factor").text().empty()) return amount_from(item.at("model_factor").text());
  return 0;
}

}  // namespace

bool code_resembles(const std::string& one, const std::string& other) { return alike(one) == alike(other); }

Judge::Judge(const Book& book, const Asked& asked) : book_(book), asked_(asked), entry_(judged_.entry) {
  entry_.kind = asked.name, entry_.who = asked.who, entry_.seq = entry_.position = to_be_numbered;
  entry_.recorded = entry_.earliest = entry_.latest = entry_.settled = asked.now;
  entry_.document = text("document"), entry_.reference = text("reference"), entry_.why = text("reason");
  confirm_here_ = body("confirm_here").is_yes();
}

bool Judge::item(const std::string& code) {
  if (!book_.items.contains(code)) no("unknown_item");
  return book_.items.contains(code);
}

/// R8: the own code; else the one lot that bears the name.
int Judge::lot(const std::string& item_code, const std::string& code, bool must_be_tracked) {
  if (must_be_tracked && code.empty()) no("missing");
  if (!item(item_code)) return none;
  if (book_.items.at(item_code).at("tracking").text() == "none") {
    if (!code.empty() || must_be_tracked) return no("lot_unwanted"), none;
    for (std::size_t i = 0; i < book_.lots.size(); ++i)
      if (book_.lots[i].item == item_code) return static_cast<int>(i);
  }
  if (code.empty()) return no("lot_needed"), no("missing"), none;
  if (const int own = book_.lot_called(item_code, code); own != none) return own;
  std::set<int> found;
  for (std::size_t i = 0; i < book_.lots.size(); ++i) {
    if (book_.lots[i].item != item_code) continue;
    const LotState state = book_.state(static_cast<int>(i));
    bool bears = state.former.contains(code);
    for (const auto& [issuer, name] : state.issued) bears |= name == code;
    if (bears) found.insert(static_cast<int>(i));
  }
  if (found.size() == 1) return *found.begin();
  no(found.empty() ? "unknown_lot" : "ambiguous_lot");
  return none;
}

bool Judge::place(const std::string& code) {
  if (!book_.places.contains(code)) no("unknown_place");
  return book_.places.contains(code);
}

bool Judge::partner(const std::string& code, const std::string& role) {
  if (book_.partners.contains(code))
    for (const Value& one : book_.partners.at(code).at("roles").each())
      if (one.text() == role) return true;
  return no("unknown_partner"), false;
}

bool Judge::address(const std::string& code, const std::string& of) {
  if (code.empty()) return true;
  const bool fits = book_.addresses.contains(code) && book_.addresses.at(code).at("partner").text() == of;
  if (!fits) no("unknown_address");
  return fits;
}

std::optional<Amount> Judge::in_base(const Value& line, const std::string& item) {
  const Value& rule = book_.items.at(item);
  const Amount typed = amount_from(line.at("quantity").text()), factor = ratio(rule, line.at("unit").text());
  if (typed > 1'000'000'000'000'000) return no("quantity_too_large"), std::nullopt;
  if (factor == 0) return no("no_factor"), std::nullopt;
  // Exact to the last digit, then rounded half up once.
  __extension__ using Wide = __int128;
  const Wide exact = static_cast<Wide>(typed) * factor;  // millionths of millionths
  Wide step = 1'000'000;
  for (int i = rule.at("decimals").number(); i < 6; ++i) step *= 10;
  const Wide steps = (exact + step / 2) / step;
  return static_cast<Amount>(steps * (step / 1'000'000));
}

std::optional<Amount> Judge::second(const Value& line, const std::string& item) {
  const Value& rule = book_.items.at(item);
  const bool is_given = line.at("quantity2").is_set();
  if (rule.at("unit2").text().empty()) {
    if (is_given) return no("second_quantity_unwanted"), std::nullopt;
    return 0;
  }
  if (!is_given) return no("second_quantity_needed"), std::nullopt;
  const Amount typed = amount_from(line.at("quantity2").text());
  if (typed <= 0) return no("quantity_not_positive"), std::nullopt;
  return rounded(typed, rule.at("decimals2").number());
}

std::optional<Sum> Judge::quantity(const Value& line, const std::string& item, bool may_be_zero) {
  const Amount typed = amount_from(line.at("quantity").text());
  if (may_be_zero && typed == 0 && amount_from(line.at("quantity2").text()) == 0) return Sum{};
  if (typed <= 0 && !may_be_zero) no("quantity_not_positive");
  if (typed < 0) no("quantity_not_positive");
  const std::optional<Amount> second_one = second(line, item);
  if (typed == 0 && may_be_zero && second_one) return Sum{0, *second_one};  // a count of one quantity alone
  if (typed <= 0) return std::nullopt;
  const std::optional<Amount> first_one = in_base(line, item);
  if (first_one && *first_one <= 0) return no("quantity_not_positive"), std::nullopt;
  if (!first_one || !second_one) return std::nullopt;
  return Sum{*first_one, *second_one};
}

Lot& Judge::lot_at(int lot) { return judged_.lots[static_cast<std::size_t>(lot) - book_.lots.size()]; }

const Value& Judge::about(int lot) const {
  const std::size_t at = static_cast<std::size_t>(lot);
  return book_.items.at(at < book_.lots.size() ? book_.lots[at].item : judged_.lots[at - book_.lots.size()].item);
}

/// As the book has it, or as this command opens it.
LotState Judge::state_of(int lot) const {
  const std::size_t at = static_cast<std::size_t>(lot);
  if (at < book_.lots.size()) return book_.state(lot);
  const Lot& opened = judged_.lots[at - book_.lots.size()];
  return {opened.code, opened.quality, opened.dates, {}, {}};
}

bool Judge::is_tracked(int lot) const { return about(lot).at("tracking").text() != "none"; }

Day Judge::day(const std::string& place) const {
  const std::string typed = text("occurred_at");
  if (typed.empty()) return book_.day_at(place, asked_.now);
  return typed.size() == 10 ? day_from(typed) : book_.day_at(place, time_from(typed));
}

bool Judge::is_new_code(const std::string& code) {
  static const std::set<std::string> placeholders{"0", "none", "n/a", "na", "unknown", "-"};
  if (code.empty() || code.size() > 60) return no("not_a_code"), false;
  if (placeholders.contains(lower(code))) return no("placeholder_code"), false;
  return true;
}

/// R2, R10.
bool Judge::is_free_code(const std::string& item, const std::string& code, bool confirmed, int renamed) {
  bool resembles = false;
  for (std::size_t i = 0; i < book_.lots.size(); ++i) {
    if (book_.lots[i].item != item || static_cast<int>(i) == renamed) continue;
    const LotState state = book_.state(static_cast<int>(i));
    if (state.code == code) return no("lot_code_taken"), false;
    if (state.former.contains(code)) leave_open();  // an alias of another lot: the rules do not say
    resembles |= alike(state.code) == alike(code);
  }
  if (resembles && !confirmed) return no("lot_code_resembles"), false;
  return true;
}

bool Judge::allow(int lot, const std::string& where, const Using& using_it) {
  if (!is_tracked(lot)) return true;
  const std::string use = book_.use_of(where);
  const bool is_use = using_it.purpose == "dispatch" || using_it.purpose == "consume";
  // R20; what a subcontractor makes is an order at his place (R22).
  if (is_use && (use == "quarantine" || use == "returns" || use == "retained" || use == "in_transit" ||
                 (use == "external" && !using_it.is_order_there)))
    return no("place_is_blocked"), false;
  const LotState state = book_.state(lot);
  const Day today = day(where);
  std::set<std::string> statuses;  // all that apply: a laxer one does not lift a stricter one
  for (const int hold : book_.holds_on(lot)) {
    const Hold& held = book_.holds[static_cast<std::size_t>(hold)];
    if (!held.place.empty() && !book_.lies_in(where, held.place)) continue;
    statuses.insert(held.recall.empty() ? "hold" : "recalled");
  }
  if (statuses.contains("recalled")) statuses.erase("hold");
  const bool is_expired = state.dates.expires != no_day && today > state.dates.expires;
  const bool waits = state.dates.retest != no_day && today > state.dates.retest && !is_expired;
  if (state.quality == "rejected") statuses.insert("rejected");
  if (state.quality == "quarantine" || (waits && state.quality != "rejected")) statuses.insert("quarantine");
  if (is_expired) statuses.insert("expired");
  bool allowed = true;
  for (const std::string& status : statuses) {
    const std::string says = cell(status, using_it.purpose);
    const std::string code = status == "hold"         ? "lot_is_on_hold"
                             : status == "quarantine" ? "lot_is_in_quarantine"
                             : status == "expired"    ? "lot_has_expired"
                                                      : "lot_is_" + status;
    if (says == "yes" || (says == "at_risk" && using_it.at_risk_allowed)) continue;
    if (says == "quality" || (says == "rework" && using_it.is_rework)) {
      if (has("quality")) continue;
      no("right_needed");
    } else {
      no(code);
    }
    allowed = false;
  }
  return allowed;
}

/// R82: that returned goods are used again is a decision by quality.
void Judge::restock(int lot, const std::string& from, const std::string& to) {
  const std::string use = book_.use_of(to);
  if (book_.use_of(from) != "returns" || !is_tracked(lot) || use == "returns" || use == "quarantine") return;
  if ((to != "in_transit" && !book_.places.contains(to)) || has("quality")) return;
  if (use == "retained") leave_open();  // kept, not used: whether quality must be asked, the rules do not say
  no("right_needed");
}

/// R44: a best-before that has passed.
void Judge::best_before(int lot, const std::string& where) {
  const Day last = book_.state(lot).dates.best_before;
  if (last == no_day || day(where) <= last) return;
  if (!body("override_best_before").is_yes() || !about(lot).at("use_past_best_before").is_yes())
    return no("best_before_has_passed");
  if (!has("override_best_before")) return no("right_needed");
  if (entry_.why.empty()) no("missing");
}

Sum Judge::left(int lot, const std::string& where) const {
  Sum rest = static_cast<std::size_t>(lot) < book_.lots.size() ? book_.on_hand(lot, where) : Sum();
  for (const Line& line : entry_.lines) {
    if (line.lot != lot) continue;
    if (line.from == where) rest.add(line.quantity, -1);
    if (line.to == where) rest.add(line.quantity, 1);
  }
  return rest;
}

void Judge::line(int lot, const std::string& from, const std::string& to, Sum quantity) {
  entry_.lines.push_back({lot, from, to, quantity, none});
}

/// R60: what the hand holds and the book lacks there is moved late from where the book has it, else counted in.
void Judge::take(int lot, const std::string& from, const std::string& to, Sum quantity, int into) {
  const Sum here = left(lot, from);
  if (confirm_here_ && (here.first < quantity.first || here.second < quantity.second)) {
    int today = entry_.confirmed_here;
    for (const Entry& entry : book_.entries)
      if (entry.who == asked_.who && book_.day_at(from, entry.recorded) == book_.day_at(from, asked_.now))
        today += entry.confirmed_here;
    if (today >= 4) return no("goods_confirmed_too_often");
    Sum lacking{std::max<Amount>(quantity.first - here.first, 0), std::max<Amount>(quantity.second - here.second, 0)};
    for (const Line& earlier : entry_.lines)  // what this very command moved: whether that counts, nobody says
      if (earlier.lot == lot && book_.places.contains(earlier.to)) leave_open();
    int others = 0;
    for (const auto& [code, rule] : book_.places)
      others += code != from && book_.site_of(code) == book_.site_of(from) && left(lot, code).first > 0;
    if (others > 1) leave_open();  // from which of several places the rules do not say
    std::string closed;
    for (const auto& [code, rule] : book_.places) {
      if (code == from || book_.site_of(code) != book_.site_of(from) || lacking.first <= 0) continue;
      const Sum there = left(lot, code);
      if (there.first <= 0) continue;
      const std::string use = book_.use_of(code);
      if (use == "quarantine" || use == "returns" || use == "retained" || use == "in_transit" || use == "external") {
        closed = code;
        continue;
      }
      if (!allow(lot, code, {"move"})) return;
      const Sum part{std::min(there.first, lacking.first), std::min(std::max<Amount>(there.second, 0), lacking.second)};
      line(lot, code, from, part);
      lacking.add(part, -1);
    }
    if (lacking.first > 0 && !closed.empty()) return no("place_is_blocked");
    if (!lacking.is_zero()) line(lot, "count", from, lacking);
    ++entry_.confirmed_here;
  }
  entry_.lines.push_back({lot, from, to, quantity, into});
}

void Judge::take_lines(const std::string& purpose, const std::string& to) {
  for (const Value& line : body("lines").each()) {
    const int taken = lot(line.at("item").text(), line.at("lot").text());
    const bool is_place = place(line.at("from").text());
    if (taken == none || !is_place) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (much) restock(taken, line.at("from").text(), to);
    if (much && allow(taken, line.at("from").text(), {purpose})) take(taken, line.at("from").text(), to, *much);
  }
}

int Judge::open(Lot opened) {
  judged_.lots.push_back(std::move(opened));
  return static_cast<int>(book_.lots.size() + judged_.lots.size()) - 1;
}

int Judge::put_hold(const std::string& where, const std::string& flow, std::set<int> lots) {
  const int hold = static_cast<int>(book_.holds.size() + judged_.holds.size());
  judged_.holds.push_back({"", where, flow, ""});
  entry_.holds_placed.push_back(hold);
  entry_.holds.push_back({hold, true, std::move(lots)});
  return hold;
}

/// R27: the latest settled instant of the same lots on that day, else its first.
Time Judge::settled_on(Day day, const std::string& where) const {
  const Time start = book_.start_of(where, day);
  std::set<int> lots;
  for (const Line& line : entry_.lines) lots.insert(line.lot);
  for (const int target : entry_.targets)
    for (const Line& line : book_.entry(target)->lines) lots.insert(line.lot);
  Time latest = start;
  for (const Entry* entry : book_.standing())
    for (const Line& line : entry->lines)
      if (lots.contains(line.lot) && entry->settled > latest && entry->settled < start + day_long)
        latest = entry->settled;
  return latest;
}

void Judge::settle(const std::string& where) {
  if (is_refused()) return;
  const std::string typed = text("occurred_at");
  if (!typed.empty()) {
    const bool is_day = typed.size() == 10;
    entry_.earliest = is_day ? book_.start_of(where, day_from(typed)) : time_from(typed);
    entry_.latest = entry_.earliest + (is_day ? day_long : typed.size() == 17 ? minute : second_long) - 1;
    if (entry_.earliest > asked_.now + 5 * minute) no("in_the_future");
    if (entry_.latest < asked_.now - 7 * day_long && (!has("backdate") || entry_.why.empty())) no("too_old");
    if (!keeps_time_) entry_.settled = is_day ? settled_on(day_from(typed), where) : entry_.earliest;
  }
  if (is_refused()) return;
  if (const std::string below = book_.goes_below(entry_); !below.empty()) {
    no(entry_.targets.empty() ? below : "in_the_way");
  } else if (book_.gives_back_too_much(entry_)) {
    no(entry_.targets.empty() ? "more_than_consumed" : "in_the_way");
  }
  if (is_refused()) return;
  if (!made_.empty() && entry_.targets.empty()) judge_assignments();  // R66: also what was assigned to it before
  judge_vessels();
  judge_units();
}

}  // namespace lotbook::model
