// SPDX-License-Identifier: Apache-2.0
#include "commands/run_lines.h"

#include <algorithm>

#include "commands/users.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

const Item* item_of(const Look& look, const Draft& draft, Id<Lot> lot) {
  Id<Item> item;
  if (const LotState* state = look.view().lot(lot)) item = state->lot.item;
  for (const LotOpened& opened : draft.entry.opened)
    if (opened.lot == lot) item = opened.item;
  return look.masters().items.find(item);
}

/// R72: what an item demands that two people saw.
void judge_second_person(Look& look, const Draft& draft, const ProcessNotes& notes) {
  if (is_second_person(look, notes.checked_by)) return;
  for (const Line& line : draft.entry.lines) {
    const Item* item = item_of(look, draft, line.lot);
    if (!item || !item->second_person) continue;
    return look.refuse(Code::second_person_needed, "/process/checked_by",
                       item->code + " demands that a second person sees what goes in and comes out. Say who " +
                           (notes.checked_by.empty() ? "did." : "else did."));
  }
}

}  // namespace

void note_process(Look& look, Draft& draft, const ProcessNotes& notes, Id<Run> run) {
  if (!notes.shift.empty()) draft.fact(Reading{run.value, "shift", notes.shift, {}});
  if (!notes.machine.empty()) draft.fact(Reading{run.value, "machine", notes.machine, {}});
  std::string people;
  for (const std::string& person : notes.people) people += (people.empty() ? "" : ", ") + person;
  if (!people.empty()) draft.fact(Reading{run.value, "people", people, {}});
  judge_second_person(look, draft, notes);
  if (!notes.checked_by.empty()) draft.fact(Reading{run.value, "checked_by", notes.checked_by, {}});
  for (std::size_t i = 0; i < notes.values.size(); ++i) {
    const ProcessValue& value = notes.values[i];
    const bool is_own =
        value.name == "shift" || value.name == "machine" || value.name == "people" || value.name == "checked_by";
    const auto same = [&](const ProcessValue& other) { return other.name == value.name; };
    if (is_own || std::count_if(notes.values.begin(), notes.values.end(), same) > 1) {
      look.refuse(Code::code_taken, at("process/values", i, "name"),
                  "\"" + value.name + "\" is given twice. Give each value a name of its own.");
      continue;
    }
    draft.fact(Reading{run.value, value.name, value.value, value.unit});
  }
}

// --- What goes in.

void RunLines::use(const std::vector<InputLine>& lines, std::string_view list) {
  used_.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) use_line(lines[i], "/" + std::string(list) + "/" + std::to_string(i));
}

void RunLines::use_line(const InputLine& line, const std::string& here) {
  const FoundLot lot = lot_asked(look_, line, here);
  const Id<Place> from = look_.place(line.from, here + "/from");
  if (!lot || !from) return;
  begin_at(from);
  const Item& item = *lot.item.item;
  const std::optional<Decimal> quantity = quantity_asked(look_, serials_asked(line, item, here));
  const std::optional<Decimal> quantity2 = look_.quantity2(line.quantity2, item, here + "/quantity2");
  if (!quantity || !quantity2) return;
  if (!is_rework() && is_own_output(lot.id()) && !lot.state->is_untracked())
    return look_.refuse(Code::yields_consumed_lot, here + "/lot",
                        "This order yielded " + spoken(look_.view(), lot.state->lot) +
                            "; only a rework order may use what it yields (R71). Name another lot or order.");
  if (!look_.allow(*lot.state, from,
                   {.purpose = Purpose::consume,
                    .item_allows_at_risk = item.use_at_risk,
                    .is_rework = is_rework(),
                    .is_order_of_holder = look_.masters().have_one_holder(posting_.place, from)},
                   here + "/lot"))
    return;
  if (!is_rework()) judge_best_before(lot, from, here);
  const std::size_t taken = draft_.entry.lines.size();
  look_.take(draft_, {*lot.state, from, end_of(posting_.kind), *quantity, *quantity2, posting_.confirm_here,
                      here + "/quantity"});
  Look::typed(draft_, line.quantity, line.unit, item);
  const std::size_t first_line = draft_.entry.lines.size() - 1;
  name_known_serials(look_, draft_, serials_asked(line, item, here));
  take_off(look_, draft_, {line.sscc, from, taken, here});
  const bool at_risk =
      lot.state->lot.quality != Quality::released || look_.standing(*lot.state, from) == Standing::quarantine;
  used_.push_back({lot.state, {}, from, at_risk && !lot.state->is_untracked(), here + "/lot"});
  if (!line.into.empty() || !line.into_serial.empty())
    assignments_.push_back({used_.size() - 1, first_line, draft_.entry.lines.size(), &line, from, here});
  where_ = from;
}

void RunLines::begin_at(Id<Place> place) {
  if (!posting_.place) posting_.place = place;
}

/// R44: what is past its best-before day is overridden where the item allows it, by right and with a reason.
void RunLines::judge_best_before(const FoundLot& lot, Id<Place> from, const std::string& here) {
  const Lot& row = lot.state->lot;
  if (!row.best_before_on || look_.day(from) <= row.best_before_on) return;
  const std::string detail =
      "The best-before day of " + spoken(look_.view(), row) + " was " + row.best_before_on.text() + ".";
  if (!posting_.override_best_before || !lot.item.item->use_past_best_before)
    return look_.refuse(Code::best_before_has_passed, here + "/lot", detail + " Take another lot.");
  if (!look_.moment().actor.may(Right::override_best_before))
    return look_.refuse(Code::right_needed, "/override_best_before",
                        "Overriding a passed best-before needs the right \"override_best_before\".");
  if (posting_.reason.empty()) return look_.refuse(Code::missing, "/reason", "Overriding needs a reason.");
  draft_.notice("override_best_before", detail, row.id);
}

void RunLines::assign() {
  for (const Assignment& assignment : assignments_) {
    std::optional<Unit> unit;
    if (!assignment.line->into_serial.empty()) {
      unit = assigned_unit(*assignment.line, assignment.here);
      if (!unit) continue;
    }
    const Id<Lot> into = unit ? unit->lot : assigned_output(*assignment.line, assignment.here);
    if (!into) continue;
    judge_order_in_time(*assignment.line, into, assignment.from, assignment.here);
    used_[assignment.used].into = into;
    for (std::size_t i = assignment.first_line; i < assignment.end_line; ++i) {
      draft_.fact(Assigned{static_cast<std::uint32_t>(i), into.value});
      if (unit) draft_.fact(Installed{draft_.entry.lines[i].serial, unit->serial.value});
    }
  }
}

/// The one output that an input went into (R66): yielded here or before, or a batch number taken ahead.
Id<Lot> RunLines::assigned_output(const InputLine& line, const std::string& here) {
  std::vector<Id<Lot>> own;
  for (const Made& made : made_) own.push_back(made.lot);
  for (const RunContent::Output& output : before_.outputs) own.push_back(output.lot);
  own.insert(own.end(), before_.opened.begin(), before_.opened.end());
  std::sort(own.begin(), own.end());
  own.erase(std::unique(own.begin(), own.end()), own.end());
  const Id<Item> item = look_.masters().items.id_of(line.into_item);
  std::vector<Id<Lot>> found;
  for (const Id<Lot> lot : own) {
    const LotState* state = look_.view().lot(lot);
    Id<Item> of;
    if (state) of = state->lot.item;
    for (const LotOpened& opened : draft_.entry.opened)
      if (opened.lot == lot) of = opened.item;
    if (code_of(lot) == line.into && (line.into_item.empty() || of == item)) found.push_back(lot);
  }
  if (found.size() == 1) return found.front();
  if (found.empty())
    look_.refuse(Code::unknown_lot, here + "/into",
                 "This order has no output lot " + line.into +
                     ". Yield it first, take its batch number when the order is released, or leave this out.");
  else
    look_.refuse(Code::ambiguous_lot, here + "/into",
                 "Two outputs of this order have the code " + line.into + ". Say of which item with into_item.");
  return {};
}

/// The unit that other units are built into (R79): yielded here or before by this order.
std::optional<RunLines::Unit> RunLines::assigned_unit(const InputLine& line, const std::string& here) {
  const std::string field = here + "/into_serial";
  if (line.serials.empty()) {
    look_.refuse(Code::serials_needed, field,
                 "Only units are built into a unit. For " + line.item + ", name the output lot with \"into\" instead.");
    return std::nullopt;
  }
  std::vector<Unit> found;
  const Id<Item> item = look_.masters().items.id_of(line.into_item);
  const auto consider = [&](Id<Serial> serial, Id<Lot> lot, const std::string& code) {
    if (code != line.into_serial || !is_own_output(lot)) return;
    Id<Item> of;
    if (const LotState* state = look_.view().lot(lot)) of = state->lot.item;
    for (const LotOpened& opened : draft_.entry.opened)
      if (opened.lot == lot) of = opened.item;
    if (line.into_item.empty() || of == item) found.push_back({serial, lot});
  };
  for (const Fact& fact : draft_.entry.facts)
    if (const auto* units = std::get_if<SerialsOpened>(&fact))
      for (std::uint32_t i = 0; i < units->codes.size(); ++i)
        consider(Id<Serial>{units->first + i}, Id<Lot>{units->lot}, units->codes[i]);
  std::vector<Id<Item>> items;
  for (const RunContent::Output& output : before_.outputs)
    if (const LotState* state = look_.view().lot(output.lot)) items.push_back(state->lot.item);
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  for (const Id<Item> of : items)
    for (const Serial* serial : look_.view().serials_called(of, line.into_serial))
      consider(serial->id, serial->lot, serial->code);
  if (found.size() == 1) return found.front();
  if (found.empty())
    look_.refuse(Code::unknown_serial, field,
                 "This order has not yielded unit " + line.into_serial + ". Yield it first, or in the same command.");
  else
    look_.refuse(Code::ambiguous_lot, field,
                 "Two units of this order bear the number " + line.into_serial + ". Say of which item with into_item.");
  return std::nullopt;
}

void RunLines::judge_order_in_time(const InputLine& line, Id<Lot> into, Id<Place> from, const std::string& here) {
  // A rework order may put a lot into itself: only what comes out of the order is a yield.
  const auto is_of = [&](const Line& moved) { return moved.lot == into && moved.from == end_of(posting_.kind); };
  if (std::any_of(draft_.entry.lines.begin(), draft_.entry.lines.end(), is_of)) return;
  std::optional<Interval> first;
  if (const RunContent::Output* output = before_.output(into)) first = output->first;
  if (!first) return;
  Instant earliest = look_.moment().now;
  if (posting_.occurred_at) {
    earliest = posting_.occurred_at->at(look_.masters().zone_of(from)).earliest();
    earliest.microseconds -= look_.masters().book.time_slack_seconds * microseconds_per_second;
  }
  if (earliest > first->latest())
    look_.refuse(Code::later_than_output, here + "/into",
                 "Lot " + line.into + " was yielded at " + first->at.text() +
                     ", before this input. Give the time at which it was used, or leave \"into\" out.");
}

bool RunLines::is_own_output(Id<Lot> lot) const {
  return before_.output(lot) || before_.has_opened(lot) ||
         std::any_of(made_.begin(), made_.end(), [&](const Made& made) { return made.lot == lot; });
}

bool RunLines::is_used(Id<Lot> lot) const {
  return before_.has_input(lot) ||
         std::any_of(used_.begin(), used_.end(), [&](const Used& used) { return used.state->lot.id == lot; });
}

std::string RunLines::code_of(Id<Lot> lot) const {
  for (const LotOpened& opened : draft_.entry.opened)
    if (opened.lot == lot) return opened.code;
  const LotState* state = look_.view().lot(lot);
  return state ? state->lot.code : std::string();
}

// --- What comes out.

void RunLines::make(const std::vector<OutputLine>& lines, std::string_view list) {
  for (std::size_t i = 0; i < lines.size(); ++i) make_line(lines[i], "/" + std::string(list) + "/" + std::to_string(i));
}

void RunLines::make_line(const OutputLine& line, const std::string& here) {
  const FoundItem item = look_.item(line.item, here + "/item");
  const Id<Place> to = look_.place(line.to, here + "/to");
  if (!item || !to) return;
  begin_at(to);
  const std::optional<Decimal> quantity = quantity_asked(look_, serials_asked(line, *item.item, here));
  const std::optional<Decimal> quantity2 = look_.quantity2(line.quantity2, *item.item, here + "/quantity2");
  if (!quantity || !quantity2) return;
  const bool is_untracked = item.item->tracking == Tracking::none;
  if (is_untracked && !line.lot.empty())
    return look_.refuse(Code::lot_unwanted, here + "/lot", line.item + " is not tracked by lot: leave the lot out.");
  const Id<Lot> lot = is_untracked ? look_.view().untracked_lot(item.id) : output_lot(line, item, to, here);
  if (!lot) return;
  draft_.line(lot, end_of(posting_.kind), to, *quantity, *quantity2);
  look_.into(draft_, to, here + "/to");
  Look::typed(draft_, line.quantity, line.unit, *item.item);
  name_new_serials(look_, draft_, serials_asked(line, *item.item, here), {});
  where_ = to;
  if (is_untracked) return;
  note_attributes(look_, draft_, {AskedAt::yield, item, lot.value, here + "/attributes"}, line.attributes);
  const bool is_opened_here = std::any_of(draft_.entry.opened.begin(), draft_.entry.opened.end(),
                                          [&](const LotOpened& opened) { return opened.lot == lot; });
  const bool is_again =
      before_.output(lot) || std::any_of(made_.begin(), made_.end(), [&](const Made& made) { return made.lot == lot; });
  // A lot that comes back as itself (R71, R73) keeps what is known of it.
  const bool is_first = !is_again && (is_opened_here || before_.has_opened(lot));
  made_.push_back({lot, item.item, &line, to, here, is_first});
}

/// The lot that a line yields into (R13, R71, R73).
Id<Lot> RunLines::output_lot(const OutputLine& line, const FoundItem& item, Id<Place> to, const std::string& here) {
  const View& view = look_.view();
  if (line.lot.empty()) {
    for (const Id<Lot> ahead : before_.opened) {
      const LotState* state = view.lot(ahead);
      if (state && state->lot.item == item.id && !before_.output(ahead)) return ahead;
    }
    return open(line, item, to, here);
  }
  for (const LotOpened& opened : draft_.entry.opened)
    if (opened.item == item.id && opened.code == line.lot) return opened.lot;
  const Id<Lot> known = view.lot_called(item.id, line.lot);
  if (!known) return open(line, item, to, here);
  if (is_used(known) && !is_rework()) {
    look_.refuse(Code::yields_consumed_lot, here + "/lot",
                 "This order consumed lot " + line.lot +
                     "; only a rework order may yield into it (R71). Give the output a code of its own.");
    return {};
  }
  const bool is_own = before_.has_opened(known) || before_.output(known);
  const bool comes_back = posting_.kind == RunKind::disassembly || (is_rework() && is_used(known));
  if (is_own || comes_back) return known;
  look_.refuse(Code::lot_code_taken, here + "/lot",
               "Lot " + line.lot + " of " + line.item +
                   " is in the book already and is not of this order. A run yields new lots: give another code.");
  return {};
}

Id<Lot> RunLines::open(const OutputLine& line, const FoundItem& item, Id<Place> to, const std::string& here) {
  if (!line.lot.empty() && (!look_.new_code(line.lot, here + "/lot") ||
                            !look_.free_code(item.id, line.lot, posting_.confirm_new_lot, here + "/lot")))
    return {};
  LotOpened opened;
  opened.lot.value = draft_.new_id(), opened.item = item.id, opened.origin = Origin::produced;
  opened.code = line.lot.empty() ? look_.series_code(item.id, opened.lot, to) : line.lot;
  draft_.entry.opened.push_back(std::move(opened));
  return draft_.entry.opened.back().lot;
}

}  // namespace lotbook
