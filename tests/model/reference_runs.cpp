// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Production orders, and what split, blend and relabel do (R13, R16, R48, R62–R73, R77).

namespace lotbook::model {

bool Judge::is_rework() const { return run_kind_ == "rework" || run_kind_ == "disassembly"; }

int Judge::new_order(const std::string& number, const std::string& kind, const std::string& state) {
  for (const Run& run : book_.runs)
    if (!number.empty() && run.number == number) return no("order_exists"), none;
  judged_.runs.push_back({number, kind, state, ""});
  run_kind_ = kind;
  entry_.run = static_cast<int>(book_.runs.size()), entry_.opens_run = true;
  return entry_.run;
}

int Judge::order_to_post_to(bool may_open) {
  const std::string kind = body("kind").is_set() ? text("kind") : "production";
  for (std::size_t run = 0; run < book_.runs.size(); ++run) {
    if (book_.runs[run].number != entry_.document) continue;
    const std::string state = book_.run_state(static_cast<int>(run));
    if (state == "closed" || state == "cancelled") return no("order_not_open"), none;
    entry_.run = static_cast<int>(run), run_kind_ = book_.runs[run].kind, order_place_ = book_.runs[run].place;
    before_ = book_.content(entry_.run);
    return entry_.run;
  }
  if (may_open && body("open_order").is_yes()) return new_order(entry_.document, kind, "open");
  return no("unknown_order"), none;
}

void Judge::release_order() {
  const bool is_place = place(text("place"));
  order_place_ = text("place");
  if (new_order(entry_.document, body("kind").is_set() ? text("kind") : "production", "released") == none) return;
  for (const Value& line : body("planned").each())
    if (item(line.at("item").text()) && quantity(line, line.at("item").text()) && line.at("line").text() == "input")
      entry_.planned.push_back(line.at("item").text());
  for (const Value& batch : body("batches").each()) {
    const std::string code = batch.at("item").text(), own = batch.at("code").text();
    if (!item(code)) continue;
    const Value& rule = book_.items.at(code);
    if (rule.at("tracking").text() == "none") {
      no("lot_unwanted");
      continue;
    }
    if (!own.empty() && (!is_new_code(own) || !is_free_code(code, own, body("confirm_new_lot").is_yes()))) continue;
    for (const Lot& other : judged_.lots)
      if (!own.empty() && other.item == code && other.code == own) no("lot_code_taken");
    open({code, "produced", own, "", "", rule.at("quarantine_on_yield").is_yes() ? "quarantine" : "released", {}});
  }
  if (is_place) settle(text("place"));
}

void Judge::consume() {
  if (order_to_post_to(true) == none) return;
  use_lines(body("lines"));
  finish_run();
  settle(body("lines").each().front().at("from").text());
}

void Judge::yield() {
  if (order_to_post_to(true) == none) return;
  make_lines(body("lines"));
  finish_run();
  settle(body("lines").each().front().at("to").text());
}

void Judge::produce() {
  if (new_order(entry_.document, body("kind").is_set() ? text("kind") : "production", "open") == none) return;
  use_lines(body("inputs"));
  make_lines(body("outputs"));
  finish_run();
  close_accounts();
  entry_.run_state = "closed";
  settle(body("outputs").each().front().at("to").text());
}

/// R68.
void Judge::give_back() {
  if (order_to_post_to(false) == none) return;
  for (const Value& line : body("lines").each()) {
    const int back = lot(line.at("item").text(), line.at("lot").text());
    const bool is_place = place(line.at("to").text());
    if (back == none || !is_place) continue;
    const std::optional<Sum> much = quantity(line, line.at("item").text());
    if (!much) continue;
    std::vector<std::pair<const std::pair<int, int>, Sum>*> fit;
    for (auto& input : before_.inputs) {
      const bool named = line.at("into").text().empty() ||
                         (input.first.second != none && book_.state(input.first.second).code == line.at("into").text());
      if (input.first.first == back && !input.second.is_zero() && named) fit.push_back(&input);
    }
    if (fit.size() != 1) {
      no(fit.empty() ? "not_an_input" : "ambiguous_lot");
      continue;
    }
    fit.front()->second.add(*much, -1);
    if (fit.front()->second.is_below_zero()) no("more_than_consumed");
    const int into = fit.front()->first.second;
    if (fit.front()->second.first == 0 && !has("correct_genealogy"))  // R36: once goods have left
      for (const auto& [output, made] : before_.outputs)
        if (into == none || into == output)
          for (const Entry* entry : book_.standing())
            for (const Line& left : entry->lines)
              if (left.lot == output && (left.to == "customer" || left.to == "supplier")) no("right_needed");
    entry_.lines.push_back({back, "process", line.at("to").text(), *much, into});
  }
  settle(body("lines").each().front().at("to").text());
}

/// R67: nothing planned and tracked is missing. The reason for a loss is always given here.
void Judge::close_accounts() {
  if (entry_.why.empty()) leave_open();
  const auto is_used = [&](const std::string& code) {
    Amount net = 0;
    for (const auto& [input, much] : before_.inputs)
      if (book_.lots[static_cast<std::size_t>(input.first)].item == code) net += much.first;
    for (const Line& line : entry_.lines)
      if (line.to == "process" && about(line.lot).at("code").text() == code) net += line.quantity.first;
    return net > 0;
  };
  std::set<std::string> not_used;
  for (const Value& named : body("not_used").each()) {
    if (!item(named.text())) continue;
    if (is_used(named.text())) no("already_so");
    not_used.insert(named.text());
  }
  for (const Entry* entry : book_.standing())
    if (entry->run == entry_.run)
      for (const std::string& planned : entry->planned)
        if (book_.items.at(planned).at("tracking").text() != "none" && !is_used(planned) && !not_used.contains(planned))
          no("component_missing");
}

namespace {
int order_of(const Book& book, const std::string& number) {
  for (std::size_t run = 0; run < book.runs.size(); ++run)
    if (book.runs[run].number == number) return static_cast<int>(run);
  return none;
}
}  // namespace

void Judge::close_order() {
  entry_.run = order_of(book_, entry_.document);
  if (entry_.run == none) return no("unknown_order");
  const std::string state = book_.run_state(entry_.run);
  before_ = book_.content(entry_.run);
  if (state == "closed" || state == "cancelled" || !book_.has_content(entry_.run)) return no("order_not_open");
  close_accounts();
  entry_.run_state = "closed";
  settle(book_.runs[static_cast<std::size_t>(entry_.run)].place);
}

void Judge::reopen_order() {
  entry_.run = order_of(book_, entry_.document);
  if (entry_.why.empty()) no("missing");
  if (entry_.run == none) return no("unknown_order");
  if (book_.run_state(entry_.run) != "closed") no("order_not_open");
  entry_.run_state = "open";
  settle("");
}

void Judge::cancel_order() {
  entry_.run = order_of(book_, entry_.document);
  if (entry_.why.empty()) no("missing");
  if (entry_.run == none) return no("unknown_order");
  const std::string state = book_.run_state(entry_.run);
  if (state == "closed" || state == "cancelled") return no("order_not_open");
  if (book_.has_content(entry_.run)) no("in_the_way");
  entry_.run_state = "cancelled";
  settle("");
}

/// R69.
void Judge::backflush() {
  const std::string code = text("item"), from = text("from");
  const bool is_order = order_to_post_to(false) != none, is_item = item(code), is_place = place(from);
  if (!is_order || !is_item || !is_place) return;
  if (!book_.items.at(code).at("backflush").is_yes()) return no("backflush_not_allowed");
  const std::optional<Sum> much = quantity(asked_.body, code);
  if (!much) return;
  const std::string typed = text("occurred_at");
  Time began = typed.empty()        ? asked_.now
               : typed.size() == 10 ? book_.start_of(from, day_from(typed))
                                    : time_from(typed);
  for (const Entry* entry : book_.standing())
    if (entry->run == entry_.run && !entry->lines.empty()) began = std::min(began, entry->settled);
  std::vector<int> there;
  for (std::size_t i = 0; i < book_.lots.size(); ++i) {
    const int one = static_cast<int>(i);
    if (book_.lots[i].item != code) continue;
    Amount lay = 0;
    for (const Entry* entry : book_.standing())
      for (const Line& line : entry->lines) {
        if (line.lot != one) continue;
        if (line.to == from) lay += line.quantity.first;
        if (line.from == from && entry->settled < began) lay -= line.quantity.first;
      }
    if (lay > 0) entry_.assumed.push_back({one, none, lay});
    if (book_.on_hand(one, from).first > 0) there.push_back(one);
  }
  std::stable_sort(there.begin(), there.end(),
                   [&](int a, int b) { return book_.state(a).dates.came() < book_.state(b).dates.came(); });
  Amount rest = much->first;
  for (const int one : there) {
    Judge quiet(book_, asked_);
    const bool is_order_there = book_.use_of(order_place_) == "external";
    if (rest <= 0 || !quiet.allow(one, from, {"consume", about(one).at("use_at_risk").is_yes(), false, is_order_there}))
      continue;
    const Amount part = std::min(rest, book_.on_hand(one, from).first);
    rest -= part;
    Value line;
    line["item"] = code, line["lot"] = book_.state(one).code, line["quantity"] = text_of_amount(part),
    line["from"] = from;
    use_line(line);
  }
  if (rest > 0) no("not_enough");
  finish_run();
  settle(from);
}

void Judge::disassemble() {
  run_kind_ = "disassembly";
  use_line(asked_.body);
  make_lines(body("parts"));
  finish_run();
  settle(text("from"));
}

// --- conversions: new lots of the same item

int Judge::child_of(int parent, const std::string& code, const std::string&) {
  const LotState state = book_.state(parent);
  const std::string item = about(parent).at("code").text();
  if (!code.empty() && (!is_new_code(code) || !is_free_code(item, code, body("confirm_new_lot").is_yes()))) return none;
  for (const Lot& other : judged_.lots)
    if (!code.empty() && other.code == code) return no("lot_code_taken"), none;
  return open({item, "produced", code, "", "", state.quality, state.dates});
}

/// Every hold that covers the goods follows them into the new lots; one on a place ends there.
void Judge::hold_children(int parent, const std::string& from,
                          const std::vector<std::pair<int, std::string>>& children) {
  for (const int hold : book_.holds_on(parent)) {
    const std::string held = book_.holds[static_cast<std::size_t>(hold)].place;
    if (!held.empty() && !book_.lies_in(from, held)) continue;
    std::set<int> lots;
    for (const auto& [child, to] : children) {
      if (!held.empty() && !book_.lies_in(to, held)) no("lot_is_on_hold");
      lots.insert(child);
    }
    entry_.holds.push_back({hold, true, lots});
  }
}

std::optional<Sum> Judge::given_or_all(int lot, const std::string& from) {
  if (body("quantity").is_set()) return quantity(asked_.body, about(lot).at("code").text());
  const Sum all = book_.on_hand(lot, from);
  if (all.first <= 0) return no("not_enough"), std::nullopt;
  return all;
}

void Judge::split() {
  const int parent = lot(text("item"), text("lot"), true);
  const std::string from = text("from");
  if (!place(from) || parent == none) return;
  if (!allow(parent, from, {"split"})) return;
  const Value& rule = about(parent);
  std::vector<Sum> parts;
  Sum sum;
  const int equal = body("equal_parts").number();
  if (body("parts").each().empty() == (equal == 0)) return no("missing");
  if (equal > 0) {  // R16
    const std::optional<Sum> whole = given_or_all(parent, from);
    if (!whole) return;
    const Sum each{rounded_down(whole->first / equal, rule.at("decimals").number()),
                   rounded_down(whole->second / equal, rule.at("decimals2").number())};
    if (each.first <= 0) return no("quantity_not_positive");
    Sum rest = *whole;
    for (int i = 1; i < equal; ++i) parts.push_back(each), rest.add(each, -1);
    parts.push_back(rest), sum = *whole;
  }
  bool takes_rest = false;
  for (const Value& part : body("parts").each()) {
    takes_rest = !part.at("quantity").is_set();
    if (takes_rest) {
      if (&part != &body("parts").each().back()) return no("quantity_not_positive");
      parts.push_back({});
    } else if (const std::optional<Sum> much = quantity(part, text("item"))) {
      parts.push_back(*much), sum.add(*much, 1);
    }
  }
  if (is_refused()) return;
  if (equal == 0 && (takes_rest || body("quantity").is_set())) {
    const std::optional<Sum> whole = given_or_all(parent, from);
    if (!whole) return;
    Sum rest = *whole;
    rest.add(sum, -1);
    if (takes_rest && (rest.first <= 0 || rest.second < 0)) return no("not_enough");
    if (!takes_rest && !rest.is_zero()) return no("more_than_consumed");
    if (takes_rest) parts.back() = rest, sum = *whole;
  }
  take(parent, from, "conversion", sum);
  std::vector<std::pair<int, std::string>> children;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Value& part = equal > 0 ? Value() : body("parts").each()[i];
    const std::string to = part.at("to").text().empty() ? from : part.at("to").text();
    if (!place(to)) continue;
    if (book_.site_of(to) != book_.site_of(from)) no("not_the_same_site");
    restock(parent, from, to);
    const int child = child_of(parent, part.at("lot").text(), to);
    if (child == none) continue;
    line(child, "conversion", to, parts[i]);
    children.emplace_back(child, to);
  }
  hold_children(parent, from, children);
  settle(from);
}

void Judge::blend() {
  const std::string to = text("to");
  const bool is_place = place(to);
  std::set<int> lots;
  Lot blend{text("item"), "produced", text("new_lot"), "", "", "released", {}};
  Sum sum;
  for (const Value& given : body("lines").each()) {
    const std::string from = given.at("from").text();
    const int one = lot(text("item"), given.at("lot").text(), true);
    if (!place(from) || one == none) continue;
    const std::optional<Sum> much = quantity(given, text("item"));
    if (is_place && book_.site_of(to) != book_.site_of(from)) no("not_the_same_site");
    if (!much || !allow(one, from, {"consume", about(one).at("use_at_risk").is_yes()})) continue;
    const LotState state = book_.state(one);
    if (state.quality != "released" || book_.status(one, from, day(from)) == "quarantine") blend.quality = "quarantine";
    Dates& dates = blend.dates;  // R48: the earliest of all
    dates = {std::min(dates.received, state.dates.received), std::min(dates.produced, state.dates.produced),
             std::min(dates.expires, state.dates.expires), std::min(dates.best_before, state.dates.best_before),
             std::min(dates.retest, state.dates.retest)};
    lots.insert(one);
    take(one, from, "conversion", *much);
    sum.add(*much, 1);
  }
  if (is_refused()) return;
  if (lots.size() < 2) return no("missing");
  if (!blend.code.empty() &&
      (!is_new_code(blend.code) || !is_free_code(blend.item, blend.code, body("confirm_new_lot").is_yes())))
    return;
  line(open(blend), "conversion", to, sum);
  settle(to);
}

void Judge::relabel() {
  const int parent = lot(text("item"), text("lot"), true);
  const std::string from = text("from"), to = text("to").empty() ? from : text("to");
  const bool is_from = place(from), is_to = place(to);
  if (parent == none || !is_from || !is_to) return;
  if (book_.site_of(to) != book_.site_of(from)) no("not_the_same_site");
  allow(parent, from, {"relabel"});
  restock(parent, from, to);
  const std::optional<Sum> whole = given_or_all(parent, from);
  const int child = child_of(parent, text("new_lot"), to);
  if (!whole || child == none || is_refused()) return;
  take(parent, from, "conversion", *whole);
  line(child, "conversion", to, *whole);
  hold_children(parent, from, {{child, to}});
  settle(from);
}

}  // namespace lotbook::model
