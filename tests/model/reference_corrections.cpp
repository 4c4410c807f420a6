// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference_judge.h"

// Corrections (R32–R36).

namespace lotbook::model {

namespace {

bool touches_genealogy(const Entry& entry) {
  static const std::set<std::string> ends{"supplier", "customer", "process", "conversion"};
  return std::any_of(entry.lines.begin(), entry.lines.end(),
                     [](const Line& line) { return ends.contains(line.from) || ends.contains(line.to); });
}

bool same_lines(const std::vector<Line>& some, const std::vector<Line>& others) {
  const auto same = [](const Line& a, const Line& b) {
    return a.lot == b.lot && a.from == b.from && a.to == b.to && a.quantity == b.quantity && a.into == b.into;
  };
  return std::equal(some.begin(), some.end(), others.begin(), others.end(), same);
}

}  // namespace

const Entry* Judge::correctable(int seq) {
  const Entry* entry = book_.entry(seq);
  if (!entry) return no("unknown_entry"), no("cannot_be_corrected"), nullptr;
  if (!book_.in_force().at(seq)) return no("already_corrected"), nullptr;
  return entry;
}

/// R36: what removes a link, a dispatch or a receipt. Whether the right is needed to bring one back, nobody says.
void Judge::judge_genealogy(const Entry& wrong) {
  if (has("correct_genealogy")) return;
  if (!wrong.targets.empty()) leave_open();
  if (touches_genealogy(wrong)) no("right_needed");
}

void Judge::undo() {
  if (entry_.why.empty()) no("missing");
  std::vector<int> seqs;
  for (const Value& named : body("entries").each()) {
    const int seq = named.number();
    const Entry* wrong = correctable(seq);
    if (std::find(seqs.begin(), seqs.end(), seq) != seqs.end()) no("malformed");
    seqs.push_back(seq);
    if (!wrong) continue;
    judge_genealogy(*wrong);
    entry_.targets.push_back(seq);
    // What was changed again since is taken back first; so it is when an undo is undone, which says the old again.
    const auto judge_changes = [&](const Entry& of) {
      for (const Change& change : of.changes)
        for (const Entry& later : book_.entries)
          for (const Change& again : later.changes)
            if (later.seq > of.seq && book_.facts_apply(later) && again.lot == change.lot && again.what == change.what)
              no("in_the_way");
    };
    judge_changes(*wrong);
    if (wrong->takes_facts_back())
      for (const int back : wrong->targets) judge_changes(*book_.entry(back));
    // So is what became of a hold since it was placed or lifted.
    for (const Reach& reach : wrong->holds) {
      const bool places_it =
          std::find(wrong->holds_placed.begin(), wrong->holds_placed.end(), reach.hold) != wrong->holds_placed.end();
      if (reach.covers && !places_it) continue;
      for (const Entry& later : book_.entries)
        for (const Reach& again : later.holds)
          if (later.seq > seq && book_.facts_apply(later) && again.hold == reach.hold) no("in_the_way");
    }
  }
  // An entry that stands only because another one that is named took its correction back.
  for (const int seq : entry_.targets)
    for (const int target : book_.entry(seq)->targets)
      for (const int behind : book_.entry(target)->targets)
        if (std::find(seqs.begin(), seqs.end(), behind) != seqs.end()) no("malformed");
  judge_after_correction(seqs);
  judge_orders_after();
  keeps_time_ = true;
  settle("");
}

/// An order that was never opened, or was given up, took no goods (R13, R64): what was posted goes first, or together.
void Judge::judge_orders_after() {
  if (is_refused()) return;
  Book after = book_;
  after.entries.push_back(entry_);
  for (std::size_t run = 0; run < after.runs.size(); ++run) {
    bool is_opened = false, is_posted_to = false, is_cancelled = false;
    for (const Entry& entry : after.entries) {
      if (entry.run != static_cast<int>(run)) continue;
      const bool stands = after.in_force().at(entry.seq);
      is_posted_to |= stands && !entry.lines.empty();
      if (!after.facts_apply(entry)) continue;
      is_opened |= entry.opens_run;
      if (!entry.run_state.empty()) is_cancelled = entry.run_state == "cancelled";
      if (!entry.run_state.empty() && !is_opened) is_posted_to = true;
    }
    if (!is_opened && is_posted_to) no("in_the_way");
    if (is_cancelled && after.has_content(static_cast<int>(run))) no("in_the_way");
  }
}

void Judge::in_place_of(const Entry& wrong) {
  const std::string why = entry_.why, who = entry_.who;
  const int seq = entry_.seq;
  const Time recorded = entry_.recorded;
  entry_ = wrong;
  entry_.why = why, entry_.who = who, entry_.seq = seq, entry_.recorded = recorded;
  entry_.targets = {wrong.seq};
  // Facts that are not about lines stay where they were said.
  entry_.changes.clear(), entry_.holds.clear(), entry_.holds_placed.clear(), entry_.joined.clear(),
      entry_.named.clear();
  entry_.opens_run = false, entry_.run_state.clear(), entry_.confirmed_here = 0;
  keeps_time_ = true;
}

/// What else must stay true: nobody sends back what never left (R82), nothing comes back that did not go in (R68, see
/// `settle`), an assigned input is no later than its output (R66).
void Judge::judge_after_correction(const std::vector<int>& wrong) {
  if (is_refused()) return;
  std::set<std::pair<int, std::string>> had;
  const auto note = [&](const Entry& entry) {
    for (const Line& line : entry.lines)
      if ((line.to == "customer" || line.from == "customer") && is_tracked(line.lot))
        had.insert({line.lot, entry.partner});
  };
  std::vector<int> behind = wrong;
  for (std::size_t i = 0; i < behind.size(); ++i) {
    const Entry& entry = *book_.entry(behind[i]);
    note(entry);
    behind.insert(behind.end(), entry.targets.begin(), entry.targets.end());
  }
  note(entry_);
  for (const auto& [lot, customer] : had) {
    const Amount before = book_.net_dispatched(lot, customer), after = book_.net_dispatched(lot, customer, &entry_);
    if (before < 0) leave_open();  // unproven goods were taken in
    if (after < 0) no("in_the_way"), no("more_than_dispatched");
  }
}

void Judge::correct() {
  const Entry* wrong = correctable(body("entry").number());
  if (entry_.why.empty()) no("missing");
  if (!wrong) return;
  if (wrong->takes_facts_back()) return no("cannot_be_corrected");
  in_place_of(*wrong);
  std::vector<std::size_t> removed;
  for (const Value& given : body("lines").each()) {
    const std::size_t at = static_cast<std::size_t>(given.at("line").number());
    if (at >= entry_.lines.size()) {
      no("out_of_range");
      continue;
    }
    Line& line = entry_.lines[at];
    const std::string item = about(line.lot).at("code").text();
    if (!given.at("lot").text().empty())
      if (const int other = lot(item, given.at("lot").text()); other != none) line.lot = other;
    if (given.at("quantity").is_set()) {
      if (amount_from(given.at("quantity").text()) <= 0) {
        no("quantity_not_positive");
      } else if (const std::optional<Amount> much = in_base(given, item)) {
        if (*much <= 0) no("quantity_not_positive");
        line.quantity.first = *much;
      }
    }
    if (given.at("quantity2").is_set())
      if (const std::optional<Amount> much = second(given, item)) line.quantity.second = *much;
    for (const bool is_from : {true, false}) {
      const std::string code = given.at(is_from ? "from" : "to").text();
      std::string& end = is_from ? line.from : line.to;
      if (code.empty()) continue;
      if (end == "in_transit") leave_open();
      if (!book_.places.contains(end) && end != "in_transit")
        no("cannot_be_corrected");
      else if (place(code))
        end = code;
    }
    if (line.from == line.to) no("same_place");
    if (given.at("remove").is_yes()) removed.push_back(at);
  }
  if (entry_.run != none && !entry_.lines.empty() && removed.size() == entry_.lines.size())
    leave_open();  // an order's entry without any line: whether the order is open by it, the rules do not say
  std::sort(removed.rbegin(), removed.rend());
  for (const std::size_t at : removed) entry_.lines.erase(entry_.lines.begin() + static_cast<std::ptrdiff_t>(at));
  if (!text("partner").empty()) {
    const bool is_customer = wrong->kind == "dispatch" || wrong->kind == "return_goods";
    entry_.partner = text("partner");
    partner(entry_.partner, is_customer ? "customer" : "supplier");
    if (entry_.partner != wrong->partner) entry_.address.clear();
  }
  if (!text("address").empty()) entry_.address = text("address"), address(entry_.address, entry_.partner);
  if (!text("document").empty()) entry_.document = text("document");
  if (!wrong->packing.empty() && !same_lines(entry_.lines, wrong->lines)) leave_open();  // what is on which pallet
  const bool moves_otherwise = !same_lines(entry_.lines, wrong->lines) || entry_.partner != wrong->partner;
  if (moves_otherwise && touches_genealogy(*wrong) && !has("correct_genealogy")) no("right_needed");
  if (!moves_otherwise && entry_.address == wrong->address && entry_.document == wrong->document &&
      text("occurred_at").empty())
    no("already_so");
  // What a run may yield and use is not asked again (R71).
  for (const Line& line : entry_.lines)
    if (entry_.run != none && line.to == "process" && book_.content(entry_.run).outputs.contains(line.lot))
      leave_open();
  judge_after_correction({wrong->seq});
  std::string where;
  for (const Line& line : wrong->lines)
    for (const std::string& end : {line.from, line.to})
      if (book_.places.contains(end)) where = end;
  if (!text("occurred_at").empty()) keeps_time_ = false;
  entry_.position = entry_.seq;
  settle_correction(*wrong, where);
}

/// R32: at the wrong entry's settled instant, and in its place there, unless the time was what was wrong.
void Judge::settle_correction(const Entry& wrong, const std::string& where) {
  entry_.position = wrong.position;
  if (!text("occurred_at").empty()) {
    // The place among equal instants follows from the instant, which is only known once it is settled.
    const std::string typed = text("occurred_at");
    const Time settled = typed.size() == 10 ? settled_on(day_from(typed), where) : time_from(typed);
    if (settled != wrong.settled) entry_.position = entry_.seq;
  }
  settle(where);
  if (is_refused()) return;
  // R66, for every order that the correction touches.
  for (const Line& line : entry_.lines)
    if (line.into != none || line.from == "process") judge_assignments();
}

void Judge::judge_assignments() {
  std::map<int, bool> force = book_.in_force();
  for (const int target : entry_.targets) force[target] = false;
  std::vector<const Entry*> of_run{&entry_};
  for (const Entry& entry : book_.entries)
    if (entry.run == entry_.run && force.at(entry.seq)) of_run.push_back(&entry);
  for (const Entry* input : of_run)
    for (const Line& line : input->lines) {
      if (line.into == none || line.to != "process") continue;
      Time first = INT64_MAX, last = INT64_MIN;
      for (const Entry* output : of_run)
        for (const Line& made : output->lines)
          if (made.lot == line.into && made.from == "process" && output->kind != "give_back")
            first = std::min(first, output->latest), last = std::max(last, output->latest);
      if (first == INT64_MAX || input->earliest <= first) continue;
      if (input->earliest <= last)
        leave_open();  // later than its first yield and not than its last
      else
        no("later_than_output"), no("in_the_way");
    }
}

/// R35.
void Judge::replace() {
  const Entry* wrong = correctable(body("entry").number());
  const int was = lot(text("item"), text("lot")), with = lot(text("item"), text("with"));
  if (entry_.why.empty() || text("lot").empty() || text("with").empty()) no("missing");
  if (!wrong || was == none || with == none) return;
  if (was == with) no("already_so");
  if (touches_genealogy(*wrong) && !has("correct_genealogy")) no("right_needed");
  in_place_of(*wrong);
  bool found = false;
  for (Line& line : entry_.lines)
    if (line.lot == was && (book_.places.contains(line.from) || line.from == "in_transit"))
      line.lot = with, found = true;
  if (!found) no("unknown_lot");
  if (!wrong->packing.empty()) leave_open();
  for (const Line& line : entry_.lines)
    if (entry_.run != none && line.to == "process" && book_.content(entry_.run).outputs.contains(line.lot))
      leave_open();
  judge_after_correction({wrong->seq});
  settle_correction(*wrong, "");
}

}  // namespace lotbook::model
