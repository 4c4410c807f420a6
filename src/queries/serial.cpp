// SPDX-License-Identifier: Apache-2.0
#include "queries/serial.h"

#include <algorithm>

#include "model/standing.h"
#include "queries/condition.h"

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

std::vector<const Entry*> standing_entries(const View& view, Id<Serial> unit) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.history(unit.value)) entries.push_back(view.entry(seq));
  return standing(std::move(entries), UINT64_MAX);
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

/// What production put in; what a repair put in is not of it.
void as_built(const View& view, const Serial& unit, int level, std::vector<ComponentRow>& rows) {
  for (const Entry* entry : standing_entries(view, unit.id)) {
    if (entry->kind == EntryKind::install) continue;
    for (const Id<Serial> id : built_into(*entry, unit.id)) {
      const Serial* component = view.serial(id);
      if (!component) continue;
      rows.push_back(row_of(view, *component, unit, level));
      rows.back().entry = entry->seq;
      as_built(view, *component, level + 1, rows);
    }
  }
}

void as_is(const View& view, const Serial& unit, int level, std::vector<ComponentRow>& rows) {
  for (const Id<Serial> id : view.components_of(unit.id)) {
    const Serial& component = *view.serial(id);
    rows.push_back(row_of(view, component, unit, level));
    for (const Entry* entry : standing_entries(view, id))
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
  answer.standing = standing_of(condition_of(view, lot, unit.place, snapshot.now));
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

}  // namespace lotbook
