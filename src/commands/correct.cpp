// SPDX-License-Identifier: Apache-2.0
#include "commands/correct.h"

#include <algorithm>
#include <map>

#include "commands/correct_units.h"
#include "commands/dispatch.h"
#include "commands/order_corrections.h"
#include "commands/picked_goods.h"
#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

const Entry* correctable(Look& look, std::int64_t seq, const std::string& field_name) {
  const Entry* entry = seq > 0 ? look.view().entry(static_cast<std::uint64_t>(seq)) : nullptr;
  if (!entry)
    return look.refuse(Code::unknown_entry, field_name,
                       "There is no entry " + std::to_string(seq) + ". Look its number up in the history."),
           nullptr;
  switch (entry->kind) {
    case EntryKind::set_up:
    case EntryKind::set_record:
      return look.refuse(Code::cannot_be_corrected, field_name,
                         "Master data is not taken back: set the record as it should be."),
             nullptr;
    case EntryKind::set_order:
    case EntryKind::release_pick:
      return look.refuse(Code::cannot_be_corrected, field_name,
                         "An order is not taken back: set it as it should be, or cancel it."),
             nullptr;
    case EntryKind::accept_past:
    case EntryKind::change_key:
    case EntryKind::note_access:
    case EntryKind::set_token:
    case EntryKind::sign:
      return look.refuse(
                 Code::cannot_be_corrected, field_name,
                 "What the book says of itself, and of who came in, may and signed, is not taken back: it was so."),
             nullptr;
    case EntryKind::erase:
      return look.refuse(Code::cannot_be_corrected, field_name, "What was erased is gone."), nullptr;
    default: break;
  }
  if (!stands(look.view(), *entry))
    return look.refuse(Code::already_corrected, field_name,
                       "Entry " + std::to_string(seq) + " was corrected already. Correct the correction."),
           nullptr;
  return entry;
}

bool touches_genealogy(const Line& line) {
  for (const Id<Place> end : {line.from, line.to})
    if (end == ends::supplier || end == ends::customer || end == ends::process || end == ends::conversion) return true;
  return false;
}

/// R36: what removes a link, a dispatch or a receipt needs its own right, so that a recall cannot be made smaller
/// unseen.
void judge_genealogy(Look& look, const Entry& entry) {
  if (std::any_of(entry.lines.begin(), entry.lines.end(), touches_genealogy) &&
      !look.moment().actor.may(Right::correct_genealogy))
    look.refuse(Code::right_needed, "",
                "This changes where goods came from or went to; it needs the right \"correct_genealogy\".");
}

/// Customers keep at least what they sent back (R82). Goods of unproven origin were less than nothing before.
void judge_returns(Look& look, const Draft& draft) {
  const View& view = look.view();
  std::vector<const Entry*> gone, come{&draft.entry};
  for (const std::uint64_t seq : draft.entry.reverses) gone.push_back(view.entry(seq));
  for (const std::uint64_t seq : draft.entry.reinstates) come.push_back(view.entry(seq));
  std::map<std::pair<Id<Lot>, Id<Partner>>, Decimal> changes;
  const auto add = [&](const Entry& entry, bool comes) {
    for (const Line& line : entry.lines) {
      const bool is_out = line.to == ends::customer;
      if (!is_out && line.from != ends::customer) continue;
      Decimal& change = changes[{line.lot, entry.partner}];
      change += is_out == comes ? line.quantity : -line.quantity;
    }
  };
  for (const Entry* entry : gone) add(*entry, false);
  for (const Entry* entry : come) add(*entry, true);
  for (const auto& [key, change] : changes) {
    const LotState* lot = view.lot(key.first);
    if (!change.is_negative() || !lot || lot->is_untracked()) continue;
    if ((net_dispatched(view, key.first, key.second) + change).is_negative())
      look.refuse(Code::in_the_way, "",
                  "That customer would have sent back more of " + spoken(view, lot->lot) +
                      " than had left. Correct what is wrong first, or together with it.");
  }
}

/// A later entry about the same subject whose facts hold, and of which `is_it` is true of one.
template <class Is>
std::uint64_t changed_since(const View& view, std::uint32_t subject, const Entry& entry, Is is_it) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(subject)) entries.push_back(view.entry(seq));
  const std::map<std::uint64_t, std::uint64_t> by = taken_back(entries, UINT64_MAX);
  const auto find = [&](std::uint64_t seq) { return view.entry(seq); };
  for (const Entry* later : entries) {
    const auto taker = by.find(later->seq);
    const bool holds = taker == by.end() || leaves_facts(*view.entry(taker->second), later->seq, find);
    if (later->seq > entry.seq && holds && std::any_of(later->facts.begin(), later->facts.end(), is_it))
      return later->seq;
  }
  return 0;
}

/// A state that was changed again since, and a hold that was lifted or reached further, are taken back newest first.
void judge_states(Look& look, const Entry& entry) {
  const auto refuse = [&](std::uint64_t seq) {
    look.refuse({Code::in_the_way,
                 "",
                 "The same was changed again by entry " + std::to_string(seq) + ". Take that back first.",
                 {{"entry", std::to_string(seq)}}});
  };
  for (const Fact& fact : entry.facts) {
    std::uint64_t seq = 0;
    if (const auto* changed = std::get_if<LotChanged>(&fact))
      seq = changed_since(look.view(), changed->lot, entry, [&](const Fact& other) {
        const auto* again = std::get_if<LotChanged>(&other);
        return again && again->lot == changed->lot && again->what == changed->what;
      });
    const auto* placed = std::get_if<HoldPlaced>(&fact);
    const auto* lifted = std::get_if<HoldLifted>(&fact);
    if (const std::uint32_t hold = placed ? placed->hold : lifted ? lifted->hold : 0; hold != 0)
      seq = changed_since(look.view(), hold, entry, [&](const Fact& other) {
        const auto* extended = std::get_if<HoldExtended>(&other);
        const auto* freed = std::get_if<HoldLifted>(&other);
        return (extended && extended->hold == hold) || (freed && freed->hold == hold);
      });
    if (const auto* set = std::get_if<FindingSet>(&fact))
      seq = changed_since(look.view(), set->finding, entry, [&](const Fact& other) {
        const auto* again = std::get_if<FindingSet>(&other);
        return again && again->finding == set->finding;
      });
    if (seq != 0) return refuse(seq);
  }
}

/// Facts that belong to lines, and so go with them into the entry that takes their place. What changed a state stays
/// changed.
bool goes_with_lines(const Fact& fact) {
  return std::holds_alternative<Assigned>(fact) || std::holds_alternative<Assumed>(fact) ||
         std::holds_alternative<Typed>(fact) || std::holds_alternative<Counted>(fact) ||
         std::holds_alternative<RunPlanned>(fact) || std::holds_alternative<RunLoss>(fact) ||
         std::holds_alternative<DockRefused>(fact) || std::holds_alternative<Bound>(fact) ||
         std::holds_alternative<Unbound>(fact) || std::holds_alternative<ForOrder>(fact) ||
         std::holds_alternative<HandlingUnitOpened>(fact) || std::holds_alternative<HandlingUnitMoved>(fact) ||
         std::holds_alternative<Packed>(fact) || std::holds_alternative<VesselDeclared>(fact);
}

/// A draft that stands where `wrong` stood, with everything as it was.
Draft in_place_of(const View& view, const Entry& wrong) {
  Draft draft(wrong.kind, view);
  Entry& entry = draft.entry;
  entry.occurred = wrong.occurred, entry.settled_at = wrong.settled_at, draft.keeps_settled = true;
  entry.document = wrong.document, entry.reference = wrong.reference, entry.partner = wrong.partner,
  entry.address = wrong.address, entry.run = wrong.run;
  entry.lines = wrong.lines, entry.reverses = {wrong.seq};
  for (const Fact& fact : wrong.facts)
    if (goes_with_lines(fact)) entry.facts.push_back(fact);
  return draft;
}

void note_header(Draft& draft, std::string which, std::string old_value, std::string new_value) {
  if (old_value != new_value) draft.fact(HeaderChanged{std::move(which), std::move(old_value), std::move(new_value)});
}

/// Removing a line moves those behind it: assignments and typed quantities follow.
void remove_lines(Entry& entry, const std::vector<std::size_t>& removed) {
  const auto moved = [&](std::uint32_t line) {
    return line - static_cast<std::uint32_t>(
                      std::count_if(removed.begin(), removed.end(), [&](std::size_t r) { return r < line; }));
  };
  const auto is_gone = [&](std::uint32_t line) {
    return std::find(removed.begin(), removed.end(), line) != removed.end();
  };
  std::erase_if(entry.facts, [&](Fact& fact) {
    if (auto* assigned = std::get_if<Assigned>(&fact)) {
      if (is_gone(assigned->line)) return true;
      assigned->line = moved(assigned->line);
    }
    if (auto* typed = std::get_if<Typed>(&fact)) {
      if (is_gone(typed->line)) return true;
      typed->line = moved(typed->line);
    }
    if (auto* step = std::get_if<ForOrder>(&fact)) {
      if (is_gone(step->line)) return true;
      step->line = moved(step->line);
    }
    return false;
  });
  std::vector<Line> kept;
  for (std::size_t i = 0; i < entry.lines.size(); ++i)
    if (!is_gone(static_cast<std::uint32_t>(i))) kept.push_back(entry.lines[i]);
  entry.lines = std::move(kept);
}

/// Whether the line's goods went along with a pallet or case.
bool is_carried(const Entry& entry, const Line& line) {
  return line.handling_unit != 0 && std::any_of(entry.facts.begin(), entry.facts.end(), [&](const Fact& fact) {
           const auto* moved = std::get_if<HandlingUnitMoved>(&fact);
           return moved && moved->handling_unit == line.handling_unit && moved->from == line.from.value &&
                  moved->to == line.to.value;
         });
}

/// What a line put on a pallet or into a case is on it as the line says now, what it took off one was off it, and what
/// went along with one was on it when it went. Call before lines are removed.
void follow_on_units(Entry& entry, const Entry& wrong, const std::vector<std::size_t>& removed) {
  std::vector<Fact> loads;
  for (std::size_t i = 0; i < wrong.lines.size() && i < entry.lines.size(); ++i) {
    const Line &was = wrong.lines[i], &is = entry.lines[i];
    const bool is_gone = std::find(removed.begin(), removed.end(), i) != removed.end();
    if (was == is && !is_gone) continue;
    if (is_carried(wrong, was)) {
      loads.emplace_back(Packed{was.handling_unit, was.lot.value, was.serial, was.quantity, was.quantity2, true});
      if (!is_gone)
        loads.emplace_back(Packed{was.handling_unit, is.lot.value, is.serial, is.quantity, is.quantity2, false});
      continue;
    }
    const bool is_off = was.handling_unit == 0;
    const auto fact = std::find_if(entry.facts.begin(), entry.facts.end(), [&](const Fact& other) {
      const auto* packed = std::get_if<Packed>(&other);
      return packed && packed->is_off == is_off && (is_off || packed->handling_unit == was.handling_unit) &&
             packed->lot == was.lot.value && packed->serial == was.serial && packed->quantity == was.quantity &&
             packed->quantity2 == was.quantity2;
    });
    if (fact == entry.facts.end()) continue;
    if (is_gone)
      entry.facts.erase(fact);
    else
      *fact = Packed{std::get<Packed>(*fact).handling_unit, is.lot.value, is.serial, is.quantity, is.quantity2, is_off};
  }
  // It was loaded before it went.
  const auto first = std::find_if(entry.facts.begin(), entry.facts.end(),
                                  [](const Fact& fact) { return std::holds_alternative<HandlingUnitMoved>(fact); });
  entry.facts.insert(first, loads.begin(), loads.end());
}

void correct_line(Look& look, Draft& draft, const Entry& wrong, const CorrectedLine& given, std::size_t i) {
  Entry& entry = draft.entry;
  if (static_cast<std::size_t>(given.line) >= entry.lines.size())
    return look.refuse(Code::out_of_range, at("lines", i, "line"),
                       "The entry has " + std::to_string(entry.lines.size()) + " lines, counted from 0.");
  Line& line = entry.lines[static_cast<std::size_t>(given.line)];
  const Item& item = *look.masters().items.find(look.view().lot(line.lot)->lot.item);
  if (line.serial != 0 && (given.quantity || given.quantity2 || !given.lot.empty()))
    return look.refuse(Code::serials_needed, at("lines", i, "serial"),
                       "That line is about one unit: name the right one by its number, or take the line out.");
  if (!given.serial.empty())
    put_other_unit(look, draft, wrong, static_cast<std::size_t>(given.line), given.serial, at("lines", i, "serial"));
  if (!given.lot.empty()) {
    const FoundLot lot = look.lot(item.code, given.lot, at("lines", i, "item"), at("lines", i, "lot"));
    if (lot) line.lot = lot.id();
  }
  if (given.quantity) {
    const std::optional<Decimal> quantity =
        look.quantity(*given.quantity, given.unit, item, given.lot, at("lines", i, "quantity"));
    if (quantity) line.quantity = *quantity;
    std::erase_if(entry.facts, [&](const Fact& fact) {
      const auto* typed = std::get_if<Typed>(&fact);
      return typed && typed->line == static_cast<std::uint32_t>(given.line);
    });
    if (!given.unit.empty() && given.unit != item.unit)
      draft.fact(Typed{static_cast<std::uint32_t>(given.line), given.quantity->text(), given.unit});
  }
  if (given.quantity2)
    if (const std::optional<Decimal> quantity2 = look.quantity2(given.quantity2, item, at("lines", i, "quantity2")))
      line.quantity2 = *quantity2;
  const bool goes_along = is_carried(wrong, wrong.lines[static_cast<std::size_t>(given.line)]);
  const auto set_place = [&](Id<Place>& end, const std::string& code, std::string_view name) {
    if (code.empty()) return;
    if (goes_along)
      return look.refuse(Code::cannot_be_corrected, at("lines", i, name),
                         "Goods on a handling unit go where it goes. Undo the entry, or void the dispatch, and record "
                         "it as what it was.");
    if (!ends::holds_stock(end))
      return look.refuse(
          Code::cannot_be_corrected, at("lines", i, name),
          "That end of the line is not a location of yours. Undo the entry and record it as what it was.");
    if (const Id<Place> place = look.place(code, at("lines", i, name))) end = place;
  };
  set_place(line.from, given.from, "from");
  set_place(line.to, given.to, "to");
  if (line.from == line.to)
    look.refuse(Code::same_place, at("lines", i, "to"), "The line would end where it begins. Remove it instead.");
}

}  // namespace

/// Something that the entry speaks of, so that its history names whatever takes the entry back.
static std::uint32_t subject_of(const View& view, const Entry& entry) {
  if (!entry.lines.empty()) return entry.lines.front().lot.value;
  if (entry.run) return entry.run.value;
  if (!entry.opened.empty()) return entry.opened.front().lot.value;
  std::uint32_t subject = 0;
  for (const Fact& fact : entry.facts) {
    if (const auto* f = std::get_if<LotChanged>(&fact)) subject = f->lot;
    if (const auto* f = std::get_if<LotNamed>(&fact)) subject = f->lot;
    if (const auto* f = std::get_if<HoldPlaced>(&fact)) subject = f->hold;
    if (const auto* f = std::get_if<HoldExtended>(&fact)) subject = f->hold;
    if (const auto* f = std::get_if<HoldLifted>(&fact)) subject = f->hold;
    if (const auto* f = std::get_if<RunOpened>(&fact)) subject = f->run;
    if (const auto* f = std::get_if<RunChanged>(&fact)) subject = f->run;
    if (const auto* f = std::get_if<Joined>(&fact)) subject = f->lot;
    if (const auto* f = std::get_if<Reading>(&fact)) subject = f->subject;
    if (const auto* f = std::get_if<Counted>(&fact)) subject = f->lot == 0 && f->complete ? f->place : f->lot;
    if (const auto* f = std::get_if<OrderSet>(&fact)) subject = f->order;
    if (const auto* f = std::get_if<FindingSet>(&fact)) subject = f->finding;
    if (const auto* f = std::get_if<WarrantySet>(&fact)) subject = f->serial;
    if (const auto* f = std::get_if<VesselDeclared>(&fact)) subject = f->place;
    if (const auto* f = std::get_if<HandlingUnitOpened>(&fact)) subject = f->handling_unit;
    if (const auto* f = std::get_if<HandlingUnitMoved>(&fact)) subject = f->handling_unit;
    if (const auto* f = std::get_if<Packed>(&fact)) subject = f->handling_unit;
    if (subject != 0) return subject;
  }
  // A correction without any of these speaks of what it corrects.
  for (const std::uint64_t reversed : entry.reverses)
    if (const Entry* earlier = view.entry(reversed); earlier && subject == 0) subject = subject_of(view, *earlier);
  return subject;
}

bool stands(const View& view, const Entry& entry) {
  const std::uint32_t subject = subject_of(view, entry);
  std::vector<const Entry*> entries{&entry};
  if (subject != 0)
    for (const std::uint64_t seq : view.history(subject)) entries.push_back(view.entry(seq));
  entries = standing(std::move(entries), UINT64_MAX);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry* e) { return e->seq == entry.seq; });
}

std::vector<const Entry*> standing_under(const View& view, std::string_view document) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.documents(document))
    if (const Entry* entry = view.entry(seq); stands(view, *entry)) entries.push_back(entry);
  return entries;
}

Result<Draft> decide(const Undo& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  Draft draft(EntryKind::undo, view);
  for (std::size_t i = 0; i < command.entries.size(); ++i) {
    const std::string here = "/entries/" + std::to_string(i);
    const Entry* entry = correctable(look, command.entries[i], here);
    if (!entry) continue;
    if (std::find(draft.entry.reverses.begin(), draft.entry.reverses.end(), entry->seq) != draft.entry.reverses.end()) {
      look.refuse(Code::malformed, here, "This entry is named twice.");
      continue;
    }
    // What an undo brought back goes again when the undo itself is undone.
    std::vector<std::uint64_t> gone{entry->seq};
    gone.insert(gone.end(), entry->reinstates.begin(), entry->reinstates.end());
    if (std::find_first_of(gone.begin(), gone.end(), draft.entry.reverses.begin(), draft.entry.reverses.end()) !=
        gone.end()) {
      look.refuse(Code::malformed, here, "This entry is taken back with another one that is named. Name it alone.");
      continue;
    }
    judge_states(look, *entry);
    // What it had taken back says the old again, which may have been changed since.
    if (entry->kind == EntryKind::undo || entry->kind == EntryKind::void_dispatch)
      for (const std::uint64_t seq : entry->reverses) judge_states(look, *view.entry(seq));
    for (const std::uint64_t seq : gone) judge_genealogy(look, *view.entry(seq));
    for (const std::uint64_t seq : entry->reverses) judge_genealogy(look, *view.entry(seq));
    draft.entry.reverses.insert(draft.entry.reverses.end(), gone.begin(), gone.end());
    draft.entry.reinstates.insert(draft.entry.reinstates.end(), entry->reverses.begin(), entry->reverses.end());
    draft.entry.occurred = entry->occurred, draft.entry.settled_at = entry->settled_at;
    draft.entry.partner = entry->partner, draft.entry.run = entry->run;
  }
  judge_returns(look, draft);
  if (!look.refused()) judge_orders(look, draft);
  if (look.refused()) return look.refusals();
  draft.keeps_settled = true;
  draft.entry.why = command.reason;
  return draft;
}

Result<Draft> decide(const Correct& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  const Entry* wrong = correctable(look, command.entry, "/entry");
  if (!wrong) return look.refusals();
  if (wrong->kind == EntryKind::undo || wrong->kind == EntryKind::void_dispatch) {
    look.refuse(Code::cannot_be_corrected, "/entry", "An undo or a void is taken back whole: undo it.");
    return look.refusals();
  }
  Draft draft = in_place_of(view, *wrong);
  Entry& entry = draft.entry;
  std::vector<std::size_t> removed;
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    correct_line(look, draft, *wrong, command.lines[i], i);
    if (command.lines[i].remove && static_cast<std::size_t>(command.lines[i].line) < wrong->lines.size())
      take_unit_out(view, draft, *wrong, wrong->lines[static_cast<std::size_t>(command.lines[i].line)]);
    if (command.lines[i].remove) removed.push_back(static_cast<std::size_t>(command.lines[i].line));
  }
  if (!command.partner.empty()) {
    const Role role =
        wrong->kind == EntryKind::dispatch || wrong->kind == EntryKind::return_goods ? Role::customer : Role::supplier;
    entry.partner = look.partner(command.partner, role, "/partner");
    if (entry.partner != wrong->partner && command.address.empty()) entry.address = {};
  }
  if (!command.address.empty()) entry.address = look.address(command.address, entry.partner, "/address");
  if (!command.document.empty()) entry.document = command.document;
  if (!command.reference.empty()) entry.reference = command.reference;
  if (look.refused()) return look.refusals();
  follow_on_units(entry, *wrong, removed);
  remove_lines(entry, removed);
  keep_bound(entry, *wrong);
  if (entry.lines != wrong->lines || entry.partner != wrong->partner)
    judge_genealogy(look, *wrong), judge_returns(look, draft), judge_orders(look, draft);
  const Masters& masters = view.masters();
  note_header(draft, "partner", std::string(masters.partners.code_of(wrong->partner)),
              std::string(masters.partners.code_of(entry.partner)));
  note_header(draft, "address", std::string(masters.addresses.code_of(wrong->address)),
              std::string(masters.addresses.code_of(entry.address)));
  note_header(draft, "document", wrong->document, entry.document);
  note_header(draft, "reference", wrong->reference, entry.reference);
  const bool is_same = entry.lines == wrong->lines && entry.partner == wrong->partner &&
                       entry.address == wrong->address && entry.document == wrong->document &&
                       entry.reference == wrong->reference && !command.occurred_at;
  if (is_same) look.refuse(Code::already_so, "", "The entry says so already; nothing was written.");
  if (look.refused()) return look.refusals();
  if (command.occurred_at) {
    draft.keeps_settled = false, draft.occurred_at = command.occurred_at;
    for (const Line& line : entry.lines)
      for (const Id<Place> end : {line.from, line.to})
        if (view.masters().places.find(end)) draft.place = end;
  }
  entry.why = command.reason;
  draft.quantity_field = "/lines";
  return draft;
}

namespace {

Result<Draft> replace_unit(const Replace& command, Look& look, const Entry& wrong) {
  const FoundItem item = look.item(command.item, "/item");
  if (!item) return look.refusals();
  if (command.with_serial.empty()) look.refuse(Code::missing, "/with_serial", "Say which unit was used.");
  judge_genealogy(look, wrong);
  Draft draft = in_place_of(look.view(), wrong);
  bool found = false;
  for (std::size_t i = 0; i < wrong.lines.size() && !found; ++i) {
    const Serial* unit = look.view().serial(Id<Serial>{wrong.lines[i].serial});
    if (!unit || unit->item != item.id || unit->code != command.serial) continue;
    found = true;
    if (!look.refused()) put_other_unit(look, draft, wrong, i, command.with_serial, "/with_serial");
  }
  if (!found)
    look.refuse(Code::unknown_serial, "/serial",
                "Entry " + std::to_string(wrong.seq) + " does not name unit " + command.serial + " of " + command.item +
                    ". Look at the entry.");
  if (!look.refused()) judge_returns(look, draft), judge_orders(look, draft);
  if (look.refused()) return look.refusals();
  follow_on_units(draft.entry, wrong, {});
  draft.entry.why = command.reason;
  draft.quantity_field = "/with_serial";
  return draft;
}

}  // namespace

Result<Draft> decide(const Replace& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const Entry* wrong = correctable(look, command.entry, "/entry");
  if (wrong && !command.serial.empty()) return replace_unit(command, look, *wrong);
  const FoundLot lot = look.lot(command.item, command.lot, "/item", "/lot"),
                 with = look.lot(command.item, command.with, "/item", "/with");
  if (!wrong || !lot || !with) return look.refusals();
  if (lot.id() == with.id()) look.refuse(Code::already_so, "/with", "That is the same lot.");
  judge_genealogy(look, *wrong);
  Draft draft = in_place_of(view, *wrong);
  bool found = false;
  for (Line& line : draft.entry.lines) {
    if (line.lot != lot.id() || !ends::holds_stock(line.from)) continue;
    line.lot = with.id();
    found = true;
  }
  if (!found)
    look.refuse(Code::unknown_lot, "/lot",
                "Entry " + std::to_string(command.entry) + " takes nothing out of lot " + command.lot + ".");
  judge_returns(look, draft);
  judge_orders(look, draft);
  if (look.refused()) return look.refusals();
  follow_on_units(draft.entry, *wrong, {});
  draft.entry.why = command.reason;
  draft.quantity_field = "/with";
  return draft;
}

}  // namespace lotbook
