// SPDX-License-Identifier: Apache-2.0
#include "queries/lot.h"

#include "queries/condition.h"
#include "queries/history.h"
#include "trace/table_links.h"

namespace lotbook {

namespace {

void write_places(const Snapshot& snapshot, const LotState& state, LotAnswer& answer) {
  const Masters& masters = snapshot.view.masters();
  for (const LotState::Cell& cell : state.cells) {
    if (cell.quantity.is_zero() && cell.quantity2.is_zero()) continue;
    LotPlace& row = answer.places.emplace_back();
    const Place* place = masters.places.find(cell.place);
    row.place = end_code(masters, cell.place), row.name = place ? place->name : std::string();
    row.kind = name_of(masters.use_of(cell.place)), row.site = masters.places.code_of(masters.site_of(cell.place));
    row.quantity = cell.quantity, row.quantity2 = cell.quantity2;
    row.standing = standing_of(condition_of(snapshot.view, state, cell.place, snapshot.now));
    row.why_not = why_not_dispatched(snapshot.view, state, cell.place, snapshot.now);
    answer.on_hand += cell.quantity, answer.on_hand2 += cell.quantity2;
  }
  std::sort(answer.places.begin(), answer.places.end(),
            [](const LotPlace& a, const LotPlace& b) { return a.place < b.place; });
}

void write_ties(const Snapshot& snapshot, const LotState& state, LotAnswer& answer) {
  const Masters& masters = snapshot.view.masters();
  for (const Hold& hold : snapshot.view.holds_on(state.lot.id))
    answer.holds.push_back({hold.number, hold.reason, hold.author, hold.recall,
                            std::string(masters.places.code_of(hold.place)), hold.opened_in});
  for (const LotName& name : snapshot.view.behind().names_of(state.lot.item, state.lot.id))
    answer.names.push_back({name.kind, std::string(masters.partners.code_of(name.issuer)), name.code});
  std::sort(answer.names.begin(), answer.names.end(), [](const LotNameRow& a, const LotNameRow& b) {
    return std::tie(a.kind, a.issuer, a.code) < std::tie(b.kind, b.issuer, b.code);
  });
  for (const Id<Lot> with : snapshot.view.joined_with(state.lot.id))
    if (const LotState* other = snapshot.view.lot(with))
      answer.joined.push_back({std::string(masters.items.code_of(other->lot.item)), other->lot.code});
  answer.complaints = findings_about(snapshot, FindingKind::complaint, state.lot.id, {});
  answer.defects = findings_about(snapshot, FindingKind::defect, state.lot.id, {});
  for (const LotState::Cell& cell : state.cells) {
    answer.units_held +=
        static_cast<std::uint64_t>(snapshot.view.held_units(state, cell.place).millionths() / 1'000'000);
    answer.held_apart += snapshot.view.held_apart(state, cell.place);
  }
  for (const ReadingRow& reading : snapshot.view.behind().readings(state.lot.id.value))
    answer.readings.push_back({reading.attribute, reading.value, reading.unit, reading.seq});
}

}  // namespace

std::string traceability_code(const View& view, const Lot& lot) {
  if (lot.origin == Origin::produced) return lot.code;
  for (const LotOpened& opened : view.entry(lot.opened_in)->opened)
    if (opened.lot == lot.id && !opened.issued_code.empty()) return opened.issued_code;
  for (const LotName& name : view.behind().names_of(lot.item, lot.id))
    if (name.kind == NameKind::issued) return name.code;
  return lot.code;
}

Result<LotAnswer> ask(const LotQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Result<const LotState*> found = find_lot(view, {question.item, question.lot}, "");
  if (!found) return found.refusals();
  const LotState& state = **found;
  const Lot& lot = state.lot;
  const Item* item = view.masters().items.find(lot.item);
  LotAnswer answer;
  answer.item = question.item, answer.lot = lot.code, answer.id = lot.id.value;
  if (item) answer.item_name = item->name, answer.unit = item->unit, answer.unit2 = item->unit2;
  answer.quality = lot.quality, answer.origin = lot.origin, answer.expiry_calculated = lot.expiry_calculated;
  answer.expires_on = lot.expires_on, answer.best_before_on = lot.best_before_on, answer.retest_on = lot.retest_on;
  answer.produced_on = lot.produced_on, answer.received_on = lot.received_on;
  answer.governing_day = lot.governing_day();
  answer.standing = standing_of(condition_of(view, state, {}, snapshot.now));
  answer.traceability_code = traceability_code(view, lot);
  write_places(snapshot, state, answer);
  write_ties(snapshot, state, answer);
  TableLinks links(view.behind(), view.head().seq);
  answer.balance = mass_balance(links, view.masters(), lot.id, [&](Id<Lot>) { return state.on_hand(); });
  HistoryQuestion history;
  history.noun = Subject::lot, history.item = question.item, history.code = lot.code;
  if (Result<EntriesAnswer> entries = ask(history, snapshot))
    answer.history = std::move(entries->entries), answer.history_next = entries->next;
  answer.entry = view.head().seq;
  return answer;
}

}  // namespace lotbook
