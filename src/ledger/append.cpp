// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "ledger/book.h"

namespace lotbook {

namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

bool key_before(const StockRow& a, const StockRow& b) {
  return std::tie(a.item, a.pick_day, a.lot, a.place) < std::tie(b.item, b.pick_day, b.lot, b.place);
}

void append_lots_and_stock(Transaction& transaction, View& view) {
  std::vector<std::pair<Lot, bool>> lots;
  std::vector<StockRow> put, drop;
  for (LotState* state : view.changes().lots) {
    const Lot& lot = state->lot;
    if (state->is_dirty) lots.emplace_back(lot, state->is_held);
    const std::int32_t pick_day = view.pick_day(lot);
    const bool blocked = view.is_blocked(*state);
    // A changed date moves every row of the lot; a changed status only repeats itself in them.
    const bool moved = pick_day != state->stored_pick_day, all = moved || blocked != state->stored_blocked;
    for (LotState::Cell& cell : state->cells) {
      const bool is_empty = cell.quantity.is_zero() && cell.quantity2.is_zero();
      if (cell.is_stored && (moved || is_empty))
        drop.push_back({lot.item, state->stored_pick_day, lot.id, cell.place, false, {}, {}});
      if (!is_empty && (cell.is_dirty || all))
        put.push_back({lot.item, pick_day, lot.id, cell.place, blocked, cell.quantity, cell.quantity2});
    }
  }
  std::sort(lots.begin(), lots.end(), [](const auto& a, const auto& b) { return a.first.id < b.first.id; });
  std::sort(put.begin(), put.end(), key_before);
  std::sort(drop.begin(), drop.end(), key_before);
  transaction.put_lots(lots);
  transaction.drop_stock(drop);
  transaction.put_stock(put);
}

std::string record_body(const Masters& masters, std::uint32_t id, Noun noun) {
  switch (noun) {
    case Noun::item: return to_json(*masters.items.find(Id<Item>{id}));
    case Noun::partner: return to_json(*masters.partners.find(Id<Partner>{id}));
    case Noun::address: return to_json(*masters.addresses.find(Id<Address>{id}));
    case Noun::place: return to_json(*masters.places.find(Id<Place>{id}));
    case Noun::recipe: return to_json(*masters.recipes.find(Id<Recipe>{id}));
    case Noun::attribute: return to_json(*masters.attributes.find(Id<Attribute>{id}));
    case Noun::factor: return to_json(*masters.factors.find(Id<Factor>{id}));
    case Noun::book: return to_json(masters.book);
  }
  return {};
}

}  // namespace

RecordRow record_row(const Masters& masters, std::uint32_t id) {
  const auto row = [&](Noun noun, std::string_view code) {
    return RecordRow{id, noun, std::string(code), record_body(masters, id, noun)};
  };
  if (const Item* r = masters.items.find(Id<Item>{id})) return row(Noun::item, r->code);
  if (const Partner* r = masters.partners.find(Id<Partner>{id})) return row(Noun::partner, r->code);
  if (const Address* r = masters.addresses.find(Id<Address>{id})) return row(Noun::address, r->code);
  if (const Place* r = masters.places.find(Id<Place>{id})) return row(Noun::place, r->code);
  if (const Recipe* r = masters.recipes.find(Id<Recipe>{id})) return row(Noun::recipe, r->code);
  if (const Attribute* r = masters.attributes.find(Id<Attribute>{id})) return row(Noun::attribute, r->code);
  if (const Factor* r = masters.factors.find(Id<Factor>{id})) return row(Noun::factor, r->code);
  return row(Noun::book, masters.book.code);
}

void append_changes(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  append_lots_and_stock(transaction, view);
  for (const LotName& name : changes.names_dropped) transaction.drop_name(name);
  std::vector<std::pair<std::string, const LotName*>> order;
  order.reserve(changes.names.size());
  for (const LotName& name : changes.names) order.emplace_back(skeleton(name.code), &name);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second->item, a.first, a.second->code) < std::tie(b.second->item, b.first, b.second->code);
  });
  std::vector<LotName> names;
  names.reserve(order.size());
  for (const auto& [key, name] : order) names.push_back(*name);
  transaction.add_names(names);
  sort_unique(changes.touches), sort_unique(changes.documents), sort_unique(changes.idem);
  transaction.add_touches(changes.touches);
  transaction.add_documents(changes.documents);
  transaction.add_idem(changes.idem);
  sort_unique(changes.runs), sort_unique(changes.holds), sort_unique(changes.records);
  for (const std::uint32_t id : changes.runs) transaction.put_run(*view.run(Id<Run>{id}));
  for (const std::uint32_t id : changes.holds) transaction.put_hold(*view.hold(Id<Hold>{id}));
  // A hold may cover, free and cover again within one batch: what counts is what stands in the end.
  std::set<std::pair<Id<Hold>, Id<Lot>>> covered(changes.hold_lots.begin(), changes.hold_lots.end());
  covered.insert(changes.hold_lots_dropped.begin(), changes.hold_lots_dropped.end());
  for (const auto& [hold, lot] : covered) {
    if (view.covers(hold, lot))
      transaction.add_hold_lot(hold, lot);
    else
      transaction.drop_hold_lot(hold, lot);
  }
  for (const JoinedRow& row : changes.joined_dropped) transaction.drop_joined(row);
  for (const JoinedRow& row : changes.joined) transaction.add_joined(row);
  for (const ReadingRow& row : changes.readings) transaction.add_reading(row);
  for (const ReadingRow& row : changes.readings_dropped) transaction.drop_readings(row.seq, row.subject, row.attribute);
  for (const std::uint32_t id : changes.records) transaction.put_record(record_row(view.masters(), id));
  for (const View::Changes::Notice& notice : changes.noticed)
    transaction.add_noticed(notice.seq, notice.position, notice.code, notice.lot);
  for (const Hash& hash : changes.erased) transaction.drop_private(hash);
}

}  // namespace lotbook
