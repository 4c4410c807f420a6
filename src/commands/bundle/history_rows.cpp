// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "commands/bundle/history_in.h"
#include "commands/hold.h"
#include "commands/leaving.h"
#include "commands/lot_codes.h"
#include "commands/run_content.h"
#include "model/place_ends.h"
#include "model/standing.h"

namespace lotbook {

namespace {

std::string text_at(std::string_view field) { return trimmed_nfc(field).value_or(""); }

/// What is wrong with a code, in words; empty when nothing is.
std::string reason_against(const std::string& code, const BookSettings& book) {
  const std::optional<Code> fault = fault_of_code(code, book);
  if (!fault) return {};
  return *fault == Code::not_a_code ? "a code has 1 to 60 visible characters"
                                    : "\"" + code + "\" stands for no code; leave it empty";
}

bool is_conversion(RunKind kind) {
  return kind == RunKind::split || kind == RunKind::blend || kind == RunKind::relabel || kind == RunKind::repack;
}

}  // namespace

void HistoryIn::open_or_receive(const Row& row) {
  const bool is_receipt = row.event == Event::receive;
  const Id<Item> item = masters_.items.id_of(row.get(EventColumn::item));
  const Id<Place> to = place(row, EventColumn::to);
  const Id<Partner> supplier =
      is_receipt || row.has(EventColumn::partner) ? partner(row, EventColumn::partner) : Id<Partner>{};
  const Item* kind = masters_.items.find(item);
  const Id<Place> from = is_receipt ? ends::supplier : ends::opening;
  const bool is_by_unit = kind && kind->tracking == Tracking::serial;
  if (!kind || kind->tracking == Tracking::none || (row.has(EventColumn::serial) && !is_by_unit)) {
    LotRec* lot = named_lot(row);
    if (!lot || !to || (is_receipt && !supplier)) return;
    const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
    if (!much || !much2) return;
    begin_entry(row, is_receipt ? EntryKind::receive : EntryKind::open_stock);
    entry_.partner = supplier, entry_place_ = to;
    return line(row, *lot, from, to, *much, *much2);
  }
  const std::string own = text_at(row.get(EventColumn::lot)), label = text_at(row.get(EventColumn::supplier_lot));
  if (own.empty() && label.empty() && !is_by_unit)
    return fault(row, EventColumn::lot, "the item is tracked by lot: give its code, or the supplier's");
  if (!own.empty())
    if (const std::string reason = reason_against(own, masters_.book); !reason.empty())
      return fault(row, EventColumn::lot, reason);
  if (!label.empty())
    if (const std::string reason = reason_against(label, masters_.book); !reason.empty())
      return fault(row, EventColumn::supplier_lot, reason);
  Id<Partner> issuer = row.has(EventColumn::issuer) ? partner(row, EventColumn::issuer)
                       : !kind->maker.empty()       ? masters_.partners.id_of(kind->maker)
                                                    : supplier;
  LotOpened opened;
  date(row, EventColumn::produced_on, opened.produced_on), date(row, EventColumn::expires_on, opened.expires_on);
  date(row, EventColumn::best_before_on, opened.best_before_on), date(row, EventColumn::retest_on, opened.retest_on);
  if (!to || (is_receipt && !supplier) || (row.has(EventColumn::issuer) && !issuer)) return;
  const std::uint64_t delivery = document_hash(row.get(EventColumn::document), row.get(EventColumn::partner));
  begin_entry(row, is_receipt ? EntryKind::receive : EntryKind::open_stock);
  entry_.partner = supplier, entry_place_ = to;
  LotRec* lot = own.empty() ? nullptr : find_lot(item.value, own);
  if (own.empty() && label.empty()) {
    lot = lot_of_newcomer(row, item, delivery);
  } else if (own.empty()) {
    // R4, R5: the same label in one delivery is one lot; another delivery opens a new one unless the item keeps the
    // issuer's lots together.
    for (const LotOpened& here : entry_.opened)
      if (here.item == item && here.issuer == issuer && here.issued_code == label) lot = *by_id_.find(here.lot.value);
    for (const LotName& name : view_.names_like(item, label)) {
      if (lot || name.kind != NameKind::issued || name.code != label || name.issuer != issuer) continue;
      LotRec* known = load_lot(name.lot);
      if (kind->lot_per == LotPer::issuer_lot || (is_receipt && known->opened_by_row == delivery)) lot = known;
    }
  }
  if (lot && opened.expires_on && lot->expires_on && lot->expires_on != opened.expires_on) {
    if (lot->opened_by_row == delivery)
      return fault(row, EventColumn::expires_on,
                   "another row of this delivery gives the same lot with expiry " + lot->expires_on.text() + " (R5)");
    warn("expiry_differs", "Lot " + lot->code + " is known with expiry " + lot->expires_on.text() + ".", lot->id);
  }
  if (!lot) {
    opened.lot.value = next_id_++, opened.item = item, opened.origin = is_receipt ? Origin::received : Origin::opened;
    if (!label.empty()) opened.issuer = issuer, opened.issued_code = label;
    opened.code = own;
    if (own.empty() && !label.empty() && kind->lot_per == LotPer::issuer_lot && !find_lot(item.value, label))
      opened.code = label;
    if (opened.code.empty()) opened.code = series_code(item.value, opened.lot, to);
    opened.received_on = day(row, to);
    calculate_expiry(row, *kind, to, opened);
    lot = &add_lot(opened);
    lot->opened_by_row = delivery;
    if (own.empty() && label.empty()) keep_lot_of_newcomers(*lot, delivery);
  } else if (!label.empty()) {
    const auto bears = [&](const LotName& n) {
      return n.lot == lot->id && n.kind == NameKind::issued && n.issuer == issuer && n.code == label;
    };
    const auto& names = view_.names_like(item, label);
    const bool here = std::any_of(entry_.opened.begin(), entry_.opened.end(),
                                  [&](const LotOpened& o) { return o.lot == lot->id && o.issued_code == label; });
    if (!here && std::none_of(names.begin(), names.end(), bears))
      entry_.facts.emplace_back(LotNamed{lot->id.value, issuer.value, label});
  }
  if (is_by_unit && !bring_unit(row, *lot, issuer, from)) return;
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (much && much2) line(row, *lot, from, to, *much, *much2);
}

void HistoryIn::add_name(const Row& row) {
  const std::string code = text_at(row.get(EventColumn::supplier_lot));
  if (!row.has(EventColumn::lot)) return fault(row, EventColumn::lot, "say which lot, by its own code");
  if (code.empty()) return fault(row, EventColumn::supplier_lot, "say which further code the lot bears");
  if (const std::string reason = reason_against(code, masters_.book); !reason.empty())
    return fault(row, EventColumn::supplier_lot, reason);
  LotRec* lot = named_lot(row);
  const Id<Partner> issuer = partner(row, EventColumn::issuer);
  if (!lot || !issuer) return;
  begin_entry(row, EntryKind::add_name);
  entry_.facts.emplace_back(LotNamed{lot->id.value, issuer.value, code});
}

void HistoryIn::move_goods(const Row& row) {
  LotRec* lot = named_lot(row);
  const bool has_from = row.has(EventColumn::from), has_to = row.has(EventColumn::to);
  if (!has_from && !has_to) return fault(row, EventColumn::from, "say which location it left, or which it came to");
  if ((!has_from || !has_to) && !row.has(EventColumn::document))
    return fault(row, EventColumn::document, "half of a transfer needs the document that joins both halves");
  const Id<Place> from = has_from ? place(row, EventColumn::from) : ends::in_transit,
                  to = has_to ? place(row, EventColumn::to) : ends::in_transit;
  if (!lot || !from || !to) return;
  if (from == to) return fault(row, EventColumn::to, "the goods are there already");
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, !has_to ? EntryKind::transfer_out : !has_from ? EntryKind::transfer_in : EntryKind::move);
  entry_place_ = has_from ? from : to;
  line(row, *lot, from, to, *much, *much2);
}

void HistoryIn::consume(const Row& row) {
  RunRec* run = run_of(row, true);
  LotRec* lot = named_lot(row);
  const Id<Place> from = place(row, EventColumn::from);
  if (!run || !lot || !from) return;
  if (run->is_closed) return fault(row, EventColumn::document, "run " + run->number + " is closed");
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  if (run->kind != RunKind::rework && run->kind != RunKind::disassembly &&
      std::find(run->outputs.begin(), run->outputs.end(), lot->id.value) != run->outputs.end())
    return fault(row, EventColumn::lot,
                 "run " + run->number + " yielded that lot; only a rework run may use what it yields (R71)");
  begin_entry(row, EntryKind::consume);
  entry_.run = run->id, entry_place_ = from;
  if (!run->place) run->place = from;
  if (!lot->is_untracked) {
    judge_use(row, *lot, from,
              {.purpose = Purpose::consume, .is_order_of_holder = masters_.have_one_holder(run->place, from)});
    if (lot->used_by_run != run->id.value) run->inputs.push_back(lot->id.value);
    lot->used_by_run = run->id.value;
  }
  line(row, *lot, from, is_conversion(run->kind) ? ends::conversion : ends::process, *much, *much2);
  const auto line_number = static_cast<std::uint32_t>(entry_.lines.size() - 1);
  const bool flows = holds_flow_ || new_holds_flow_;
  if (row.has(EventColumn::into)) {
    const std::string into = text_at(row.get(EventColumn::into));
    const auto planned = assigned_outputs_.find(run->number + '\x1f' + into);
    if (planned == assigned_outputs_.end())
      return fault(row, EventColumn::into, "run " + run->number + " yields no lot or unit " + into);
    // Two outputs of one code: nothing here may choose (R8), so the input went into either as far as anyone can tell.
    if (planned->second.size() > 1)
      warn("into_fits_several",
           "Run " + run->number + " yields " + into + " of several items; the input is linked to each of them.",
           lot->id);
    for (const Planned& output : planned->second) {
      const std::uint64_t of_run = document_hash(run->number, "run");
      LotRec* target = !output.lot.empty() || !output.is_unit
                           ? find_lot(output.item.value, output.is_unit ? output.lot : into)
                           : lot_of_newcomer(row, output.item, of_run);
      if (!target) {
        // The batch number is taken before anything is yielded (R13), so that the input can name it.
        LotOpened opened;
        opened.lot.value = next_id_++, opened.item = output.item, opened.origin = Origin::produced;
        opened.code = output.is_unit ? output.lot : into;
        opened.produced_on = output.produced_on, opened.expires_on = output.expires_on,
        opened.best_before_on = output.best_before_on, opened.retest_on = output.retest_on;
        const Id<Place> where = masters_.places.id_of(output.place);
        if (!opened.produced_on)
          if (const std::optional<WrittenTime> time = WrittenTime::parse(output.time))
            opened.produced_on = time->day ? *time->day : masters_.zone_of(where).day_of(time->interval.at);
        calculate_expiry(row, *masters_.items.find(output.item), where, opened);
        const bool is_unnamed = opened.code.empty();
        if (is_unnamed) opened.code = series_code(output.item.value, opened.lot, where);
        target = &add_lot(opened);
        target->opened_by_run = run->id.value;
        if (is_unnamed) keep_lot_of_newcomers(*target, of_run);
      }
      const Interval when = row.time.at(masters_.zone_of(from));
      know_past_of(*target, *run);
      if (output.is_unit) {
        install_unit(row, *target, into, run->id);
        // Some unit of the lot was made before this went into another one: between lots, that is a link of the run.
        if (target->first_yield.at.microseconds != INT64_MAX && when.earliest() > target->first_yield.latest()) {
          if (flows) run->uses.emplace_back(lot->id.value, 0u);
          continue;
        }
      } else {
        target->last_assigned = std::max(target->last_assigned, when.earliest().microseconds);
      }
      if (target->first_yield.at.microseconds != INT64_MAX && when.earliest() > target->first_yield.latest())
        return fault(row, EventColumn::into, "an input that went into lot " + into + " cannot be later than it (R66)");
      entry_.facts.emplace_back(Assigned{line_number, target->id.value});
      if (flows) run->uses.emplace_back(lot->id.value, target->id.value);
    }
  } else if (flows && !lot->is_untracked) {
    run->uses.emplace_back(lot->id.value, 0u);
  }
}

/// What is known of an output in this run, also from an earlier import: when it came out first, and the latest input
/// that is assigned to it.
void HistoryIn::know_past_of(LotRec& output, const RunRec& run) {
  // What another run made of the same lot does not bound this one: a rework order yields into lots that are there.
  if (output.timed_by_run != run.id.value) {
    output.timed_by_run = run.id.value, output.knows_past = false;
    output.first_yield = Interval{Instant{INT64_MAX}, 0}, output.last_assigned = INT64_MIN;
  }
  if (output.knows_past || view_.is_new(output.id.value)) return;
  output.knows_past = true;
  const RunContent content = content_of(view_, run.id);
  if (const RunContent::Output* known = content.output(output.id)) output.first_yield = known->first;
  for (const std::uint64_t seq : content.posted)
    for (const Fact& fact : view_.entry(seq)->facts)
      if (const auto* assigned = std::get_if<Assigned>(&fact); assigned && assigned->output == output.id.value)
        output.last_assigned = std::max(output.last_assigned, view_.entry(seq)->occurred.earliest().microseconds);
}

void HistoryIn::produce(const Row& row) {
  RunRec* run = run_of(row, true);
  const Id<Item> item = masters_.items.id_of(row.get(EventColumn::item));
  const Id<Place> to = place(row, EventColumn::to);
  const Item* kind = masters_.items.find(item);
  const bool is_by_unit = kind && kind->tracking == Tracking::serial;
  if (!kind || kind->tracking == Tracking::none || (row.has(EventColumn::serial) && !is_by_unit)) {
    LotRec* lot = named_lot(row);
    if (!lot || !run || !to) return;
    const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
    if (!much || !much2) return;
    begin_entry(row, EntryKind::yield);
    entry_.run = run->id, entry_place_ = to, run->has_output = true;
    return line(row, *lot, is_conversion(run->kind) ? ends::conversion : ends::process, to, *much, *much2);
  }
  if (!run || !to) return;
  if (run->is_closed) return fault(row, EventColumn::document, "run " + run->number + " is closed");
  const std::string own = text_at(row.get(EventColumn::lot));
  if (own.empty() && !is_by_unit) return fault(row, EventColumn::lot, "say which lot was made");
  if (const std::string reason = own.empty() ? std::string() : reason_against(own, masters_.book); !reason.empty())
    return fault(row, EventColumn::lot, reason);
  LotOpened opened;
  date(row, EventColumn::produced_on, opened.produced_on), date(row, EventColumn::expires_on, opened.expires_on);
  date(row, EventColumn::best_before_on, opened.best_before_on), date(row, EventColumn::retest_on, opened.retest_on);
  const std::uint64_t of_run = document_hash(run->number, "run");
  LotRec* lot = own.empty() ? lot_of_newcomer(row, item, of_run) : find_lot(item.value, own);
  if (lot && run->kind != RunKind::rework && run->kind != RunKind::disassembly &&
      std::find(run->inputs.begin(), run->inputs.end(), lot->id.value) != run->inputs.end())
    return fault(row, EventColumn::lot,
                 "run " + run->number + " used that lot; only a rework run may yield into a lot that it used (R71)");
  begin_entry(row, EntryKind::yield);
  entry_.run = run->id, entry_place_ = to, run->has_output = true;
  if (!lot) {
    opened.lot.value = next_id_++, opened.item = item, opened.code = own, opened.origin = Origin::produced;
    if (!opened.produced_on) opened.produced_on = day(row, to);
    if (own.empty()) opened.code = series_code(item.value, opened.lot, to);
    calculate_expiry(row, *kind, to, opened);
    lot = &add_lot(opened);
    lot->opened_by_run = run->id.value;
    if (own.empty()) keep_lot_of_newcomers(*lot, of_run);
  }
  if (std::find(run->outputs.begin(), run->outputs.end(), lot->id.value) == run->outputs.end())
    run->outputs.push_back(lot->id.value);
  know_past_of(*lot, *run);
  const Interval when = row.time.at(masters_.zone_of(to));
  if (lot->first_yield.at.microseconds == INT64_MAX || when.latest() < lot->first_yield.latest())
    lot->first_yield = when;
  const Id<Place> from = is_conversion(run->kind) ? ends::conversion : ends::process;
  if (is_by_unit) {
    if (!bring_unit(row, *lot, {}, from)) return;
    time_unit(*unit_, run->id);
    unit_->yielded_by = when.latest().microseconds;
    if (unit_->last_assigned > unit_->yielded_by)
      return fault(row, EventColumn::occurred_at,
                   "what went into unit " + unit_->code + " is later than this; it cannot be later than it (R66)");
  }
  if (lot->last_assigned > when.latest().microseconds)
    return fault(
        row, EventColumn::occurred_at,
        "an input that went into lot " + own + " is later than this; it cannot be later than its output (R66)");
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  line(row, *lot, from, to, *much, *much2);
  if (!new_holds_flow_) return;
  // R42: a hold that flows to new lots reaches what its lots go into.
  const auto has = [](const std::vector<HoldRec*>& holds, HoldRec* hold) {
    return std::find(holds.begin(), holds.end(), hold) != holds.end();
  };
  std::vector<HoldRec*> reaching;
  for (const auto& [input, assigned] : run->uses) {
    LotRec* const* used = by_id_.find(input);
    if (!used || (assigned != 0 && assigned != lot->id.value)) continue;
    for (HoldRec* hold : (*used)->flowing)
      if (!hold->is_lifted && !has(lot->flowing, hold) && !has(reaching, hold)) reaching.push_back(hold);
  }
  std::sort(reaching.begin(), reaching.end(), [](const HoldRec* x, const HoldRec* y) { return x->hold < y->hold; });
  for (HoldRec* hold : reaching) {
    entry_.facts.emplace_back(HoldExtended{hold->hold, {lot->id.value}});
    cover(*hold, *lot), ++lot->holds;
  }
}

void HistoryIn::close(const Row& row) {
  RunRec* run = run_of(row, false);
  if (!run) return;
  if (run->is_closed) return fault(row, EventColumn::document, "run " + run->number + " is closed already");
  begin_entry(row, EntryKind::close_order);
  entry_.run = run->id;
  entry_.facts.emplace_back(RunChanged{run->id.value, RunState::open, RunState::closed});
  run->is_closed = true;
}

void HistoryIn::dispatch(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> from = place(row, EventColumn::from);
  const Id<Partner> customer = partner(row, EventColumn::partner);
  Id<Address> address;
  if (row.has(EventColumn::to)) {
    address = masters_.addresses.id_of(row.get(EventColumn::to));
    const Address* found = masters_.addresses.find(address);
    if (!found || masters_.partners.id_of(found->partner) != customer)
      return fault(row, EventColumn::to,
                   "there is no delivery address " + std::string(row.get(EventColumn::to)) + " of that partner");
  }
  if (!lot || !from || !customer) return;
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, EntryKind::dispatch);
  entry_.partner = customer, entry_.address = address, entry_place_ = from;
  judge_use(row, *lot, from,
            {.purpose = Purpose::dispatch, .is_order_of_holder = is_held_by(masters_, from, customer)});
  line(row, *lot, from, ends::customer, *much, *much2);
  customers_[static_cast<std::uint64_t>(lot->id.value) << 32 | customer.value] += much->millionths();
}

void HistoryIn::void_dispatch(const Row& row) {
  const std::string document = text_at(row.get(EventColumn::document));
  const Id<Place> to = place(row, EventColumn::to);
  if (document.empty()) return fault(row, EventColumn::document, "say which dispatch never left, by its document");
  if (!to) return;
  begin_entry(row, EntryKind::void_dispatch);
  entry_place_ = to;
  const std::uint32_t* head = dispatch_heads_.find(document_hash(document));
  std::vector<Dispatched*> found;
  for (std::uint32_t at = head ? *head : 0; at != 0; at = dispatched_[at - 1].previous)
    if (!dispatched_[at - 1].is_void) found.push_back(&dispatched_[at - 1]);
  if (first_seq_ > 2 && found.empty() && !head) {
    // It may have left before this bundle.
    std::vector<const Entry*> entries;
    for (const std::uint64_t seq : view_.documents(document))
      if (seq < first_seq_) entries.push_back(view_.entry(seq));
    for (const Entry* entry : standing(std::move(entries), UINT64_MAX)) {
      const std::uint64_t seq = entry->seq;
      if (entry->kind != EntryKind::dispatch || entry->document != document) continue;
      Dispatched& old = dispatched_.emplace_back();
      old.seq = seq, old.previous = 0, old.address = entry->address;
      for (const Line& l : entry->lines) {
        LotRec* lot = load_lot(l.lot);
        load_history(*lot);
        const UnitRec* unit = l.serial != 0 ? load_unit(Id<Serial>{l.serial}) : nullptr;
        for (std::uint32_t m = lot->newest_move; m != UINT32_MAX; m = moves_[m].previous)
          if (moves_[m].settled == entry->settled_at.microseconds && moves_[m].to == ends::customer.value &&
              moves_[m].quantity == l.quantity.millionths() && unit_of_move(m) == unit &&
              std::find(old.moves.begin(), old.moves.end(), m) == old.moves.end()) {
            old.moves.push_back(m);
            break;
          }
      }
      for (const Fact& fact : entry->facts)
        if (const auto* left = std::get_if<HandlingUnitMoved>(&fact))
          old.pallets.emplace_back(
              &pallet_of(view_.handling_unit(Id<HandlingUnit>{left->handling_unit})->sscc, Id<Place>{left->from}),
              Id<Place>{left->from});
      found.push_back(&old);
    }
  }
  if (found.empty()) {
    is_open_ = false;
    return fault(row, EventColumn::document, "no dispatch stands under " + document);
  }
  std::reverse(found.begin(), found.end());
  for (Dispatched* dispatch : found) {
    dispatch->is_void = true;
    entry_.reverses.push_back(dispatch->seq);
    entry_.address = dispatch->address;
    bring_back_pallets(*dispatch, to);
    const std::vector<std::uint32_t> taken_back = dispatch->moves;
    for (const std::uint32_t m : taken_back) {
      moves_[m].is_dead = true;
      LotRec& lot = **by_id_.find(moves_[m].lot);
      lot.is_out_of_order = true;
      const Id<Place> from{moves_[m].from};
      const Decimal much = Decimal::from_millionths(moves_[m].quantity),
                    much2 = Decimal::from_millionths(moves_[m].quantity2);
      change_stock(row, lot, from, much, much2);
      if ((unit_ = unit_of_move(m))) unit_->place = from;
      if (from != to) line(row, lot, from, to, much, much2);
    }
  }
}

void HistoryIn::return_goods(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> to = place(row, EventColumn::to);
  const Id<Partner> customer = partner(row, EventColumn::partner);
  if (!lot || !to || !customer) return;
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, EntryKind::return_goods);
  entry_.partner = customer, entry_place_ = to;
  if (row.has(EventColumn::reference))
    if (const std::uint32_t* head = dispatch_heads_.find(document_hash(text_at(row.get(EventColumn::reference))))) {
      // Back to the address that this very lot had left for.
      for (std::uint32_t at = *head; at != 0; at = dispatched_[at - 1].previous) {
        const Dispatched& dispatch = dispatched_[at - 1];
        const bool had = std::any_of(dispatch.moves.begin(), dispatch.moves.end(),
                                     [&](std::uint32_t m) { return moves_[m].lot == lot->id.value; });
        if (had || !entry_.address) entry_.address = dispatch.address;
      }
    }
  std::int64_t& net = customers_[static_cast<std::uint64_t>(lot->id.value) << 32 | customer.value];
  if (net < much->millionths() && !lot->is_untracked && lot->is_loaded) {
    HoldPlaced placed;
    placed.hold = next_id_++, placed.number = hold_series_number(view_, placed.hold),
    placed.reason = "returned goods of unproven origin", placed.place = to.value, placed.lots = {lot->id.value};
    entry_.facts.emplace_back(placed);
    HoldRec& hold = holds_.emplace_back(HoldRec{placed.hold, Flow::lot, {lot->id.value}, false});
    holds_by_number_[placed.number].push_back(&hold);
    ++lot->holds;
    warn("unproven_origin", "More came back than the customer had of lot " + lot->code + ".", lot->id);
  }
  net -= much->millionths();
  line(row, *lot, ends::customer, to, *much, *much2);
}

void HistoryIn::leave(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> from = place(row, EventColumn::from);
  const bool to_supplier = row.event == Event::return_to_supplier;
  const Id<Partner> supplier = to_supplier ? partner(row, EventColumn::partner) : Id<Partner>{};
  if (!to_supplier && !row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why");
  if (!lot || !from || (to_supplier && !supplier)) return;
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, to_supplier                   ? EntryKind::return_to_supplier
                   : row.event == Event::dispose ? EntryKind::dispose
                                                 : EntryKind::sample);
  entry_.partner = supplier, entry_place_ = from;
  line(row, *lot, from,
       to_supplier                   ? ends::supplier
       : row.event == Event::dispose ? ends::disposed
                                     : ends::sampled,
       *much, *much2);
}

void HistoryIn::count(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> where = place(row, EventColumn::to);
  if (!row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why it was counted");
  const bool is_complete = row.get(EventColumn::kind) == "complete";
  if (row.has(EventColumn::kind) && !is_complete)
    return fault(row, EventColumn::kind, "write complete, or leave it empty");
  if (!lot || !where) return;
  const std::optional<Decimal> much = quantity(row, *lot, true);
  const std::optional<Decimal> much2 =
      much && much->is_zero() && !row.has(EventColumn::quantity2) ? Decimal() : quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, EntryKind::count);
  entry_place_ = where;
  if (is_complete) countings_[counting_key(row)].named.insert(lot->id.value);
  // R59: the difference is taken against the book at the count's instant.
  const Interval when = row.time.at(masters_.zone_of(where));
  std::int64_t had = cell_of(*lot, where).quantity, had2 = cell_of(*lot, where).quantity2;
  load_history(*lot);
  const std::int64_t instant = row.time.day ? when.latest().microseconds : when.at.microseconds;
  if (unit_) {
    count_unit(row, *lot, where, !much->is_zero(), instant, is_complete);
    if (is_complete && countings_[counting_key(row)].last_line == row.line)
      finish_counting(countings_[counting_key(row)], where);
    return;
  }
  if (lot->last_settled > instant)
    for (std::uint32_t m = lot->newest_move; m != UINT32_MAX; m = moves_[m].previous) {
      if (moves_[m].is_dead || moves_[m].settled <= instant) continue;
      if (moves_[m].to == where.value) had -= moves_[m].quantity, had2 -= moves_[m].quantity2;
      if (moves_[m].from == where.value) had += moves_[m].quantity, had2 += moves_[m].quantity2;
    }
  entry_.facts.emplace_back(Counted{lot->id.value, where.value, *much, *much2, is_complete});
  const Decimal more = Decimal::from_millionths(much->millionths() - had),
                more2 = Decimal::from_millionths(much2->millionths() - had2);
  const auto above = [](Decimal d) { return std::max(d, Decimal()); };
  if (more.is_positive() || more2.is_positive()) line(row, *lot, ends::count, where, above(more), above(more2));
  if (more.is_negative() || more2.is_negative()) line(row, *lot, where, ends::count, above(-more), above(-more2));
  if (!is_complete) return;
  const Counting& counting = countings_[counting_key(row)];
  if (counting.last_line == row.line) finish_counting(counting, where);
}

std::string HistoryIn::counting_key(const Row& row) {
  return text_at(row.get(EventColumn::document)) + '\x1f' + std::string(row.get(EventColumn::to));
}

/// Lots that a complete count did not name are not there (R59).
void HistoryIn::finish_counting(const Counting& counting, Id<Place> where) {
  if (first_seq_ > 2)
    for (const Id<Lot> before : view_.behind().lots_in(where)) load_lot(before);  // what lay there before this bundle
  for (const std::uint32_t id : lots_at_[where.value]) {
    LotRec& lot = **by_id_.find(id);
    if (lot.kind->tracking == Tracking::serial) {
      finish_counting_units(lot, counting, where);
      continue;
    }
    if (lot.is_untracked || counting.named.contains(id)) continue;
    Cell& cell = cell_of(lot, where);
    if (cell.quantity <= 0 && cell.quantity2 <= 0) continue;
    const Decimal much = Decimal::from_millionths(cell.quantity), much2 = Decimal::from_millionths(cell.quantity2);
    cell.quantity = cell.quantity2 = 0;
    entry_.lines.push_back({lot.id, where, ends::count, much, much2, 0, 0});
    entry_.facts.emplace_back(Counted{id, where.value, {}, {}, true});
    moves_.push_back(
        {0, much.millionths(), much2.millionths(), id, where.value, ends::count.value, UINT32_MAX, 0, false});
    entry_moves_.push_back(static_cast<std::uint32_t>(moves_.size() - 1));
  }
}

void HistoryIn::adjust(const Row& row) {
  LotRec* lot = named_lot(row);
  const bool more = row.has(EventColumn::to);
  if (more == row.has(EventColumn::from))
    return fault(row, EventColumn::from, "say where less was found (from), or where more was found (to)");
  if (!row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why");
  const Id<Place> where = place(row, more ? EventColumn::to : EventColumn::from);
  if (!lot || !where) return;
  const std::optional<Decimal> much = quantity(row, *lot, false), much2 = quantity2(row, *lot);
  if (!much || !much2) return;
  begin_entry(row, EntryKind::adjust);
  entry_place_ = where;
  line(row, *lot, more ? ends::count : where, more ? where : ends::count, *much, *much2);
}

void HistoryIn::change_quality(const Row& row) {
  LotRec* lot = named_lot(row);
  if (!row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why");
  if (!lot) return;
  if (unit_)
    return fault(row, EventColumn::serial,
                 "quality decides about whole lots (R37): leave the unit out, or write a hold for it alone");
  const bool rejects = row.event == Event::reject;
  const Quality to = rejects ? Quality::rejected : Quality::quarantine;
  begin_entry(row, rejects ? EntryKind::reject : EntryKind::quarantine);
  if (lot->quality == to) return warn("already_so", "Lot " + lot->code + " had that status already.", lot->id);
  entry_.facts.emplace_back(
      LotChanged{lot->id.value, LotField::quality, std::string(name_of(lot->quality)), std::string(name_of(to))});
  lot->quality = to;
}

void HistoryIn::hold(const Row& row) {
  LotRec* lot = named_lot(row);
  const Id<Place> where = row.has(EventColumn::from) ? place(row, EventColumn::from) : Id<Place>{};
  if (!row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why");
  const std::optional<Flow> flow = row.has(EventColumn::kind) ? choice_of<Flow>(row.get(EventColumn::kind)) : Flow::lot;
  if (!flow) return fault(row, EventColumn::kind, "write lot, descendants or descendants_and_new");
  if (!lot || (row.has(EventColumn::from) && !where)) return;
  if (row.has(EventColumn::sscc)) return hold_pallet(row);
  if (unit_) return hold_unit(row);
  finish_entry();
  begin_entry(row, EntryKind::hold);
  HoldPlaced placed;
  placed.hold = next_id_++, placed.number = text_at(row.get(EventColumn::document)),
  placed.reason = text_at(row.get(EventColumn::reason)), placed.flow = *flow, placed.place = where.value;
  if (placed.number.empty()) placed.number = hold_series_number(view_, placed.hold);
  if (*flow == Flow::lot)
    placed.lots = {lot->id.value};
  else
    cover_descendants(*lot, placed.lots);
  HoldRec& hold = holds_.emplace_back(HoldRec{placed.hold, *flow, {}, false});
  holds_by_number_[text_at(row.get(EventColumn::document))].push_back(&hold);
  new_holds_flow_ |= *flow == Flow::descendants_and_new;
  for (const std::uint32_t id : placed.lots) {
    LotRec& covered = **by_id_.find(id);
    cover(hold, covered), ++covered.holds;
  }
  entry_.facts.emplace_back(std::move(placed));
}

void HistoryIn::release(const Row& row) {
  LotRec* lot = named_lot(row);
  if (!row.has(EventColumn::reason)) fault(row, EventColumn::reason, "say why");
  if (!lot) return;
  if (row.has(EventColumn::sscc)) return release_pallet(row);
  if (unit_) return release_unit(row);
  finish_entry();
  const std::string number = text_at(row.get(EventColumn::document));
  std::vector<HoldRec*> lifted;
  const auto covers = [&](const HoldRec* hold) {
    return !hold->is_lifted && std::find(hold->lots.begin(), hold->lots.end(), lot->id.value) != hold->lots.end();
  };
  for (HoldRec* hold : holds_by_number_[number])
    if (covers(hold)) lifted.push_back(hold);
  if (!number.empty() && lifted.empty() && view_.head().seq > 1)
    for (const Hold& before : view_.holds_numbered(number))
      if (before.lifted_in == 0 && view_.covers(before.id, lot->id)) {
        HoldRec& hold = holds_.emplace_back(HoldRec{before.id.value, before.flow, {}, false});
        for (const Id<Lot> id : view_.lots_under(before.id)) cover(hold, *load_lot(id));
        lifted.push_back(&hold);
      }
  if (!number.empty() && lifted.empty())
    return fault(row, EventColumn::document, "no hold " + number + " stands on that lot");
  begin_entry(row, number.empty() ? EntryKind::release : EntryKind::lift_hold);
  for (HoldRec* hold : lifted) {
    hold->is_lifted = true;
    entry_.facts.emplace_back(HoldLifted{hold->hold, true, hold->lots});
    for (const std::uint32_t id : hold->lots) --(*by_id_.find(id))->holds;
  }
  if (!number.empty()) return;
  if (lot->quality != Quality::released) {
    entry_.facts.emplace_back(
        LotChanged{lot->id.value, LotField::quality, std::string(name_of(lot->quality)), "released"});
    lot->quality = Quality::released;
  } else if (lifted.empty()) {
    warn("already_so", "Lot " + lot->code + " was released already.", lot->id);
  }
}

}  // namespace lotbook
