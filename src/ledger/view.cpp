// SPDX-License-Identifier: Apache-2.0
#include "ledger/view.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

const LotState::Cell* cell_at(const LotState& state, Id<Place> place) {
  for (const LotState::Cell& cell : state.cells)
    if (cell.place == place) return &cell;
  return nullptr;
}

}  // namespace

Decimal LotState::on_hand(Id<Place> place) const {
  const Cell* cell = cell_at(*this, place);
  return cell ? cell->quantity : Decimal();
}

Decimal LotState::on_hand2(Id<Place> place) const {
  const Cell* cell = cell_at(*this, place);
  return cell ? cell->quantity2 : Decimal();
}

Decimal LotState::on_hand() const {
  Decimal sum;
  for (const Cell& cell : cells) sum += cell.quantity;
  return sum;
}

View::View(Transaction& behind) : behind_(&behind) {}

View::View(Transaction& behind, std::shared_ptr<const Masters> masters, const Head& head)
    : behind_(&behind), masters_(std::move(masters)), head_(head), first_new_id_(head.next_id) {
  lots_.starts_at(first_new_id_), runs_.starts_at(first_new_id_), serials_.starts_at(first_new_id_);
}

View View::empty(Transaction& entries) {
  View view(entries);
  view.reads_state_ = false;
  view.masters_ = std::make_shared<const Masters>();
  view.head_.next_id = ends::first_free_id;
  return view;
}

std::int32_t View::pick_day(const Lot& lot) const {
  const Item* item = masters_->items.find(lot.item);
  if (item && item->picking == Picking::fifo) return lot.came_on().day;
  return lot.governing_day().day;
}

LotState* View::mutable_lot(Id<Lot> id) const {
  if (!id) return nullptr;
  if (LotState* known = lots_.find(id.value)) return known;
  if (is_new(id.value)) return nullptr;
  bool is_held = false;
  std::optional<Lot> row = behind_->lot(id, is_held);
  if (!row) return nullptr;
  LotState& state = lot_store_.emplace_back();
  state.lot = std::move(*row), state.is_held = is_held;
  state.stored_pick_day = pick_day(state.lot), state.stored_blocked = is_blocked(state);
  for (const StockCell& cell : behind_->stock_of(state.lot, state.stored_pick_day))
    state.cells.push_back({cell.place, true, false, cell.quantity, cell.quantity2});
  lots_.put(id.value, &state);
  return &state;
}

const LotState* View::lot(Id<Lot> id) const { return mutable_lot(id); }

View::SameLook& View::names_looking_like(Id<Item> item, std::string_view code) const {
  std::string look = skeleton(code);
  std::uint64_t hash = std::hash<std::string_view>{}(look) ^ item.value * 0x9E3779B97F4A7C15ull;
  if (hash == 0) hash = 1;
  const auto [first, is_first] = names_.insert(hash);
  for (SameLook* known = is_first ? nullptr : *first; known; known = known->next)
    if (known->item == item && known->skeleton == look) return *known;
  SameLook& fresh = name_store_.emplace_back();
  fresh.item = item, fresh.next = is_first ? nullptr : *first;
  *first = &fresh;
  if (!is_new(item.value))
    for (LotName& name : behind_->names(item, look)) fresh.names.push_back(std::move(name));
  fresh.skeleton = std::move(look);
  return fresh;
}

const LotNames& View::names_like(Id<Item> item, std::string_view code) const {
  return names_looking_like(item, code).names;
}

Id<Lot> View::lot_called(Id<Item> item, std::string_view own_code) const {
  for (const LotName& name : names_like(item, own_code))
    if (name.kind == NameKind::own && name.code == own_code) return name.lot;
  return {};
}

bool View::item_has_moved(Id<Item> item) const {
  bool fresh = false;
  lots_.each([&](std::uint32_t, const LotState* state) {
    fresh |= state->lot.item == item && (!state->is_untracked() || !state->cells.empty());
  });
  if (fresh) return true;
  if (const Id<Lot> untracked = untracked_lot(item)) return history(untracked.value).size() > 1;
  return reads_state_ && behind_->has_lots(item);
}

const Run* View::run(Id<Run> id) const {
  if (const Run* known = runs_.find(id.value)) return known;
  if (is_new(id.value) || !id) return nullptr;
  std::optional<Run> row = behind_->run(id);
  if (!row) return nullptr;
  run_numbers_[row->number] = id.value;
  Run& kept = run_store_.emplace_back(std::move(*row));
  runs_.put(id.value, &kept);
  return &kept;
}

const Run* View::run_numbered(std::string_view number) const {
  const auto known = run_numbers_.find(std::string(number));
  if (known != run_numbers_.end()) return run(Id<Run>{known->second});
  if (!reads_state_) return nullptr;
  const std::optional<Run> row = behind_->run_numbered(number);
  return row ? run(row->id) : nullptr;
}

const Hold* View::hold(Id<Hold> id) const {
  const auto known = holds_.find(id.value);
  if (known != holds_.end()) return &known->second;
  if (is_new(id.value) || !id) return nullptr;
  std::optional<Hold> row = behind_->hold(id);
  if (!row) return nullptr;
  return &holds_.emplace(id.value, std::move(*row)).first->second;
}

std::vector<Hold> View::holds_numbered(std::string_view number) const {
  std::vector<Hold> found;
  if (reads_state_)
    for (const Hold& row : behind_->holds_numbered(number)) found.push_back(*hold(row.id));
  for (const auto& [id, known] : holds_)
    if (known.number == number &&
        std::none_of(found.begin(), found.end(), [&](const Hold& f) { return f.id.value == id; }))
      found.push_back(known);
  std::sort(found.begin(), found.end(), [](const Hold& a, const Hold& b) { return a.id < b.id; });
  return found;
}

std::vector<Hold> View::holds_on(Id<Lot> lot) const {
  auto known = lot_holds_.find(lot.value);
  if (known == lot_holds_.end()) {
    std::vector<std::uint32_t> ids;
    const LotState* state = this->lot(lot);
    if (reads_state_ && state && state->is_held)
      for (const Hold& row : behind_->holds_on(lot)) ids.push_back(row.id.value);
    known = lot_holds_.emplace(lot.value, std::move(ids)).first;
  }
  std::vector<Hold> found;
  for (const std::uint32_t id : known->second) {
    const Hold* standing = hold(Id<Hold>{id});
    if (standing && standing->lifted_in == 0) found.push_back(*standing);
  }
  return found;
}

std::vector<Id<Lot>> View::lots_under(Id<Hold> hold) const {
  std::vector<Id<Lot>> lots;
  if (reads_state_) lots = behind_->lots_under(hold);
  std::erase_if(lots, [&](Id<Lot> lot) { return lot_holds_.contains(lot.value); });
  for (const auto& [lot, ids] : lot_holds_)
    if (std::find(ids.begin(), ids.end(), hold.value) != ids.end()) lots.push_back(Id<Lot>{lot});
  std::sort(lots.begin(), lots.end());
  return lots;
}

bool View::covers(Id<Hold> hold, Id<Lot> lot) const {
  const std::vector<Hold> holds = holds_on(lot);
  return std::any_of(holds.begin(), holds.end(), [&](const Hold& h) { return h.id == hold; });
}

std::vector<Id<Lot>> View::joined_with(Id<Lot> lot) const {
  std::vector<Id<Lot>> lots;
  if (!is_new(lot.value)) lots = behind_->joined_with(lot);
  for (const JoinedRow& row : changes_.joined_dropped)
    if (row.lot == lot) std::erase(lots, row.with);
  for (const JoinedRow& row : changes_.joined)
    if (row.lot == lot && std::find(lots.begin(), lots.end(), row.with) == lots.end()) lots.push_back(row.with);
  return lots;
}

std::vector<ReadingRow> View::readings(std::uint32_t subject) const {
  std::vector<ReadingRow> rows;
  if (reads_state_) rows = behind_->readings(subject);
  for (const ReadingRow& row : changes_.readings)
    if (row.subject == subject) rows.push_back(row);
  for (const ReadingRow& gone : changes_.readings_dropped)
    std::erase_if(rows, [&](const ReadingRow& row) {
      return row.subject == gone.subject && row.attribute == gone.attribute && row.seq == gone.seq;
    });
  return rows;
}

std::vector<Id<Lot>> View::lots_of(Id<Item> item) const {
  std::vector<Id<Lot>> lots;
  if (reads_state_) lots = behind_->lots_of(item);
  lots_.each([&](std::uint32_t id, const LotState* state) {
    if (state->lot.item == item) lots.push_back(Id<Lot>{id});
  });
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  return lots;
}

std::vector<Id<Lot>> View::lots_in(Id<Place> place) const {
  std::vector<Id<Lot>> lots;
  if (reads_state_) lots = behind_->lots_in(place);
  std::erase_if(lots, [&](Id<Lot> lot) { return lots_.find(lot.value) != nullptr; });
  lots_.each([&](std::uint32_t id, const LotState* state) {
    if (!state->on_hand(place).is_zero() || !state->on_hand2(place).is_zero()) lots.push_back(Id<Lot>{id});
  });
  std::sort(lots.begin(), lots.end());
  return lots;
}

const std::vector<Id<Lot>>& View::lots_in_vessel(Id<Place> vessel) const {
  const auto [known, is_new] = vessels_.try_emplace(vessel.value);
  if (is_new && reads_state_) known->second = behind_->lots_in_vessel(vessel);
  return known->second;
}

void View::each_vessel(const std::function<void(Id<Place>, const std::vector<Id<Lot>>&)>& visit) const {
  for (const auto& [place, lots] : vessels_) visit(Id<Place>{place}, lots);
}

void View::noticed(const std::function<bool(std::uint64_t, const std::string&)>& visit) const {
  for (auto fresh = changes_.noticed.rbegin(); fresh != changes_.noticed.rend(); ++fresh)
    if (!visit(fresh->seq, fresh->code)) return;
  if (reads_state_) behind_->noticed(visit);
}

std::vector<std::uint64_t> View::history(std::uint32_t subject) const {
  std::vector<std::uint64_t> seqs;
  std::uint64_t opened_in = 0;
  if (const LotState* state = lot(Id<Lot>{subject}))
    opened_in = state->lot.opened_in;
  else if (const Run* found = run(Id<Run>{subject}))
    opened_in = found->opened_in;
  else if (const Serial* unit = serial(Id<Serial>{subject}))
    opened_in = unit->opened_in;
  if (opened_in != 0) seqs.push_back(opened_in);
  if (!is_new(subject))
    for (const std::uint64_t seq : behind_->touches(subject, 0, SIZE_MAX)) seqs.push_back(seq);
  for (; touches_sorted_in_ < changes_.touches.size(); ++touches_sorted_in_)
    new_touches_[changes_.touches[touches_sorted_in_].first].push_back(changes_.touches[touches_sorted_in_].second);
  const auto fresh = new_touches_.find(subject);
  if (fresh != new_touches_.end()) seqs.insert(seqs.end(), fresh->second.begin(), fresh->second.end());
  return seqs;
}

std::vector<std::uint64_t> View::documents(std::string_view number) const {
  std::vector<std::uint64_t> seqs;
  if (reads_state_) seqs = behind_->documents(number);
  for (const auto& [document, seq] : changes_.documents)
    if (document == number) seqs.push_back(seq);
  return seqs;
}

std::vector<std::uint64_t> View::signatures(std::uint64_t entry) const {
  std::vector<std::uint64_t> seqs;
  if (reads_state_) seqs = behind_->signatures(entry);
  for (const auto& [of, seq] : changes_.signatures)
    if (of == entry) seqs.push_back(seq);
  return seqs;
}

std::optional<std::uint64_t> View::idem(std::int64_t key) const {
  for (const auto& [known, seq] : changes_.idem)
    if (known == key) return seq;
  return reads_state_ ? behind_->idem(key) : std::nullopt;
}

std::int64_t View::idem_key(std::string_view client, std::string_view key) const {
  std::string message(client);
  message.push_back('\0');
  message += key;
  const Hash hash = hmac_sha256(key_secret_, bytes_of(message));
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | hash[static_cast<std::size_t>(i)];
  return static_cast<std::int64_t>(value);
}

const Entry* View::entry(std::uint64_t seq) const {
  const auto known = entries_.find(seq);
  if (known != entries_.end()) return known->second.get();
  if (const ByteView body = pending_ ? pending_(seq) : ByteView(); !body.empty())
    return entries_.emplace(seq, std::make_unique<Entry>(decode_entry(body, seq))).first->second.get();
  const std::optional<EntryRow> row = behind_->entry(seq);
  if (!row) return nullptr;
  return entries_.emplace(seq, std::make_unique<Entry>(decode_entry(row->body, seq))).first->second.get();
}

void View::remember(Entry entry) {
  const std::uint64_t seq = entry.seq;
  entries_.insert_or_assign(seq, std::make_unique<Entry>(std::move(entry)));
}

std::vector<StockRow> View::stock_of_item(Id<Item> item) const {
  std::vector<StockRow> rows;
  if (reads_state_)
    behind_->stock_of_item(item, [&](const StockRow& row) {
      const LotState* known = lots_.find(row.lot.value);
      if (!known || !known->stock_is_dirty) rows.push_back(row);
      return true;
    });
  lots_.each([&](std::uint32_t, const LotState* state) {
    if (state->lot.item != item || (reads_state_ && !state->stock_is_dirty)) return;
    for (const LotState::Cell& cell : state->cells)
      if (!cell.quantity.is_zero())
        rows.push_back(
            {item, pick_day(state->lot), state->lot.id, cell.place, is_blocked(*state), cell.quantity, cell.quantity2});
  });
  std::sort(rows.begin(), rows.end(), [](const StockRow& a, const StockRow& b) {
    return std::tie(a.pick_day, a.lot, a.place) < std::tie(b.pick_day, b.lot, b.place);
  });
  return rows;
}

void View::stock_to_use_before(Id<Item> item, std::int32_t from, std::int32_t before,
                               const std::function<bool(const LotState&, Id<Place>)>& visit) const {
  const auto changed = changed_of_item_.find(item.value);
  if (changed != changed_of_item_.end()) {
    const Item* kind = masters_->items.find(item);
    const bool is_fifo = kind && kind->picking == Picking::fifo;
    for (const LotState* state : changed->second) {
      const std::int32_t day = is_fifo ? state->lot.came_on().day : state->lot.governing_day().day;
      if (day < from || day >= before || is_blocked(*state)) continue;
      for (const LotState::Cell& cell : state->cells)
        if (cell.quantity.is_positive() && !visit(*state, cell.place)) return;
    }
  }
  if (!reads_state_) return;
  const std::uint64_t key = std::uint64_t{item.value} << 32 | static_cast<std::uint32_t>(from);
  auto first = first_stored_day_.find(key);
  if (first == first_stored_day_.end()) {
    std::int32_t day = Date::none_day;
    behind_->stock_from(item, from, [&](const StockRow& row) {
      if (!row.blocked) day = row.pick_day;
      return row.blocked;
    });
    first = first_stored_day_.emplace(key, day).first;
  }
  if (first->second >= before) return;
  std::vector<StockRow> rows;  // read first: `visit` may ask for lots
  behind_->stock_from(item, from, [&](const StockRow& row) {
    if (row.pick_day < before && !row.blocked) rows.push_back(row);
    return row.pick_day < before;
  });
  for (const StockRow& row : rows) {
    const LotState* state = lot(row.lot);
    if (!state || state->is_dirty || state->stock_is_dirty) continue;  // looked at above
    if (!visit(*state, row.place)) return;
  }
}

void View::each_lot(const std::function<void(const LotState&)>& visit) const {
  for (const LotState& state : lot_store_) visit(state);
}

void View::each_name(const std::function<void(const LotName&)>& visit) const {
  for (const SameLook& look : name_store_)
    for (const LotName& name : look.names) visit(name);
}

void View::each_run(const std::function<void(const Run&)>& visit) const {
  for (const Run& run : run_store_) visit(run);
}

}  // namespace lotbook
