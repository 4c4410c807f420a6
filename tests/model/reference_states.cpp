// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// What is decided about lots, and what they are called (R3, R12, R37–R43, R48).

namespace lotbook::model {

void Judge::change_quality(const std::string& to) {
  std::set<int> lots;
  std::string where;
  for (const Value& named : body("lots").each())
    if (const int one = lot(named.at("item").text(), named.at("lot").text(), true); one != none) lots.insert(one);
  if (to != "released" && entry_.why.empty()) no("missing");
  for (const int one : lots) {
    const LotState state = book_.state(one);
    if (state.quality == to) no("already_so");
    if (to == "released") {
      if (about(one).at("expiry_required").is_yes() && state.dates.governing() == no_day) no("expiry_needed");  // R50
      if (state.quality == "rejected" && entry_.why.empty()) no("missing");
      if (about(one).at("second_person").is_yes())  // R43
        for (const Entry* entry : book_.standing())
          for (const Change& change : entry->changes)
            if (change.lot == one && change.what == "quality" && change.text == "quarantine" &&
                entry->who == asked_.who)
              no("second_person_needed");
    }
    entry_.changes.push_back({one, "quality", to});
    if (where.empty())
      for (const auto& [cell, much] : book_.stock())
        if (cell.first == one) where = cell.second;
  }
  settle(where);
}

/// What went into a batch that nothing was yielded to yet: whether a hold that flows reaches its number, the rules do
/// not say.
void Judge::judge_flow(const std::set<int>& lots) {
  for (std::size_t run = 0; run < book_.runs.size(); ++run) {
    const Content content = book_.content(static_cast<int>(run));
    for (const auto& [input, much] : content.inputs)
      if (input.second != none && !content.outputs.contains(input.second) && lots.contains(input.first)) leave_open();
  }
}

void Judge::place_hold() {
  std::set<int> lots;
  for (const Value& named : body("lots").each())
    if (const int one = lot(named.at("item").text(), named.at("lot").text(), true); one != none) lots.insert(one);
  const std::string where = text("place"), flow = body("flow").is_set() ? text("flow") : "lot", number = text("number");
  if (!where.empty()) place(where);
  if (entry_.why.empty()) no("missing");
  if (!where.empty() && flow != "lot") no("hold_scope");
  if (!text("recall").empty() && !has("recall")) no("right_needed");
  if (!number.empty() && is_new_code(number))
    for (const Hold& hold : book_.holds)
      if (hold.number == number) no("code_taken");
  if (is_refused()) return;
  if (flow != "lot") lots = book_.reached(lots, true), judge_flow(lots);  // R42
  put_hold(where, flow, lots);
  judged_.holds.back().recall = text("recall");
  settle(where);
}

void Judge::lift_hold() {
  int hold = none;
  for (std::size_t i = 0; i < book_.holds.size(); ++i)
    if (book_.holds[i].number == text("number")) hold = static_cast<int>(i);
  if (entry_.why.empty()) no("missing");
  if (hold == none) return no("unknown_hold");
  if (!book_.hold_stands(hold)) return no("hold_is_lifted");
  if (!book_.holds[static_cast<std::size_t>(hold)].recall.empty() && !has("recall")) no("right_needed");
  const std::set<int> covered = book_.covered(hold);
  std::set<int> free = covered;
  if (!body("lots").each().empty()) {
    free.clear();
    for (const Value& named : body("lots").each()) {
      const int one = lot(named.at("item").text(), named.at("lot").text(), true);
      if (one == none) continue;
      if (!covered.contains(one)) no("already_so");
      free.insert(one);
    }
    if (body("flow").is_set() && text("flow") != "lot") free = book_.reached(free, true), judge_flow(free);
    std::erase_if(free, [&](int one) { return !covered.contains(one); });
  }
  entry_.holds.push_back({hold, false, free});
  settle("");
}

void Judge::change_dates() {
  const int one = lot(text("item"), text("lot"), true);
  if (one == none) return;
  const Dates known = book_.state(one).dates;
  struct Typed {
    const char* what;
    Day was;
    bool limits_use;
  };
  const std::vector<Typed> days{{"received_on", known.received, false},
                                {"produced_on", known.produced, false},
                                {"expires_on", known.expires, true},
                                {"best_before_on", known.best_before, true},
                                {"retest_on", known.retest, true}};
  std::string where;
  for (const auto& [cell, much] : book_.stock())
    if (cell.first == one) where = cell.second;
  const Day today = book_.day_at(where, asked_.now);
  const auto typed = [&](const char* what) { return day_from(text(what)); };
  const auto changes = [&](const Typed& day) { return typed(day.what) != no_day && typed(day.what) != day.was; };
  bool any = false;
  for (const Typed& day : days) {
    if (!changes(day)) continue;
    any = true;
    entry_.changes.push_back({one, day.what, "", typed(day.what)});
    if (day.limits_use && day.was != no_day && typed(day.what) > day.was) {  // R48
      if (!has("quality")) no("right_needed");
      if (entry_.why.empty()) no("missing");
    }
    if (!day.limits_use && typed(day.what) > today) no("in_the_future");
  }
  const auto now = [&](const Typed& day) { return typed(day.what) != no_day ? typed(day.what) : day.was; };
  const Day made = now(days[1]);
  for (const Typed& day : days)
    if (made != no_day && now(day) < made && (changes(day) || changes(days[1]))) no("dates_contradict");
  if (!any) no("already_so");
  settle(where);
}

void Judge::rename() {
  const int one = lot(text("item"), text("lot"), true);
  if (entry_.why.empty()) no("missing");
  if (is_new_code(text("code")) && one != none) {
    if (book_.state(one).code == text("code"))
      no("already_so");
    else
      is_free_code(text("item"), text("code"), body("confirm_new_lot").is_yes(), one);
  }
  if (one != none) entry_.changes.push_back({one, "code", text("code")});
  settle("");
}

void Judge::add_name() {
  const int one = lot(text("item"), text("lot"), true);
  if (!book_.partners.contains(text("issuer"))) no("unknown_partner");
  if (is_new_code(text("code")) && one != none && book_.state(one).issued.contains({text("issuer"), text("code")}))
    no("already_named");
  if (one != none) entry_.named.push_back({one, text("issuer"), text("code")});
  settle("");
}

void Judge::join() {
  const int one = lot(text("item"), text("lot"), true), with = lot(text("item"), text("with"), true);
  if (entry_.why.empty()) no("missing");
  if (one == none || with == none) return;
  if (one == with || book_.joins().contains({one, with})) no("already_joined");
  entry_.joined.push_back({one, with});
  settle("");
}

}  // namespace lotbook::model
