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

using Write = std::function<void(std::function<void()>)>;

void append_lots_and_stock(Transaction& transaction, View& view, const Write& write) {
  std::vector<Transaction::NewLot> lots;
  std::vector<StockRow> put, drop;
  for (LotState* state : view.changes().lots) {
    const Lot& lot = state->lot;
    if (state->is_dirty) lots.push_back({&lot, state->is_held});
    const std::int32_t pick_day = view.pick_day(lot);
    const bool blocked = view.is_blocked(*state);
    // A changed date moves every row of the lot; a changed status only repeats itself in them.
    const bool moved = pick_day != state->stored_pick_day, all = moved || blocked != state->stored_blocked;
    for (const LotState::Cell& cell : state->cells) {
      if (cell.is_stored && (moved || cell.is_empty()))
        drop.push_back({lot.item, state->stored_pick_day, lot.id, cell.place, false, {}, {}});
      if (!cell.is_empty() && (cell.is_dirty || all))
        put.push_back({lot.item, pick_day, lot.id, cell.place, blocked, cell.quantity, cell.quantity2});
    }
  }
  std::sort(lots.begin(), lots.end(), [](const auto& a, const auto& b) { return a.lot->id < b.lot->id; });
  write([&transaction, lots = std::move(lots)] { transaction.put_lots(lots); });
  std::sort(put.begin(), put.end(), key_before);
  std::sort(drop.begin(), drop.end(), key_before);
  write([&transaction, put = std::move(put), drop = std::move(drop)] {
    transaction.drop_stock(drop);
    transaction.put_stock(put);
  });
}

void append_serials(Transaction& transaction, const View::Changes& changes, const Write& write) {
  std::vector<const Serial*> put;
  std::vector<Id<Serial>> gone;
  for (const SerialState* state : changes.serials) {
    if (state->exists) put.push_back(&state->serial);
    if (!state->exists && state->is_stored) gone.push_back(state->serial.id);
  }
  const auto by_number = [](const Serial* a, const Serial* b) { return a->id < b->id; };
  std::sort(put.begin(), put.end(), by_number);
  // What goes, goes first: its code may be taken anew in the same batch.
  write([&transaction, put = std::move(put), gone = std::move(gone)] {
    for (const Id<Serial> serial : gone) transaction.drop_serial(serial);
    transaction.put_serials(put);
  });
}

void append_names(Transaction& transaction, const View::Changes& changes, const Write& write) {
  std::vector<Transaction::NewName> names;
  names.reserve(changes.names.size());
  for (const LotName& name : changes.names) names.push_back({&name, skeleton(name.code)});
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
    return std::tie(a.name->item, a.skeleton, a.name->code) < std::tie(b.name->item, b.skeleton, b.name->code);
  });
  write([&transaction, &changes, names = std::move(names)] {
    for (const LotName& name : changes.names_dropped) transaction.drop_name(name);
    transaction.add_names(names);
  });
}

/// Millions of them in an import: sorted by their first sixteen bytes as numbers, and only where those are the same by
/// the text.
void append_documents(Transaction& transaction, const View::Changes& changes, const Write& write) {
  struct Key {
    std::uint64_t first, second;
    const std::pair<std::string, std::uint64_t>* row;
  };
  const auto eight_bytes = [](std::string_view text, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = at; i < at + 8; ++i)
      number = number << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return number;
  };
  std::vector<Key> keys;
  keys.reserve(changes.documents.size());
  for (const auto& row : changes.documents)
    keys.push_back({eight_bytes(row.first, 0), eight_bytes(row.first, 8), &row});
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    return *a.row < *b.row;
  });
  std::vector<std::pair<std::string_view, std::uint64_t>> rows;
  rows.reserve(keys.size());
  for (const Key& key : keys) {
    const std::pair<std::string_view, std::uint64_t> row = *key.row;
    if (rows.empty() || rows.back() != row) rows.push_back(row);
  }
  write([&transaction, rows = std::move(rows)] { transaction.add_documents(rows); });
}

void append_vessels(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  sort_unique(changes.vessel_lots);
  for (const auto& [vessel, lot] : changes.vessel_lots) {
    const std::vector<Id<Lot>>& lots = view.lots_in_vessel(vessel);
    if (std::binary_search(lots.begin(), lots.end(), lot))
      transaction.add_vessel_lot(vessel, lot);
    else
      transaction.drop_vessel_lot(vessel, lot);
  }
}

void append_holds(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  sort_unique(changes.holds);
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
}

void append_order_lines(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  sort_unique(changes.trade_orders), sort_unique(changes.order_lines);
  std::vector<Transaction::ChangedLine> lines;
  for (const std::uint32_t id : changes.trade_orders) {
    const TradeOrder& order = *view.trade_order(Id<TradeOrder>{id});
    transaction.put_trade_order(order);
    for (const TradeLine& line : order.lines) lines.push_back({&order, &line});
  }
  for (const auto& [id, number] : changes.order_lines) {
    if (std::binary_search(changes.trade_orders.begin(), changes.trade_orders.end(), id)) continue;
    const TradeOrder& order = *view.trade_order(Id<TradeOrder>{id});
    lines.push_back({&order, order.line(number)});
  }
  transaction.put_order_lines(lines);
}

void append_allotments(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  const auto key = [](const Allotment& a) { return std::tie(a.order, a.lot, a.line, a.place, a.is_picked); };
  const auto before = [&](const Allotment& a, const Allotment& b) { return key(a) < key(b); };
  std::sort(changes.allotments.begin(), changes.allotments.end(), before);
  std::vector<Allotment> put;
  const Allotment* last = nullptr;
  for (const Allotment& changed : changes.allotments) {
    if (last && changed.is_same(*last)) continue;
    last = &changed;
    const std::vector<Allotment>& rows = view.allotments_for(changed.order);
    const auto row = std::lower_bound(rows.begin(), rows.end(), changed, before);
    if (row == rows.end() || !row->is_same(changed))
      transaction.drop_allotment(changed);
    else
      put.push_back(*row);
  }
  transaction.put_allotments(put);
  sort_unique(changes.allotted);
  for (const auto& [lot, place] : changes.allotted) {
    const Allotted sum = view.allotted(lot, place);
    if (sum.is_nothing())
      transaction.drop_allotted(lot, place);
    else
      transaction.put_allotted(lot, sum);
  }
}

void append_findings(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  sort_unique(changes.held_units);
  for (const HeldUnit& row : changes.held_units) {
    if (view.covers(row))
      transaction.add_held_unit(row);
    else
      transaction.drop_held_unit(row);
  }
  sort_unique(changes.held_handling_units);
  for (const HeldHandlingUnit& row : changes.held_handling_units) {
    if (view.covers(row))
      transaction.add_held_handling_unit(row);
    else
      transaction.drop_held_handling_unit(row);
  }
  sort_unique(changes.findings);
  for (const std::uint32_t id : changes.findings) transaction.put_finding(*view.finding(Id<Finding>{id}));
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
    case Noun::user: return to_json(*masters.users.find(Id<User>{id}));
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
  if (const User* r = masters.users.find(Id<User>{id})) return row(Noun::user, r->code);
  return row(Noun::book, masters.book.code);
}

void append_many(Transaction& transaction, View& view, const Write& write) {
  View::Changes& changes = view.changes();
  append_lots_and_stock(transaction, view, write);
  append_names(transaction, changes, write);
  append_serials(transaction, changes, write);
  sort_unique(changes.touches);
  write([&] { transaction.add_touches(changes.touches); });
  append_documents(transaction, changes, write);
  sort_unique(changes.idem);
  write([&] { transaction.add_idem(changes.idem); });
  sort_unique(changes.runs);
  std::vector<const Run*> runs;
  for (const std::uint32_t id : changes.runs) runs.push_back(view.run(Id<Run>{id}));
  write([&transaction, runs = std::move(runs)] { transaction.put_runs(runs); });
}

void append_few(Transaction& transaction, View& view) {
  View::Changes& changes = view.changes();
  append_vessels(transaction, view);
  sort_unique(changes.handling_units);
  for (const std::uint32_t id : changes.handling_units)
    transaction.put_handling_unit(*view.handling_unit(Id<HandlingUnit>{id}));
  append_holds(transaction, view);
  append_order_lines(transaction, view);
  append_allotments(transaction, view);
  append_findings(transaction, view);
  for (const JoinedRow& row : changes.joined_dropped) transaction.drop_joined(row);
  for (const JoinedRow& row : changes.joined) transaction.add_joined(row);
  for (const ReadingRow& row : changes.readings) transaction.add_reading(row);
  for (const ReadingRow& row : changes.readings_dropped) transaction.drop_readings(row.seq, row.subject, row.attribute);
  sort_unique(changes.records);
  for (const std::uint32_t id : changes.records) transaction.put_record(record_row(view.masters(), id));
  for (const View::Changes::Notice& notice : changes.noticed)
    transaction.add_noticed(notice.seq, notice.position, notice.code, notice.lot);
  for (const auto& [entry, seq] : changes.signatures) transaction.add_signature(entry, seq);
  for (const Hash& hash : changes.erased) transaction.drop_private(hash);
}

}  // namespace lotbook
