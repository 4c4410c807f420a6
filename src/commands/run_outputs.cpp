// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "commands/run_lines.h"
#include "commands/use_order.h"

// What the outputs of a run get from its inputs: status, dates and holds (R40, R42, R47, R48).

namespace lotbook {

namespace {

/// The earliest of two days, where no day is the latest of all.
void cap(Date& day, Date by) { day = std::min(day, by); }

LotOpened as_it_stands(const Lot& lot) {
  LotOpened now;
  now.lot = lot.id, now.item = lot.item, now.code = lot.code, now.quality = lot.quality, now.origin = lot.origin;
  now.expiry_calculated = lot.expiry_calculated, now.received_on = lot.received_on, now.produced_on = lot.produced_on;
  now.expires_on = lot.expires_on, now.best_before_on = lot.best_before_on, now.retest_on = lot.retest_on;
  return now;
}

void change(Draft& draft, Id<Lot> lot, LotField what, std::string old_value, std::string new_value) {
  if (old_value != new_value) draft.fact(LotChanged{lot.value, what, std::move(old_value), std::move(new_value)});
}

}  // namespace

std::vector<const LotState*> RunLines::inputs_of(Id<Lot> output, bool of_this_entry_only) const {
  std::vector<const LotState*> inputs;
  for (const Used& used : used_)
    if ((!used.into || used.into == output) && !used.state->is_untracked()) inputs.push_back(used.state);
  if (of_this_entry_only) return inputs;
  for (const RunContent::Input& input : before_.inputs) {
    const LotState* state = look_.view().lot(input.lot);
    if (state && input.goes_into(output) && !state->is_untracked()) inputs.push_back(state);
  }
  return inputs;
}

/// R47, R48: what the label says, else the shelf life; never later than shelf life and inputs allow.
void RunLines::set_dates(const Made& made, LotOpened& dates) {
  const OutputLine& line = *made.line;
  const Item& item = *made.item;
  dates.produced_on = line.produced_on ? line.produced_on : look_.day(made.to);
  dates.expires_on = line.expires_on, dates.best_before_on = line.best_before_on, dates.retest_on = line.retest_on;
  Date latest;
  if (is_rework()) {
    for (const LotState* input : inputs_of(made.lot, false)) {
      cap(latest, input->lot.expires_on);
      if (!line.best_before_on) cap(dates.best_before_on, input->lot.best_before_on);
      cap(dates.retest_on, input->lot.retest_on);
    }
  } else {
    if (item.shelf_life_days > 0)
      latest = dates.produced_on.plus_days(item.shelf_life_days);
    else if (item.shelf_life_months > 0)
      latest = dates.produced_on.plus_months(item.shelf_life_months);
    if (item.expiry_capped_by_inputs)
      for (const LotState* input : inputs_of(made.lot, false)) cap(latest, input->lot.expires_on);
  }
  const Date given = std::min(line.expires_on, line.best_before_on);
  if (given && given > latest)
    return look_.refuse(Code::dates_contradict, made.field + (line.expires_on ? "/expires_on" : "/best_before_on"),
                        "Shelf life and inputs allow " + latest.text() +
                            " at the latest. Leave the day out; a longer shelf life is a change of dates by quality.");
  if (!given && latest) dates.expires_on = latest, dates.expiry_calculated = true;
  if (dates.expires_on && dates.expires_on < dates.produced_on && !is_rework())
    look_.refuse(Code::dates_contradict, made.field + "/expires_on",
                 "It would expire before it was made. Check both days.");
}

void RunLines::settle_first_yield(const Made& made) {
  LotOpened now;
  const auto here = std::find_if(draft_.entry.opened.begin(), draft_.entry.opened.end(),
                                 [&](const LotOpened& opened) { return opened.lot == made.lot; });
  const bool is_opened_here = here != draft_.entry.opened.end();
  now = is_opened_here ? *here : as_it_stands(look_.view().lot(made.lot)->lot);
  set_dates(made, now);
  bool waits = made.item->quarantine_on_yield;
  for (const Used& used : used_) waits |= used.at_risk && (!used.into || used.into == made.lot);
  for (const LotState* input : inputs_of(made.lot, false)) waits |= input->lot.quality != Quality::released;
  if (made.item->expiry_required && !now.expires_on && !now.best_before_on && !now.retest_on) {
    waits = true;
    draft_.notice("date_missing",
                  "No date was given for " + made.item->code +
                      ", which needs one: quality must add it before the lot is released.",
                  made.lot);
  }
  if (waits) now.quality = Quality::quarantine;
  if (is_opened_here)
    *here = std::move(now);
  else
    write(made, now);
}

/// A lot that was opened at zero when the order was released gets its properties with its first yield.
void RunLines::write(const Made& made, const LotOpened& now) {
  const Lot& was = look_.view().lot(made.lot)->lot;
  change(draft_, was.id, LotField::produced_on, was.produced_on.text(), now.produced_on.text());
  change(draft_, was.id, LotField::expires_on, was.expires_on.text(), now.expires_on.text());
  change(draft_, was.id, LotField::best_before_on, was.best_before_on.text(), now.best_before_on.text());
  change(draft_, was.id, LotField::retest_on, was.retest_on.text(), now.retest_on.text());
  change(draft_, was.id, LotField::expiry_calculated, was.expiry_calculated ? "true" : "false",
         now.expiry_calculated ? "true" : "false");
  change(draft_, was.id, LotField::quality, std::string(name_of(was.quality)), std::string(name_of(now.quality)));
}

/// An input that comes late reaches what was yielded before it (R65): its status and its earlier expiry do, too.
void RunLines::settle_earlier_output(Id<Lot> lot, bool by_this_entry_only) {
  const LotState* state = look_.view().lot(lot);
  if (!state || state->is_untracked()) return;
  const Lot& was = state->lot;
  bool at_risk = std::any_of(used_.begin(), used_.end(), [&](const Used& used) {
    return used.at_risk && (!used.into || used.into == lot) && used.state->lot.id != lot;
  });
  if (!by_this_entry_only)
    for (const LotState* input : inputs_of(lot, false))
      at_risk |= input->lot.id != lot && input->lot.quality != Quality::released;
  if (at_risk && was.quality == Quality::released)
    change(draft_, lot, LotField::quality, std::string(name_of(was.quality)),
           std::string(name_of(Quality::quarantine)));
  const Item* item = look_.masters().items.find(was.item);
  if (!item || (!item->expiry_capped_by_inputs && !is_rework())) return;
  Date expires_on = was.expires_on, best_before_on = was.best_before_on, retest_on = was.retest_on;
  for (const LotState* input : inputs_of(lot, by_this_entry_only)) {
    cap(expires_on, input->lot.expires_on);
    if (!is_rework()) continue;
    cap(best_before_on, input->lot.best_before_on);
    cap(retest_on, input->lot.retest_on);
  }
  change(draft_, lot, LotField::best_before_on, was.best_before_on.text(), best_before_on.text());
  change(draft_, lot, LotField::retest_on, was.retest_on.text(), retest_on.text());
  if (expires_on == was.expires_on) return;
  change(draft_, lot, LotField::expires_on, was.expires_on.text(), expires_on.text());
  change(draft_, lot, LotField::expiry_calculated, was.expiry_calculated ? "true" : "false", "true");
}

/// R42: a hold that flows to new lots reaches what its lots go into.
void RunLines::extend_holds() {
  std::map<std::uint32_t, std::vector<std::uint32_t>> extended;
  for (const Made& made : made_) {
    const LotState* output = look_.view().lot(made.lot);
    for (const LotState* input : inputs_of(made.lot, false)) {
      if (!input->is_held || input->lot.id == made.lot) continue;
      for (const Hold& hold : look_.view().holds_on(input->lot.id))
        if (hold.flow == Flow::descendants_and_new && !(output && look_.view().covers(hold.id, made.lot)))
          extended[hold.id.value].push_back(made.lot.value);
    }
  }
  for (auto& [hold, lots] : extended) {
    std::sort(lots.begin(), lots.end());
    lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
    draft_.fact(HoldExtended{hold, std::move(lots)});
  }
}

/// One lot has one set of dates.
void RunLines::judge_dates_again(const Made& made) {
  const LotState* state = look_.view().lot(made.lot);
  const auto here = std::find_if(draft_.entry.opened.begin(), draft_.entry.opened.end(),
                                 [&](const LotOpened& opened) { return opened.lot == made.lot; });
  const LotOpened now = here != draft_.entry.opened.end() ? *here : as_it_stands(state->lot);
  const auto differs = [](Date given, Date known) { return given && given != known; };
  if (differs(made.line->expires_on, now.expires_on) || differs(made.line->best_before_on, now.best_before_on))
    look_.refuse(Code::expiry_differs, made.field + (made.line->expires_on ? "/expires_on" : "/best_before_on"),
                 "Lot " + now.code + " has other dates already. Leave them out, or give the output a code of its own.");
}

void RunLines::finish() {
  assign();
  // What is worked again was chosen for what is wrong with it, not for its day.
  if (!is_rework())
    for (const Used& used : used_)
      if (!used.state->is_untracked())
        judge_use_order(look_, draft_, {*used.state, used.from}, {posting_.override_fefo, posting_.reason}, used.field);
  note_reserved_goods(look_, draft_);
  for (const Made& made : made_) {
    if (made.is_first) {
      settle_first_yield(made);
      continue;
    }
    judge_dates_again(made);
    const LotState* state = look_.view().lot(made.lot);
    const bool at_risk = std::any_of(used_.begin(), used_.end(), [&](const Used& used) {
      return used.at_risk && (!used.into || used.into == made.lot) && used.state->lot.id != made.lot;
    });
    if (!state) continue;
    if (posting_.kind != RunKind::disassembly) {
      // Goods that a rework order took and gives again are what all of its inputs made of them (R48, R71).
      if (!before_.output(made.lot)) settle_earlier_output(made.lot, false);
    } else if (at_risk && state->lot.quality == Quality::released) {
      look_.refuse(Code::needs_release, made.field + "/lot",
                   "What comes out of goods that are not released cannot go back into a released lot. Give it a code "
                   "of its own.");
    }
  }
  if (!used_.empty())
    for (const RunContent::Output& output : before_.outputs) settle_earlier_output(output.lot, true);
  extend_holds();
}

}  // namespace lotbook
