// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "ledger/handling_units.h"
#include "ledger/view.h"
#include "model/place_ends.h"

// What an entry changes in the derived state: the one place where entries become stock, names, holds, runs and records.
// Live commands, imports and `verify` all come through here.

namespace lotbook {

namespace {

Decimal plus(Decimal a, Decimal b, bool forwards) { return forwards ? a + b : a - b; }

bool takes_facts_back(const Entry& entry) {
  return entry.kind == EntryKind::undo || entry.kind == EntryKind::void_dispatch;
}

/// Whether one of these entries is a correction that stands, or stood, in the place of entry `seq`.
bool is_replaced(std::span<const Entry* const> by, std::uint64_t seq) {
  return std::any_of(by.begin(), by.end(), [&](const Entry* entry) {
    return !takes_facts_back(*entry) &&
           std::find(entry->reverses.begin(), entry->reverses.end(), seq) != entry->reverses.end();
  });
}

void erase_value(std::vector<std::uint32_t>& from, std::uint32_t value) { std::erase(from, value); }

}  // namespace

LotState& View::known_lot(Id<Lot> id) {
  LotState* state = mutable_lot(id);
  check(state != nullptr, "an entry names a lot that was never opened");
  return *state;
}

void View::note_changed(LotState& state) {
  if (state.is_dirty || state.stock_is_dirty) return;
  changes_.lots.push_back(&state);
  if (reads_state_) changed_of_item_[state.lot.item.value].push_back(&state);
}

void View::dirty(LotState& state) {
  note_changed(state);
  state.is_dirty = true;
}

void View::dirty_stock(LotState& state) {
  note_changed(state);
  state.stock_is_dirty = true;
}

void View::move(Id<Lot> id, Id<Place> place, Decimal quantity, Decimal quantity2) {
  if (!ends::holds_stock(place)) return;
  LotState& state = known_lot(id);
  // A place that everything has left is taken for the next one, so that a lot which was moved often stays small.
  LotState::Cell *cell = nullptr, *free = nullptr;
  for (LotState::Cell& known : state.cells) {
    if (known.place == place) {
      cell = &known;
      break;
    }
    if (!known.is_stored && known.is_empty()) free = &known;
  }
  if (!cell) cell = free ? free : &state.cells.emplace_back();
  cell->place = place;
  cell->quantity += quantity, cell->quantity2 += quantity2;
  cell->is_dirty = true;
  dirty_stock(state);
  if (masters_->is_vessel(place)) note_in_vessel(place, id, cell->quantity.is_positive());
}

void View::note_in_vessel(Id<Place> vessel, Id<Lot> lot, bool lies_there) {
  lots_in_vessel(vessel);  // brings what lies there into memory
  std::vector<Id<Lot>>& lots = vessels_.at(vessel.value);
  const auto at = std::lower_bound(lots.begin(), lots.end(), lot);
  const bool is_known = at != lots.end() && *at == lot;
  if (is_known == lies_there) return;
  if (lies_there)
    lots.insert(at, lot);
  else
    lots.erase(at);
  if (reads_state_) changes_.vessel_lots.emplace_back(vessel, lot);
}

void View::apply_lines(const Entry& entry, bool forwards) {
  for (const Line& line : entry.lines) {
    move(line.lot, line.from, plus({}, line.quantity, !forwards), plus({}, line.quantity2, !forwards));
    move(line.lot, line.to, plus({}, line.quantity, forwards), plus({}, line.quantity2, forwards));
    if (line.serial == 0) continue;
    serial_moves_.push_back({line.serial, line.from, forwards ? -1 : 1});
    serial_moves_.push_back({line.serial, line.to, forwards ? 1 : -1});
  }
}

void View::open_lot(const LotOpened& opened, std::uint64_t seq) {
  check(!mutable_lot(opened.lot), "a lot is opened once");
  check(masters_->items.find(opened.item) != nullptr, "a lot is opened of an item that the book knows");
  LotState& state = lot_store_.emplace_back();
  Lot& lot = state.lot;
  lot.id = opened.lot, lot.item = opened.item, lot.code = opened.code, lot.quality = opened.quality,
  lot.origin = opened.origin;
  lot.expiry_calculated = opened.expiry_calculated, lot.received_on = opened.received_on,
  lot.produced_on = opened.produced_on;
  lot.expires_on = opened.expires_on, lot.best_before_on = opened.best_before_on, lot.retest_on = opened.retest_on,
  lot.opened_in = seq;
  state.stored_pick_day = pick_day(lot), state.stored_blocked = is_blocked(state);
  lots_.put(lot.id.value, &state);
  dirty(state);
  SameLook& names = names_looking_like(lot.item, lot.code);
  for (const LotName& name : names.names)
    check(name.kind != NameKind::own || name.code != lot.code, "an own code belongs to one lot of the item");
  add_name(names, {lot.item, lot.id, NameKind::own, {}, lot.code});
  if (!opened.issued_code.empty()) add_name({lot.item, lot.id, NameKind::issued, opened.issuer, opened.issued_code});
}

void View::add_name(LotName name) {
  SameLook& names = names_looking_like(name.item, name.code);
  add_name(names, std::move(name));
}

void View::add_name(SameLook& names, LotName name) {
  const bool known = std::any_of(names.names.begin(), names.names.end(), [&](const LotName& n) {
    return n.lot == name.lot && n.kind == name.kind && n.issuer == name.issuer && n.code == name.code;
  });
  if (known) return;
  if (reads_state_) changes_.names.push_back(name);
  names.names.push_back(std::move(name));
}

void View::drop_name(const LotName& name) {
  const auto same = [&](const LotName& n) {
    return n.lot == name.lot && n.kind == name.kind && n.issuer == name.issuer && n.code == name.code;
  };
  LotNames& names = names_looking_like(name.item, name.code).names;
  names.erase(std::remove_if(names.begin(), names.end(), same), names.end());
  if (reads_state_ && std::erase_if(changes_.names, same) == 0) changes_.names_dropped.push_back(name);
}

void View::change_lot(const LotChanged& change, bool forwards) {
  LotState& state = known_lot(Id<Lot>{change.lot});
  Lot& lot = state.lot;
  const std::string& from = forwards ? change.old_value : change.new_value;
  const std::string& to = forwards ? change.new_value : change.old_value;
  const auto day = [&] { return Date::parse(to).value_or(Date()); };
  switch (change.what) {
    case LotField::code:
      // The old code stays a findable alias (R12), also when the rename is undone.
      drop_name({lot.item, lot.id, NameKind::own, {}, from});
      add_name({lot.item, lot.id, NameKind::former, {}, from});
      drop_name({lot.item, lot.id, NameKind::former, {}, to});
      add_name({lot.item, lot.id, NameKind::own, {}, to});
      lot.code = to;
      break;
    case LotField::quality: {
      const std::optional<Quality> quality = choice_of<Quality>(to);
      check(quality.has_value(), "a quality status is one of its names");
      lot.quality = *quality;
      break;
    }
    case LotField::received_on: lot.received_on = day(); break;
    case LotField::produced_on: lot.produced_on = day(); break;
    case LotField::expires_on: lot.expires_on = day(); break;
    case LotField::best_before_on: lot.best_before_on = day(); break;
    case LotField::retest_on: lot.retest_on = day(); break;
    case LotField::expiry_calculated: lot.expiry_calculated = to == "true"; break;
  }
  dirty(state), dirty_stock(state);
}

void View::set_held(Id<Lot> id) {
  LotState& state = known_lot(id);
  const bool is_held = !holds_on(id).empty();
  if (is_held == state.is_held) return;
  state.is_held = is_held;
  dirty(state), dirty_stock(state);
}

void View::cover(Id<Hold> hold, std::span<const std::uint32_t> lots, bool covered) {
  for (const std::uint32_t id : lots) {
    const Id<Lot> lot{id};
    holds_on(lot);  // brings what stands into memory
    std::vector<std::uint32_t>& ids = lot_holds_[id];
    const bool stands = std::find(ids.begin(), ids.end(), hold.value) != ids.end();
    if (covered && !stands) ids.push_back(hold.value), changes_.hold_lots.emplace_back(hold, lot);
    if (!covered && stands) erase_value(ids, hold.value), changes_.hold_lots_dropped.emplace_back(hold, lot);
    set_held(lot);
  }
}

Run& View::mutable_run(Id<Run> id) {
  check(run(id) != nullptr, "an entry names a run that was never opened");
  if (reads_state_) changes_.runs.push_back(id.value);
  return *runs_.find(id.value);
}

Run& View::put_run(Run run) {
  Run* kept = runs_.find(run.id.value);
  if (!kept) runs_.put(run.id.value, kept = &run_store_.emplace_back());
  if (reads_state_) run_numbers_[run.number] = run.id.value, changes_.runs.push_back(run.id.value);
  *kept = std::move(run);
  return *kept;
}

Hold& View::mutable_hold(Id<Hold> id) {
  check(hold(id) != nullptr, "an entry names a hold that was never placed");
  changes_.holds.push_back(id.value);
  return holds_.at(id.value);
}

Masters& View::mutable_masters() {
  if (!own_masters_) own_masters_ = std::make_shared<Masters>(*masters_), masters_ = own_masters_;
  changes_.masters_changed = true;
  return *own_masters_;
}

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

void View::apply_facts(const Entry& entry, const Entry& posted_in) {
  const std::uint64_t seq = posted_in.seq;
  for (std::size_t i = 0; i < entry.facts.size(); ++i) {
    std::visit(Overloaded{
                   [&](const RecordSet& f) { mutable_masters().apply(f), changes_.records.push_back(f.id); },
                   [&](const LotChanged& f) { change_lot(f, true); },
                   [&](const LotNamed& f) {
                     add_name({known_lot(Id<Lot>{f.lot}).lot.item, Id<Lot>{f.lot}, NameKind::issued,
                               Id<Partner>{f.issuer}, f.code});
                   },
                   [&](const HoldPlaced& f) {
                     Hold placed{Id<Hold>{f.hold},   f.number, f.reason, posted_in.who, f.recall, f.flow,
                                 Id<Place>{f.place}, seq,      0};
                     if (const Hold* before = hold(placed.id))
                       placed.author = before->author, placed.opened_in = before->opened_in;
                     holds_[f.hold] = std::move(placed);
                     changes_.holds.push_back(f.hold);
                     cover(Id<Hold>{f.hold}, f.lots, true);
                   },
                   [&](const HoldExtended& f) { cover(Id<Hold>{f.hold}, f.lots, true); },
                   [&](const HoldLifted& f) {
                     if (f.wholly) mutable_hold(Id<Hold>{f.hold}).lifted_in = seq;
                     cover(Id<Hold>{f.hold}, f.lots, false);
                   },
                   [&](const RunOpened& f) {
                     const Run* before = run(Id<Run>{f.run});
                     Run opened{Id<Run>{f.run},
                                f.number,
                                f.kind,
                                f.state,
                                Id<Place>{f.place},
                                f.recipe,
                                before ? before->opened_in : seq,
                                0};
                     put_run(std::move(opened));
                   },
                   [&](const RunChanged& f) {
                     Run& changed = mutable_run(Id<Run>{f.run});
                     changed.state = f.new_state;
                     changed.closed_in =
                         f.new_state == RunState::closed || f.new_state == RunState::cancelled ? seq : 0;
                   },
                   [&](const OrderSet& f) {
                     const bool is_known = trade_order(Id<TradeOrder>{f.order}) != nullptr;
                     TradeOrder& order = trade_orders_[f.order];
                     if (is_known) note_order_changes(order);
                     order.id.value = f.order, order.kind = f.kind, order.number = f.number;
                     order.partner.value = f.partner, order.address.value = f.address, order.site.value = f.site;
                     order.due_on = f.due_on, order.state = f.state;
                     if (!is_known) order.opened_in = seq;
                     trade_numbers_[{f.kind, f.number}] = f.order;
                     if (reads_state_) changes_.trade_orders.push_back(f.order);
                   },
                   [&](const OrderLineSet& f) {
                     TradeOrder& order = mutable_trade_order(Id<TradeOrder>{f.order}, f.order_line);
                     if (TradeLine* line = order.line(f.order_line)) {
                       line->quantity = f.quantity;
                       return;
                     }
                     order.lines.push_back({f.order_line, Id<Item>{f.item}, f.quantity, {}, {}, {}});
                     std::sort(order.lines.begin(), order.lines.end(),
                               [](const TradeLine& a, const TradeLine& b) { return a.line < b.line; });
                   },
                   [&](const Joined& f) {
                     changes_.joined.push_back({Id<Lot>{f.lot}, Id<Lot>{f.with}, seq});
                     changes_.joined.push_back({Id<Lot>{f.with}, Id<Lot>{f.lot}, seq});
                   },
                   [&](const Reading& f) {
                     changes_.readings.push_back({f.subject, f.attribute, seq, f.value, f.unit});
                   },
                   [&](const Noticed& f) {
                     // Without a sentence it stands on the entry alone: an old plant may have picked out of order a
                     // million times, and nobody is asked to look at each.
                     if (!f.detail.empty()) changes_.noticed.push_back({seq, i, f.code, Id<Lot>{f.lot}});
                   },
                   [&](const SerialsOpened& f) { open_serials(f, entry.seq); },
                   [&](const Installed& f) { set_inside(known_serial(f.serial), Id<Serial>{f.into}); },
                   [&](const Removed& f) { set_inside(known_serial(f.serial), {}); },
                   [&](const UnitsHeld& f) { cover_units(Id<Hold>{f.hold}, f.serials, true); },
                   [&](const UnitsFreed& f) { cover_units(Id<Hold>{f.hold}, f.serials, false); },
                   [&](const HandlingUnitsHeld& f) { cover_handling_units(f.hold, f.handling_units, true); },
                   [&](const HandlingUnitsFreed& f) { cover_handling_units(f.hold, f.handling_units, false); },
                   [&](const FindingSet& f) { set_finding(f, entry.seq, true); },
                   [&](const Signed& f) { changes_.signatures.emplace_back(f.entry, seq); },
                   [&](const Erased& f) {
                     for (const std::string& text : f.hashes)
                       if (const std::optional<Bytes> bytes = from_hex(text); bytes && bytes->size() == 32) {
                         Hash hash;
                         std::copy(bytes->begin(), bytes->end(), hash.begin());
                         changes_.erased.push_back(hash);
                       }
                   },
                   [&](const auto&) {},  // facts that stand in the entry alone: planned, loss, assigned, assumed,
                                         // typed, refused, counted, header;
                                         // and steps of orders, which go with the lines
               },
               entry.facts[i]);
  }
}

void View::reverse_facts(const Entry& entry, const Entry& posted_in) {
  const std::uint64_t seq = posted_in.seq;
  for (auto fact = entry.facts.rbegin(); fact != entry.facts.rend(); ++fact) {
    std::visit(Overloaded{
                   [&](const RecordSet& f) { mutable_masters().apply_reversed(f), changes_.records.push_back(f.id); },
                   [&](const LotChanged& f) { change_lot(f, false); },
                   [&](const LotNamed& f) {
                     drop_name({known_lot(Id<Lot>{f.lot}).lot.item, Id<Lot>{f.lot}, NameKind::issued,
                                Id<Partner>{f.issuer}, f.code});
                   },
                   [&](const HoldPlaced& f) {
                     mutable_hold(Id<Hold>{f.hold}).lifted_in = seq;
                     cover(Id<Hold>{f.hold}, f.lots, false);
                   },
                   [&](const HoldExtended& f) { cover(Id<Hold>{f.hold}, f.lots, false); },
                   [&](const HoldLifted& f) {
                     if (f.wholly) mutable_hold(Id<Hold>{f.hold}).lifted_in = 0;
                     cover(Id<Hold>{f.hold}, f.lots, true);
                   },
                   [&](const RunOpened& f) {
                     Run& opened = mutable_run(Id<Run>{f.run});
                     opened.state = RunState::cancelled, opened.closed_in = seq;
                   },
                   [&](const RunChanged& f) {
                     Run& changed = mutable_run(Id<Run>{f.run});
                     changed.state = f.old_state, changed.closed_in = 0;
                   },
                   [&](const Joined& f) {
                     std::erase_if(changes_.joined, [&](const JoinedRow& row) {
                       return (row.lot.value == f.lot && row.with.value == f.with) ||
                              (row.lot.value == f.with && row.with.value == f.lot);
                     });
                     changes_.joined_dropped.push_back({Id<Lot>{f.lot}, Id<Lot>{f.with}, entry.seq});
                     changes_.joined_dropped.push_back({Id<Lot>{f.with}, Id<Lot>{f.lot}, entry.seq});
                   },
                   [&](const Reading& f) {
                     changes_.readings_dropped.push_back({f.subject, f.attribute, entry.seq, {}, {}});
                   },
                   [&](const SerialsOpened& f) { take_back_serials(f); },
                   [&](const Installed& f) { set_inside(known_serial(f.serial), {}); },
                   [&](const Removed& f) { set_inside(known_serial(f.serial), Id<Serial>{f.from}); },
                   [&](const UnitsHeld& f) { cover_units(Id<Hold>{f.hold}, f.serials, false); },
                   [&](const UnitsFreed& f) { cover_units(Id<Hold>{f.hold}, f.serials, true); },
                   [&](const HandlingUnitsHeld& f) { cover_handling_units(f.hold, f.handling_units, false); },
                   [&](const HandlingUnitsFreed& f) { cover_handling_units(f.hold, f.handling_units, true); },
                   [&](const FindingSet& f) { set_finding(f, entry.seq, false); },
                   [&](const auto&) {},  // what an erasure took away does not come back
               },
               *fact);
  }
}

void View::apply(const Entry& entry) {
  check(entry.seq == head_.seq + 1, "entries are numbered without a gap");
  head_.seq = entry.seq;
  // Corrections first: what they take back may be what the new lines need.
  std::vector<const Entry*> reversed, reinstated;
  for (const std::uint64_t seq : entry.reverses) reversed.push_back(this->entry(seq));
  for (const std::uint64_t seq : entry.reinstates) reinstated.push_back(this->entry(seq));
  // A correction replaces the lines; what the entry changed beside them (a hold placed, a status) is undone only by an
  // undo, and stays when the correction is undone and comes back.
  for (const Entry* earlier : reversed) {
    check(earlier != nullptr && earlier->seq < entry.seq, "a correction points at an earlier entry");
    apply_lines(*earlier, false);
    apply_for_orders(*earlier, false);
    if (takes_facts_back(entry) && !is_replaced(reinstated, earlier->seq)) reverse_facts(*earlier, entry);
  }
  for (const Entry* earlier : reinstated) {
    check(earlier != nullptr && earlier->seq < entry.seq, "a reinstated entry is an earlier one");
    apply_lines(*earlier, true);
    apply_for_orders(*earlier, true);
    if (!is_replaced(reversed, earlier->seq)) apply_facts(*earlier, entry);
  }
  // Records first: a lot may be opened of an item that this very entry makes.
  for (const LotOpened& opened : entry.opened) {
    if (!masters_->items.find(opened.item))
      for (const Fact& fact : entry.facts)
        if (const auto* set = std::get_if<RecordSet>(&fact); set && set->id == opened.item.value)
          mutable_masters().apply(*set);
    open_lot(opened, entry.seq);
  }
  apply_lines(entry, true);
  apply_facts(entry, entry);
  settle_serials();
  apply_for_orders(entry, true);  // behind the facts: they may make the order
  for_each_handling_unit_part(*this, entry,
                              [this](const Entry& part, bool forwards) { apply_for_handling_units(part, forwards); });
  note_touches(entry);
  if (!entry.document.empty()) changes_.documents.emplace_back(entry.document, entry.seq);
  if (!entry.reference.empty() && entry.reference != entry.document)
    changes_.documents.emplace_back(entry.reference, entry.seq);
  if (!entry.key.empty()) changes_.idem.emplace_back(idem_key(entry.client, entry.key), entry.seq);
  head_.settled_max = std::max(head_.settled_max, entry.settled_at);
  note_ids(entry);
}

void View::note_ids(const Entry& entry) {
  const auto given = [&](std::uint32_t id) { head_.next_id = std::max(head_.next_id, id + 1); };
  for (const LotOpened& opened : entry.opened) given(opened.lot.value);
  for (const Fact& fact : entry.facts) {
    if (const auto* set = std::get_if<RecordSet>(&fact)) given(set->id);
    if (const auto* hold = std::get_if<HoldPlaced>(&fact)) given(hold->hold);
    if (const auto* run = std::get_if<RunOpened>(&fact)) given(run->run);
    if (const auto* units = std::get_if<SerialsOpened>(&fact); units && !units->codes.empty())
      given(units->first + static_cast<std::uint32_t>(units->codes.size()) - 1);
    if (const auto* pallet = std::get_if<HandlingUnitOpened>(&fact)) given(pallet->handling_unit);
    if (const auto* order = std::get_if<OrderSet>(&fact)) given(order->order);
    if (const auto* set = std::get_if<FindingSet>(&fact)) given(set->finding);
  }
}

void View::collect_subjects(const Entry& entry, std::vector<std::uint32_t>& subjects) const {
  for (const Line& line : entry.lines) {
    subjects.push_back(line.lot.value);
    if (line.serial != 0) subjects.push_back(line.serial);
    for (const Id<Place> end : {line.from, line.to})
      if (masters_->is_vessel(end)) subjects.push_back(end.value);  // what a vessel holds is told by its history
  }
  if (entry.run) subjects.push_back(entry.run.value);
  for (const Fact& fact : entry.facts) {
    std::visit(Overloaded{
                   [&](const RecordSet& f) { subjects.push_back(f.id); },
                   [&](const LotChanged& f) { subjects.push_back(f.lot); },
                   [&](const LotNamed& f) { subjects.push_back(f.lot); },
                   [&](const HoldPlaced& f) {
                     subjects.push_back(f.hold), subjects.insert(subjects.end(), f.lots.begin(), f.lots.end());
                   },
                   [&](const HoldExtended& f) {
                     subjects.push_back(f.hold), subjects.insert(subjects.end(), f.lots.begin(), f.lots.end());
                   },
                   [&](const HoldLifted& f) {
                     subjects.push_back(f.hold), subjects.insert(subjects.end(), f.lots.begin(), f.lots.end());
                   },
                   [&](const RunOpened& f) { subjects.push_back(f.run); },
                   [&](const RunChanged& f) { subjects.push_back(f.run); },
                   [&](const Assumed& f) {
                     subjects.push_back(f.lot);
                     if (f.into != 0) subjects.push_back(f.into);
                   },
                   [&](const OrderSet& f) { subjects.push_back(f.order); },
                   [&](const Bound& f) { subjects.push_back(f.order); },
                   [&](const Unbound& f) { subjects.push_back(f.order); },
                   [&](const ForOrder& f) { subjects.push_back(f.order); },
                   [&](const Joined& f) { subjects.push_back(f.lot), subjects.push_back(f.with); },
                   [&](const UnitsHeld& f) {
                     subjects.push_back(f.hold), subjects.insert(subjects.end(), f.serials.begin(), f.serials.end());
                   },
                   [&](const UnitsFreed& f) {
                     subjects.push_back(f.hold), subjects.insert(subjects.end(), f.serials.begin(), f.serials.end());
                   },
                   [&](const HandlingUnitsHeld& f) {
                     subjects.push_back(f.hold);
                     subjects.insert(subjects.end(), f.handling_units.begin(), f.handling_units.end());
                   },
                   [&](const HandlingUnitsFreed& f) {
                     subjects.push_back(f.hold);
                     subjects.insert(subjects.end(), f.handling_units.begin(), f.handling_units.end());
                   },
                   [&](const WarrantySet& f) { subjects.push_back(f.serial); },
                   [&](const Signed& f) { subjects.push_back(f.signer); },
                   [&](const VesselDeclared& f) { subjects.push_back(f.place); },
                   [&](const HandlingUnitOpened& f) { subjects.push_back(f.handling_unit); },
                   [&](const HandlingUnitMoved& f) { subjects.push_back(f.handling_unit); },
                   [&](const Packed& f) { subjects.push_back(f.handling_unit), subjects.push_back(f.lot); },
                   [&](const FindingSet& f) {
                     subjects.push_back(f.finding);
                     if (f.lot != 0) subjects.push_back(f.lot);
                     if (f.serial != 0) subjects.push_back(f.serial);
                   },
                   [&](const Installed& f) { subjects.push_back(f.serial), subjects.push_back(f.into); },
                   [&](const Removed& f) { subjects.push_back(f.serial), subjects.push_back(f.from); },
                   [&](const Reading& f) {
                     if (f.subject != 0) subjects.push_back(f.subject);
                   },
                   [&](const Noticed& f) {
                     if (f.lot != 0) subjects.push_back(f.lot);
                   },
                   [&](const Counted& f) {
                     if (f.lot != 0) subjects.push_back(f.lot);
                     // A place's history tells when it was last counted completely (R63).
                     if (f.complete) subjects.push_back(f.place);
                   },
                   [&](const auto&) {},
               },
               fact);
  }
}

void View::note_touches(const Entry& entry) {
  std::vector<std::uint32_t>& subjects = subjects_;
  subjects.clear();
  collect_subjects(entry, subjects);
  // A correction of a correction speaks of what that one spoke of, over any number of steps.
  std::vector<std::uint64_t> reverses = entry.reverses;
  for (std::size_t i = 0; i < reverses.size(); ++i) {
    const Entry& reversed = *this->entry(reverses[i]);
    collect_subjects(reversed, subjects);
    for (const LotOpened& opened : reversed.opened) subjects.push_back(opened.lot.value);
    reverses.insert(reverses.end(), reversed.reverses.begin(), reversed.reverses.end());
  }
  for (const std::uint64_t seq : entry.reinstates) collect_subjects(*this->entry(seq), subjects);
  // The entry that opened a lot or a run is known from its row.
  std::vector<std::uint32_t>& opened_here = opened_here_;
  opened_here.clear();
  for (const LotOpened& opened : entry.opened) opened_here.push_back(opened.lot.value);
  for (const Fact& fact : entry.facts)
    if (const auto* opened = std::get_if<RunOpened>(&fact); opened && runs_.find(opened->run)->opened_in == entry.seq)
      opened_here.push_back(opened->run);
  for (const Fact& fact : entry.facts)
    if (const auto* units = std::get_if<SerialsOpened>(&fact))
      for (std::uint32_t i = 0; i < units->codes.size(); ++i) opened_here.push_back(units->first + i);
  std::sort(subjects.begin(), subjects.end());
  std::sort(opened_here.begin(), opened_here.end());
  auto here = opened_here.begin();
  std::uint32_t before = 0;
  for (const std::uint32_t subject : subjects) {
    if (subject == before) continue;
    before = subject;
    while (here != opened_here.end() && *here < subject) ++here;
    if (here == opened_here.end() || *here != subject) changes_.touches.emplace_back(subject, entry.seq);
  }
}

}  // namespace lotbook
