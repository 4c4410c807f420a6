// SPDX-License-Identifier: Apache-2.0
#include "queries/serial.h"

#include <algorithm>
#include <map>

#include "model/standing.h"
#include "queries/condition.h"
#include "queries/warranty.h"

namespace lotbook {

namespace {

Result<const Serial*> find_unit(const View& view, const SerialQuestion& question) {
  const Result<Id<Item>> item = find_item(view, question.item, "/item");
  if (!item) return item.refusals();
  const Id<Partner> issuer = view.masters().partners.id_of(question.issuer);
  std::vector<const Serial*> units = view.serials_called(*item, question.serial);
  if (!question.issuer.empty()) std::erase_if(units, [&](const Serial* unit) { return unit->issuer != issuer; });
  if (units.empty())
    return Refusal{Code::unknown_serial, "/serial",
                   "There is no unit " + question.serial + " of " + question.item + ". Check the number."};
  if (units.size() > 1)
    return Refusal{
        Code::unknown_serial, "/issuer",
        "Several units of " + question.item + " bear the number " + question.serial + ". Say who gave it with issuer."};
  return units.front();
}

/// Which units an entry built into this one.
std::vector<Id<Serial>> built_into(const Entry& entry, Id<Serial> unit) {
  std::vector<Id<Serial>> components;
  for (const Fact& fact : entry.facts)
    if (const auto* installed = std::get_if<Installed>(&fact); installed && installed->into == unit.value)
      components.push_back(Id<Serial>{installed->serial});
  return components;
}

ComponentRow row_of(const View& view, const Serial& component, const Serial& inside, int level) {
  ComponentRow row;
  row.level = level, row.serial = component.code, row.inside_serial = inside.code;
  row.item = view.masters().items.code_of(component.item), row.inside_item = view.masters().items.code_of(inside.item);
  if (const LotState* lot = view.lot(component.lot)) row.lot = lot->lot.code;
  return row;
}

/// Entries whose facts hold, also of those whose lines were corrected since.
std::vector<const Entry*> entries_in_force(const View& view, Id<Serial> unit) {
  std::vector<std::uint64_t> seqs = view.history(unit.value);
  std::sort(seqs.begin(), seqs.end());
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  const auto by = taken_back(entries, UINT64_MAX);
  const auto find = [&](std::uint64_t seq) { return view.entry(seq); };
  std::erase_if(entries, [&](const Entry* entry) {
    const auto taker = by.find(entry->seq);
    return taker != by.end() && !leaves_facts(*view.entry(taker->second), entry->seq, find);
  });
  return entries;
}

/// A unit that is opened again, in an order of rework or as it lies, is not made there.
bool is_repair(const View& view, const Entry& entry) {
  const Run* run = view.run(entry.run);
  return entry.kind == EntryKind::install || entry.kind == EntryKind::remove || (run && run->kind == RunKind::rework);
}

/// What production put in; what a repair put in is not of it. A correction may have put another one in its place.
void as_built(const View& view, const Serial& unit, int level, std::vector<ComponentRow>& rows) {
  std::map<Id<Serial>, std::uint64_t> parts;  // with the entry that built it in
  for (const Entry* entry : entries_in_force(view, unit.id)) {
    if (is_repair(view, *entry)) continue;
    for (const Fact& fact : entry->facts)
      if (const auto* removed = std::get_if<Removed>(&fact); removed && removed->from == unit.id.value)
        if (!entry->reverses.empty()) parts.erase(Id<Serial>{removed->serial});
    for (const Id<Serial> id : built_into(*entry, unit.id)) parts[id] = entry->seq;
  }
  for (const auto& [id, seq] : parts) {
    const Serial* component = view.serial(id);
    if (!component) continue;
    rows.push_back(row_of(view, *component, unit, level));
    rows.back().entry = seq;
    as_built(view, *component, level + 1, rows);
  }
}

void as_is(const View& view, const Serial& unit, int level, std::vector<ComponentRow>& rows) {
  for (const Id<Serial> id : view.components_of(unit.id)) {
    const Serial& component = *view.serial(id);
    rows.push_back(row_of(view, component, unit, level));
    for (const Entry* entry : entries_in_force(view, id))
      for (const Id<Serial> installed : built_into(*entry, unit.id))
        if (installed == id) rows.back().entry = entry->seq;
    as_is(view, component, level + 1, rows);
  }
}

template <class T>
void write_inside(const View& view, const Serial& unit, T& row) {
  const Serial* inside = view.serial(unit.inside);
  if (!inside) return;
  row.inside_item = view.masters().items.code_of(inside->item), row.inside_serial = inside->code;
}

}  // namespace

Result<SerialAnswer> ask(const SerialQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Result<const Serial*> found = find_unit(view, question);
  if (!found) return found.refusals();
  const Serial& unit = **found;
  SerialAnswer answer;
  answer.item = question.item, answer.serial = unit.code, answer.id = unit.id.value;
  if (const Item* item = masters.items.find(unit.item)) answer.item_name = item->name;
  answer.issuer = masters.partners.code_of(unit.issuer), answer.place = end_code(masters, unit.place);
  const LotState& lot = *view.lot(unit.lot);
  answer.lot = lot.lot.code;
  Condition condition = condition_of(view, lot, unit.place, snapshot.now);
  for (const Hold& hold : view.holds_on(unit.id)) {
    condition.is_held = true, condition.is_recalled |= !hold.recall.empty();
    answer.holds.push_back({hold.number, hold.reason, hold.author, hold.recall, {}, hold.opened_in});
  }
  answer.standing = standing_of(condition);
  const Warranty warranty = warranty_of(view, unit);
  answer.warranty_from = warranty.from, answer.warranty_until = warranty.until;
  answer.complaints = findings_about(snapshot, FindingKind::complaint, {}, unit.id);
  answer.defects = findings_about(snapshot, FindingKind::defect, {}, unit.id);
  write_inside(view, unit, answer);
  as_built(view, unit, 1, answer.as_built);
  as_is(view, unit, 1, answer.as_is);
  std::vector<std::uint64_t> seqs = view.history(unit.id.value);
  std::sort(seqs.begin(), seqs.end());
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : seqs) entries.push_back(view.entry(seq));
  answer.history = entry_cards(snapshot, entries, most_rows);
  // Of entries that moved many units, the lines of this one are asked for.
  for (EntryCard& card : answer.history)
    std::erase_if(card.lines, [&](const EntryLine& line) {
      return !line.serial.empty() && line.item == answer.item && line.serial != unit.code;
    });
  answer.entry = view.head().seq;
  return answer;
}

Result<SerialsAnswer> ask(const SerialsQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Result<const LotState*> lot = find_lot(view, {question.item, question.lot}, "");
  if (!lot) return lot.refusals();
  const Result<Id<Place>> place = find_place(view, question.place, "/place");
  if (!place) return place.refusals();
  SerialsAnswer answer;
  const std::size_t most = rows_allowed(question.limit);
  std::vector<Serial> units;
  view.behind().serials_of((*lot)->lot, question.after, [&](const Serial& unit) {
    if (*place && unit.place != *place) return true;
    // Two issuers may have given one number: a page does not end between them.
    if (units.size() >= most && units.back().code != unit.code) {
      answer.next = units.back().code;
      return false;
    }
    units.push_back(unit);
    return true;
  });
  for (const Serial& unit : units) {
    SerialRow& row = answer.rows.emplace_back();
    row.serial = unit.code, row.issuer = view.masters().partners.code_of(unit.issuer);
    row.place = end_code(view.masters(), unit.place);
    write_inside(view, unit, row);
  }
  return answer;
}

namespace {

/// Where a page of units begins: item and number, which hold no line end.
std::pair<std::string, std::string> read_after(const std::string& after) {
  const std::size_t end = after.find('\n');
  if (end == std::string::npos) return {after, {}};
  return {after.substr(0, end), after.substr(end + 1)};
}

}  // namespace

Result<SerialsAtAnswer> ask(const SerialsAtQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Result<Id<Place>> place = find_place(view, question.place, "/place");
  if (!place) return place.refusals();
  Id<Item> item;
  if (!question.item.empty()) {
    const Result<Id<Item>> found = find_item(view, question.item, "/item");
    if (!found) return found.refusals();
    item = *found;
  }
  const auto [after_item, after_code] = read_after(question.after);
  const Id<Item> from = question.after.empty() ? item : masters.items.id_of(after_item);
  const std::size_t most = rows_allowed(question.limit);
  std::vector<Serial> units;
  SerialsAtAnswer answer;
  view.behind().serials_in(*place, from, after_code, [&](const Serial& unit) {
    if (item && unit.item != item) return false;
    // Two issuers may have given one number: a page does not end between them.
    if (units.size() >= most && (units.back().item != unit.item || units.back().code != unit.code)) {
      answer.next = std::string(masters.items.code_of(units.back().item)) + '\n' + units.back().code;
      return false;
    }
    units.push_back(unit);
    return true;
  });
  for (const Serial& unit : units) {
    SerialAtRow& row = answer.rows.emplace_back();
    row.item = masters.items.code_of(unit.item), row.serial = unit.code;
    row.issuer = masters.partners.code_of(unit.issuer);
    if (const LotState* lot = view.lot(unit.lot)) row.lot = lot->lot.code;
    row.is_held = !view.holds_on(unit.id).empty();
  }
  return answer;
}

}  // namespace lotbook
