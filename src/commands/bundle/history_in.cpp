// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/history_in.h"

#include <algorithm>

#include "base/text.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

constexpr std::size_t most_faults = 1000;
constexpr std::int64_t future_allowed = 5 * microseconds_per_minute;  // R29

constexpr std::array<std::pair<std::string_view, Event>, 22> events{{
    {"open", Event::open},
    {"receive", Event::receive},
    {"name", Event::name},
    {"move", Event::move},
    {"consume", Event::consume},
    {"produce", Event::produce},
    {"close", Event::close},
    {"dispatch", Event::dispatch},
    {"void", Event::void_dispatch},
    {"return", Event::return_goods},
    {"return_to_supplier", Event::return_to_supplier},
    {"fill", Event::fill},
    {"empty", Event::empty},
    {"clean", Event::clean},
    {"dispose", Event::dispose},
    {"sample", Event::sample},
    {"count", Event::count},
    {"adjust", Event::adjust},
    {"hold", Event::hold},
    {"quarantine", Event::quarantine},
    {"reject", Event::reject},
    {"release", Event::release},
}};

}  // namespace

std::uint64_t HistoryIn::document_hash(std::string_view document, std::string_view partner) {
  const std::uint64_t hash = std::hash<std::string_view>{}(document)*31 + std::hash<std::string_view>{}(partner);
  return hash == 0 ? 1 : hash;
}

const CsvColumns& event_columns() {
  static const CsvColumns columns{{"occurred_at", "event",       "document",  "item",      "lot",     "serial",
                                   "quantity",    "unit",        "from",      "to",        "partner", "supplier_lot",
                                   "expires_on",  "produced_on", "reference", "reason",    "issuer",  "best_before_on",
                                   "retest_on",   "into",        "sscc",      "quantity2", "kind"},
                                  {"occurred_at", "event"}};
  return columns;
}

HistoryIn::HistoryIn(View& view, Instant now, const ImportOptions& options, std::vector<BundleFault>& faults,
                     ImportReport& report, Post post)
    : view_(view),
      now_(now),
      options_(options),
      faults_(faults),
      report_(report),
      post_(std::move(post)),
      masters_(view.masters()),
      next_id_(view.next_id()),
      first_seq_(view.head().seq + 1),
      next_seq_(view.head().seq + 1) {
  masters_.items.each([&](Id<Item> id, const Item&) {
    if (view_.is_new(id.value)) new_items_.insert(id.value);
  });
  // Holds that stand and flow to new lots go on doing so.
  view_.behind().standing_holds({}, [&](const Hold& before) {
    if (before.flow != Flow::descendants_and_new) return true;
    HoldRec& hold = holds_.emplace_back(HoldRec{before.id.value, before.flow, {}, false});
    for (const Id<Lot> lot : view_.lots_under(before.id)) cover(hold, *load_lot(lot));
    holds_by_number_[before.number].push_back(&hold);
    new_holds_flow_ = true;
    return true;
  });
}

bool HistoryIn::read_row(CsvReader& csv, Row& row) {
  row.csv = &csv, row.line = static_cast<std::uint32_t>(csv.line());
  const std::string_view name = row.get(EventColumn::event);
  const auto known = std::find_if(events.begin(), events.end(), [&](const auto& e) { return e.first == name; });
  if (known == events.end())
    return fault(row, EventColumn::event,
                 name.empty() ? "say what happened" : "there is no event " + std::string(name)),
           false;
  row.event = known->second;
  const std::string_view when = row.get(EventColumn::occurred_at);
  const std::optional<WrittenTime> time = WrittenTime::parse(when);
  if (!time)
    return fault(row, EventColumn::occurred_at,
                 "\"" + std::string(when) + "\" is no time; write 2026-03-02T09:15:00+01:00 or 2026-03-02"),
           false;
  row.time = *time;
  return true;
}

void HistoryIn::begin_entry(const Row& row, EntryKind kind) {
  // Rows of one document and instant that follow each other are one entry; what a run uses and yields at one instant
  // belongs together.
  const EntryKind grouped = kind == EntryKind::yield ? EntryKind::consume : kind;
  const std::array<std::string_view, 7> fields{
      row.get(EventColumn::occurred_at),
      row.get(EventColumn::document),
      row.get(EventColumn::partner),
      row.get(EventColumn::reference),
      row.get(EventColumn::reason),
      kind == EntryKind::dispatch || kind == EntryKind::count ? row.get(EventColumn::to) : std::string_view(),
      kind == EntryKind::count ? row.get(EventColumn::kind) : std::string_view()};
  const bool stands_alone = row.get(EventColumn::document).empty() || kind == EntryKind::hold ||
                            kind == EntryKind::lift_hold || kind == EntryKind::void_dispatch ||
                            kind == EntryKind::close_order || kind == EntryKind::fill || kind == EntryKind::empty ||
                            kind == EntryKind::clean;
  if (is_open_ && !stands_alone && group_.kind == grouped &&
      std::equal(fields.begin(), fields.end(), group_.fields.begin())) {
    if (entry_.kind != kind) entry_.kind = EntryKind::produce;
    return;
  }
  finish_entry();
  group_.kind = grouped;
  for (std::size_t i = 0; i < fields.size(); ++i) group_.fields[i].assign(fields[i]);
  is_open_ = true, is_day_ = row.time.day.has_value();
  entry_.clear();
  entry_.kind = kind, entry_.who = options_.who, entry_.recorded_at = now_;
  entry_.document.assign(row.get(EventColumn::document)), entry_.reference.assign(row.get(EventColumn::reference)),
      entry_.why.assign(row.get(EventColumn::reason));
  if (!entry_.document.empty()) entry_.document = trimmed_nfc(entry_.document).value_or("");
  if (!entry_.reference.empty()) entry_.reference = trimmed_nfc(entry_.reference).value_or("");
  if (!entry_.why.empty()) entry_.why = trimmed_nfc(entry_.why).value_or("");
  entry_place_ = {};
  entry_time_ = row.time;
}

/// R26, R27: the interval, and the one instant for past stock.
void HistoryIn::settle_entry() {
  entry_.occurred = entry_time_.at(masters_.zone_of(entry_place_));
  std::int64_t settled = entry_.occurred.at.microseconds;
  for (const std::uint32_t m : entry_moves_) load_history(**by_id_.find(moves_[m].lot));
  if (is_day_) {
    const std::int64_t latest = entry_.occurred.latest().microseconds;
    for (const std::uint32_t m : entry_moves_) {
      const LotRec& lot = **by_id_.find(moves_[m].lot);
      if (lot.last_settled <= latest) {
        settled = std::max(settled, lot.last_settled);
        continue;
      }
      for (std::uint32_t at = lot.newest_move; at != UINT32_MAX; at = moves_[at].previous)
        if (!moves_[at].is_dead && moves_[at].settled <= latest) settled = std::max(settled, moves_[at].settled);
    }
  }
  entry_.settled_at = Instant{settled};
  for (const std::uint32_t m : entry_moves_) {
    LotRec& lot = **by_id_.find(moves_[m].lot);
    moves_[m].settled = settled, moves_[m].previous = lot.newest_move;
    lot.newest_move = m;
    if (settled < lot.last_settled) lot.is_out_of_order = true;
    lot.last_settled = std::max(lot.last_settled, settled);
  }
  for (const auto& [unit, move] : entry_steps_) link_step(*unit, move);
  entry_steps_.clear();
}

void HistoryIn::finish_entry() {
  if (!is_open_) return;
  is_open_ = false;
  settle_entry();
  judge_order_of_use();
  carry_pallets();
  if (entry_.run) {
    // The run's first entry opens it.
    RunRec& run = runs_.find(entry_.document)->second;
    if (run.is_new) {
      run.is_new = false;
      entry_.facts.insert(entry_.facts.begin(),
                          RunOpened{run.id.value, run.number, run.kind, RunState::open, entry_place_.value, {}});
    }
  }
  if (entry_.occurred.earliest().microseconds > now_.microseconds + future_allowed)
    faults_.push_back({file_, entry_line_, "occurred_at", "that is in the future"});
  entry_.seq = next_seq_;
  if (entry_.kind == EntryKind::dispatch) {
    Dispatched& dispatch = dispatched_.emplace_back();
    std::uint32_t& head = dispatch_heads_[document_hash(entry_.document)];
    dispatch.seq = entry_.seq, dispatch.previous = head, dispatch.address = entry_.address,
    dispatch.moves = entry_moves_, dispatch.pallets = std::move(entry_pallets_gone_);
    head = static_cast<std::uint32_t>(dispatched_.size());
  }
  entry_moves_.clear(), entry_pallets_gone_.clear();
  ++next_seq_, ++report_.entries;
  if (faults_.empty() && !tolerates_want) post_(entry_);
}

void HistoryIn::open_first(const std::vector<ProposedOpening>& openings, Instant at) {
  for (const ProposedOpening& opening : openings) {
    const Id<Item> item = masters_.items.id_of(opening.item);
    const Id<Place> place = masters_.places.id_of(opening.place);
    is_open_ = true, is_day_ = false, group_ = Group();
    entry_.clear();
    entry_.kind = EntryKind::open_stock, entry_.who = options_.who, entry_.recorded_at = now_,
    entry_.why = "Stock that the history never brought in.";
    entry_place_ = place, entry_time_ = WrittenTime{{at, 0}, std::nullopt};
    LotRec* lot = opening.lot.empty() ? load_lot(view_.untracked_lot(item)) : find_lot(item.value, opening.lot);
    if (!lot) {
      LotOpened opened;
      opened.lot.value = next_id_++, opened.item = item, opened.code = opening.lot, opened.origin = Origin::opened;
      lot = &add_lot(std::move(opened));
    }
    Cell& cell = cell_of(*lot, place);
    cell.quantity += opening.quantity.millionths();
    keep_in_order(*lot, place, cell.quantity - opening.quantity.millionths(), cell.quantity);
    entry_.lines.push_back({lot->id, ends::opening, place, opening.quantity, {}, 0, 0});
    moves_.push_back(
        {0, opening.quantity.millionths(), 0, lot->id.value, ends::opening.value, place.value, UINT32_MAX, 0, false});
    entry_moves_.push_back(static_cast<std::uint32_t>(moves_.size() - 1));
    finish_entry();
  }
}

/// What cannot be told from the rows before: which outputs inputs are assigned to, since an input comes before its
/// output, and where a complete count ends.
void HistoryIn::read_ahead(const BundleFiles::File& file) {
  std::vector<BundleFault> ignored;
  CsvReader csv(file.name, file.text, event_columns(), ignored);
  Row row;
  row.csv = &csv;
  bool any_assigned = false;
  while (csv.next()) {
    any_assigned |= row.has(EventColumn::into);
    if (row.get(EventColumn::kind) == "complete") countings_[counting_key(row)].last_line = csv.line();
  }
  if (!any_assigned) return;
  CsvReader again(file.name, file.text, event_columns(), ignored);
  row.csv = &again;
  while (again.next()) {
    if (row.get(EventColumn::event) != "produce") continue;
    const Id<Item> item = masters_.items.id_of(row.get(EventColumn::item));
    if (!item) continue;
    const std::string lot = trimmed_nfc(row.get(EventColumn::lot)).value_or("");
    const auto day_at = [&](EventColumn column) { return Date::parse_last_of_month(row.get(column)).value_or(Date()); };
    const auto plan = [&](const std::string& code, bool is_unit) {
      std::vector<Planned>& outputs =
          assigned_outputs_[trimmed_nfc(row.get(EventColumn::document)).value_or("") + '\x1f' + code];
      if (std::any_of(outputs.begin(), outputs.end(),
                      [&](const Planned& p) { return p.item == item && p.is_unit == is_unit; }))
        return;
      outputs.push_back({item, day_at(EventColumn::produced_on), day_at(EventColumn::expires_on),
                         day_at(EventColumn::best_before_on), day_at(EventColumn::retest_on),
                         std::string(row.get(EventColumn::to)), row.get(EventColumn::occurred_at), lot, is_unit});
    };
    if (!lot.empty() || !row.has(EventColumn::serial)) plan(lot, false);
    if (row.has(EventColumn::serial)) plan(trimmed_nfc(row.get(EventColumn::serial)).value_or(""), true);
  }
}

void HistoryIn::take(const Row& row) {
  if (draws_unnamed(row)) return draw(row);
  act(row);
}

void HistoryIn::act(const Row& row) {
  unit_ = nullptr;
  switch (row.event) {
    case Event::open:
    case Event::receive: return open_or_receive(row);
    case Event::name: return add_name(row);
    case Event::move: return move_goods(row);
    case Event::consume: return consume(row);
    case Event::produce: return produce(row);
    case Event::close: return close(row);
    case Event::dispatch: return dispatch(row);
    case Event::void_dispatch: return void_dispatch(row);
    case Event::return_goods: return return_goods(row);
    case Event::return_to_supplier:
    case Event::dispose:
    case Event::sample: return leave(row);
    case Event::count: return count(row);
    case Event::adjust: return adjust(row);
    case Event::hold: return hold(row);
    case Event::quarantine:
    case Event::reject: return change_quality(row);
    case Event::release: return release(row);
    case Event::fill: return fill(row);
    case Event::empty:
    case Event::clean: return declare(row);
  }
}

void HistoryIn::read(const BundleFiles::File& events_file, std::size_t skip_bytes) {
  file_ = events_file.name;
  holds_flow_ = events_file.text.find("descendants") != std::string::npos;
  const std::string_view header = std::string_view(events_file.text).substr(0, events_file.text.find('\n'));
  if (header.find("into") != std::string_view::npos || header.find("kind") != std::string_view::npos)
    read_ahead(events_file);
  CsvReader csv(events_file.name, events_file.text, event_columns(), faults_);
  moves_.reserve(events_file.text.size() / 64);  // few rows are shorter; growing would move them all again and again
  Row row;
  while (faults_.size() < most_faults && csv.next()) {
    if (csv.offset() <= skip_bytes) continue;
    ++report_.events;
    if (!read_row(csv, row)) continue;
    entry_line_ = row.line;
    take(row);
  }
  finish_entry();
  if (options_.close_runs) close_runs();
  check_past();
  for (const auto& [number, run] : runs_) report_.open_runs += !run.is_closed;
  std::stable_sort(faults_.begin(), faults_.end(),
                   [](const BundleFault& a, const BundleFault& b) { return a.file == b.file && a.line < b.line; });
}

/// R94: runs that have an output and no close row, in order of their numbers so that the same bundle gives the same
/// entries.
void HistoryIn::close_runs() {
  std::map<std::string, RunRec*> open;
  for (auto& [number, run] : runs_)
    if (!run.is_closed && run.has_output) open.emplace(number, &run);
  for (const auto& [number, run] : open) {
    entry_.clear();
    entry_.kind = EntryKind::close_order, entry_.who = options_.who, entry_.recorded_at = now_,
    entry_.document = number, entry_.run = run->id, entry_.why = "Closed by the import.";
    entry_.facts.emplace_back(RunChanged{run->id.value, RunState::open, RunState::closed});
    entry_time_ = WrittenTime{{now_, 0}, std::nullopt};
    is_open_ = true, is_day_ = false, entry_place_ = {};
    run->is_closed = true;
    finish_entry();
  }
}

/// R28 at every instant, in settled order, for the lots whose rows did not come in order.
void HistoryIn::check_past() {
  if (tolerates_want) return;
  for (LotRec& lot : lots_) {
    if (!lot.is_out_of_order || lot.lacks) continue;
    std::vector<std::uint32_t> order;
    for (std::uint32_t m = lot.newest_move; m != UINT32_MAX; m = moves_[m].previous)
      if (!moves_[m].is_dead) order.push_back(m);
    std::reverse(order.begin(), order.end());
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return moves_[a].settled < moves_[b].settled; });
    std::unordered_map<std::uint32_t, Cell> balances;
    for (std::size_t i = 0; i < order.size();) {
      // Rows of one instant and line order are judged together only when they are one entry; a place may be used as
      // soon as it is filled.
      const Move& m = moves_[order[i]];
      const auto change = [&](std::uint32_t where, std::int64_t sign) {
        if (!ends::holds_stock(Id<Place>{where})) return;
        Cell& cell = balances[where];
        cell.quantity += sign * m.quantity, cell.quantity2 += sign * m.quantity2;
      };
      change(m.from, -1), change(m.to, 1);
      const Cell& from = balances[m.from];
      if (ends::holds_stock(Id<Place>{m.from}) && (from.quantity < 0 || from.quantity2 < 0)) {
        const Place* where = masters_.places.find(Id<Place>{m.from});
        faults_.push_back({file_, m.line, "occurred_at",
                           "at " + Instant{m.settled}.text() + " there was too little of lot " + lot.code + " of " +
                               item_code(lot) + " in " + (where ? where->code : "transit") + " (" +
                               Decimal::from_millionths(from.quantity < 0 ? -from.quantity : -from.quantity2).text() +
                               " missing): the goods came later"});
        lot.lacks = true;
        break;
      }
      ++i;
    }
    if (faults_.size() >= most_faults) return;
  }
  check_units_past();
}

}  // namespace lotbook
