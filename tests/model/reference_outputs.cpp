// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// What goes into a run and comes out of it, and what the outputs get from the inputs (R40, R42, R47, R48, R65, R66,
// R71).

namespace lotbook::model {

std::vector<int> Judge::lots_of_run() const {
  std::vector<int> own;
  if (entry_.run == none) return own;
  for (std::size_t i = 0; i < book_.lots.size(); ++i)
    if (book_.lots[i].run == entry_.run) own.push_back(static_cast<int>(i));
  return own;
}

void Judge::use_lines(const Value& lines) {
  for (const Value& line : lines.each()) use_line(line);
}

void Judge::use_line(const Value& line) {
  const std::string code = line.at("item").text(), from = line.at("from").text();
  const int used = lot(code, line.at("lot").text());
  if (!place(from) || used == none) return;
  const std::optional<Sum> much = quantity(line, code);
  if (!much) return;
  if (order_place_.empty()) order_place_ = from;
  const std::vector<int> own = lots_of_run();
  const bool is_own = before_.outputs.contains(used) || std::find(own.begin(), own.end(), used) != own.end();
  if (!is_rework() && is_tracked(used) && is_own) return no("yields_consumed_lot");  // R71
  const bool is_order_there = book_.use_of(order_place_) == "external";
  if (!allow(used, from, {"consume", about(used).at("use_at_risk").is_yes(), is_rework(), is_order_there})) return;
  if (!is_rework()) best_before(used, from);
  take(used, from, "process", *much);
  // R40: what is used before quality has released it makes its outputs wait.
  const bool at_risk = is_tracked(used) &&
                       (book_.state(used).quality != "released" || book_.status(used, from, day(from)) == "quarantine");
  used_.push_back({used, static_cast<int>(entry_.lines.size()) - 1, line.at("into").text(), line.at("into_item").text(),
                   from, at_risk});
}

void Judge::make_lines(const Value& lines) {
  for (const Value& line : lines.each()) {
    const std::string code = line.at("item").text(), to = line.at("to").text();
    const bool is_item = item(code), is_place = place(to);
    if (!is_item || !is_place) continue;
    const std::optional<Sum> much = quantity(line, code);
    if (!much) continue;
    int into = none;
    if (book_.items.at(code).at("tracking").text() == "none")
      into = lot(code, line.at("lot").text());
    else
      into = output_lot(line, code);
    if (into == none) continue;
    if (order_place_.empty()) order_place_ = to;
    this->line(into, "process", to, *much);
    if (!is_tracked(into)) continue;
    const std::vector<int> own = lots_of_run();
    const bool opened =
        static_cast<std::size_t>(into) >= book_.lots.size() || std::find(own.begin(), own.end(), into) != own.end();
    bool again = before_.outputs.contains(into);
    for (const Output& earlier : made_) again |= earlier.lot == into;
    made_.push_back({into, &line, !again && opened});
  }
}

int Judge::output_lot(const Value& line, const std::string& code) {
  const std::string own_code = line.at("lot").text();
  const std::vector<int> own = lots_of_run();
  if (own_code.empty()) {  // R13: the number taken ahead
    std::vector<int> ahead;
    for (const int one : own)
      if (book_.lots[static_cast<std::size_t>(one)].item == code && !before_.outputs.contains(one))
        ahead.push_back(one);
    if (ahead.empty()) return open({code, "produced", "", "", "", "released", {}});
    const Entry* by = book_.entry(book_.lots[static_cast<std::size_t>(ahead.front())].opened_in);
    if (ahead.size() > 1 || by->kind != "release_order") leave_open();  // which of them, the rules do not say
    for (const Output& earlier : made_)
      if (earlier.lot == ahead.front()) leave_open();
    return ahead.front();
  }
  for (std::size_t i = 0; i < judged_.lots.size(); ++i)
    if (judged_.lots[i].item == code && judged_.lots[i].code == own_code)
      return static_cast<int>(book_.lots.size() + i);
  const int known = book_.lot_called(code, own_code);
  if (known == none) {
    if (!is_new_code(own_code) || !is_free_code(code, own_code, body("confirm_new_lot").is_yes())) return none;
    return open({code, "produced", own_code, "", "", "released", {}});
  }
  bool is_used = std::any_of(used_.begin(), used_.end(), [&](const Input& input) { return input.lot == known; });
  for (const auto& [input, much] : before_.inputs) is_used |= input.first == known && !much.is_zero();
  if (is_used && !is_rework()) return no("yields_consumed_lot"), none;
  if (before_.outputs.contains(known) || std::find(own.begin(), own.end(), known) != own.end()) return known;
  if (run_kind_ == "disassembly" || (is_rework() && is_used)) return known;  // R71, R73
  return no("lot_code_taken"), none;
}

/// R66: the one output that an input went into, no earlier than the input.
void Judge::assign() {
  for (Input& input : used_) {
    if (input.into.empty()) continue;
    std::set<int> fit;
    const auto try_lot = [&](int lot) {
      const bool is_item = input.into_item.empty() || about(lot).at("code").text() == input.into_item;
      if (is_item && state_of(lot).code == input.into) fit.insert(lot);
    };
    for (const Output& output : made_) try_lot(output.lot);
    for (const auto& [output, much] : before_.outputs) try_lot(output);
    for (const int own : lots_of_run()) try_lot(own);
    if (fit.size() != 1) {
      no(fit.empty() ? "unknown_lot" : "ambiguous_lot");
      continue;
    }
    input.into_lot = entry_.lines[static_cast<std::size_t>(input.line)].into = *fit.begin();
    for (const Output& output : made_)
      if (output.lot == *fit.begin()) goto here;  // yielded by this very entry
    {
      const std::string typed = text("occurred_at");
      const Time earliest = typed.empty()        ? asked_.now
                            : typed.size() == 10 ? book_.start_of(input.from, day_from(typed))
                                                 : time_from(typed);
      const auto first = before_.first_yield.find(*fit.begin());
      if (first != before_.first_yield.end() && earliest > first->second.second) {
        if (earliest > before_.last_yield.at(*fit.begin()).second)
          no("later_than_output");
        else
          leave_open();
      }
      // A yield that was taken back: whether it still counts, the rules do not say.
      const Entry* opened = book_.entry(book_.lots[static_cast<std::size_t>(*fit.begin())].opened_in);
      if (opened && opened->kind != "release_order" && earliest > opened->latest && !is_refused()) leave_open();
    }
  here:;
  }
}

std::set<int> Judge::inputs_of(int output, bool of_this_entry_only) const {
  std::set<int> inputs;
  for (const Input& input : used_)
    if ((input.into_lot == none || input.into_lot == output) && is_tracked(input.lot)) inputs.insert(input.lot);
  if (of_this_entry_only) return inputs;
  for (const auto& [input, much] : before_.inputs)
    if (!much.is_zero() && (input.second == none || input.second == output) && is_tracked(input.first))
      inputs.insert(input.first);
  for (const Assumed& assumed : before_.assumed) inputs.insert(assumed.lot);
  return inputs;
}

bool Judge::has_waiting_input(int output, bool but_itself) const {
  return std::any_of(used_.begin(), used_.end(), [&](const Input& input) {
    return input.at_risk && (input.into_lot == none || input.into_lot == output) &&
           !(but_itself && input.lot == output);
  });
}

void Judge::settle_first(int lot, const Value& given) {
  const Value& rule = about(lot);
  const bool is_new = static_cast<std::size_t>(lot) >= book_.lots.size();
  const LotState was = state_of(lot);
  Dates dates = was.dates;
  dates.produced = day_from(given.at("produced_on").text());
  if (dates.produced == no_day) dates.produced = day(given.at("to").text());
  dates.expires = day_from(given.at("expires_on").text());
  dates.best_before = day_from(given.at("best_before_on").text());
  dates.retest = day_from(given.at("retest_on").text());
  const Day label = std::min(dates.expires, dates.best_before);
  Day latest = is_rework() ? no_day : end_of_life(rule, dates.produced);  // R47, R48
  for (const int input : inputs_of(lot, false)) {
    const Dates of = book_.state(input).dates;
    if (is_rework() || rule.at("expiry_capped_by_inputs").is_yes()) latest = std::min(latest, of.expires);
    if (is_rework() && given.at("best_before_on").text().empty())
      dates.best_before = std::min(dates.best_before, of.best_before);
    if (is_rework()) dates.retest = std::min(dates.retest, of.retest);
  }
  if (label != no_day && label > latest) return no("dates_contradict");
  if (label == no_day && latest != no_day) dates.expires = latest;
  if (dates.expires != no_day && dates.expires < dates.produced && !is_rework()) no("dates_contradict");
  bool waits = rule.at("quarantine_on_yield").is_yes() || has_waiting_input(lot, false);
  for (const int input : inputs_of(lot, false)) waits |= book_.state(input).quality != "released";
  waits |= rule.at("expiry_required").is_yes() && dates.governing() == no_day;
  const std::string quality = waits && was.quality == "released" ? "quarantine" : was.quality;
  if (is_new) {
    lot_at(lot).dates = dates, lot_at(lot).quality = quality;
    return;
  }
  if (quality != was.quality) entry_.changes.push_back({lot, "quality", quality});
  const auto set = [&](const char* what, Day from, Day to) {
    if (from != to) entry_.changes.push_back({lot, what, "", to});
  };
  set("produced_on", was.dates.produced, dates.produced), set("expires_on", was.dates.expires, dates.expires);
  set("best_before_on", was.dates.best_before, dates.best_before), set("retest_on", was.dates.retest, dates.retest);
}

/// R65: an input that comes late reaches what was yielded before it; so do its status and its days (R40, R48).
void Judge::settle_earlier(int lot) {
  if (!is_tracked(lot)) return;
  const LotState was = book_.state(lot);
  bool waits = has_waiting_input(lot, true);
  if (!made_.empty())
    for (const int input : inputs_of(lot, false)) waits |= input != lot && book_.state(input).quality != "released";
  if (waits && was.quality == "released") entry_.changes.push_back({lot, "quality", "quarantine"});
  if (!is_rework() && !about(lot).at("expiry_capped_by_inputs").is_yes()) return;
  Dates dates = was.dates;
  for (const int input : inputs_of(lot, made_.empty())) {
    const Dates of = book_.state(input).dates;
    dates.expires = std::min(dates.expires, of.expires);
    if (!is_rework()) continue;
    dates.best_before = std::min(dates.best_before, of.best_before), dates.retest = std::min(dates.retest, of.retest);
  }
  const auto set = [&](const char* what, Day from, Day to) {
    if (from != to) entry_.changes.push_back({lot, what, "", to});
  };
  set("expires_on", was.dates.expires, dates.expires), set("best_before_on", was.dates.best_before, dates.best_before);
  set("retest_on", was.dates.retest, dates.retest);
}

/// R72: what an item demands that two people saw.
void Judge::judge_second_person() {
  const std::string checked_by = body("process").at("checked_by").text();
  if (!checked_by.empty() && checked_by != asked_.who) return;
  for (const Line& line : entry_.lines)
    if (about(line.lot).at("second_person").is_yes()) no("second_person_needed");
}

void Judge::finish_run() {
  if (asked_.name != "backflush") judge_second_person();
  assign();
  if (is_refused()) return;
  for (const Output& output : made_) {
    if (output.is_first) {
      settle_first(output.lot, *output.line);
      continue;
    }
    const LotState state = state_of(output.lot);
    const auto differs = [&](const char* field, Day known) {
      const Day given = day_from(output.line->at(field).text());
      return given != no_day && given != known;
    };
    if (differs("expires_on", state.dates.expires) || differs("best_before_on", state.dates.best_before))
      no("expiry_differs");
    if (static_cast<std::size_t>(output.lot) >= book_.lots.size()) continue;
    if (run_kind_ == "disassembly") {
      if (has_waiting_input(output.lot, true) && state.quality == "released") no("needs_release");
    } else if (!before_.outputs.contains(output.lot)) {
      settle_earlier(output.lot);
    }
  }
  if (!used_.empty())
    for (const auto& [output, much] : before_.outputs) settle_earlier(output);
  // R42: a hold that flows to new lots.
  std::map<int, std::set<int>> extended;
  for (const Output& output : made_)
    for (const int input : inputs_of(output.lot, false))
      for (const int hold : book_.holds_on(input))
        if (input != output.lot && book_.holds[static_cast<std::size_t>(hold)].flow == "descendants_and_new" &&
            !(static_cast<std::size_t>(output.lot) < book_.lots.size() && book_.covered(hold).contains(output.lot)))
          extended[hold].insert(output.lot);
  for (const auto& [hold, lots] : extended) entry_.holds.push_back({hold, true, lots});
}

}  // namespace lotbook::model
