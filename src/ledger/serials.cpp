// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/check.h"
#include "ledger/view.h"
#include "model/place_ends.h"

// Units of serial-tracked items in the view (R78): read through like lots, opened and taken back by facts, moved by
// lines.

namespace lotbook {

namespace {

std::string key_of(Id<Item> item, std::string_view code) {
  std::string key = std::to_string(item.value) + ' ';
  key += code;
  return key;
}

}  // namespace

SerialState& View::put_serial(Serial serial) const {
  SerialState& state = serial_store_.emplace_back();
  state.serial = std::move(serial);
  serials_.put(state.serial.id.value, &state);
  if (state.serial.inside) parts_[state.serial.inside.value].push_back(state.serial.id.value);
  return state;
}

void View::set_inside(SerialState& state, Id<Serial> inside) {
  state.serial.inside = inside;
  if (inside) parts_[inside.value].push_back(state.serial.id.value);
  dirty(state);
}

SerialState* View::mutable_serial(Id<Serial> id) const {
  if (!id) return nullptr;
  if (SerialState* known = serials_.find(id.value)) return known;
  if (is_new(id.value)) return nullptr;
  std::optional<Serial> row = behind_->serial(id);
  if (!row) return nullptr;
  SerialState& state = put_serial(std::move(*row));
  state.is_stored = true;
  return &state;
}

SerialState& View::known_serial(std::uint32_t id) {
  SerialState* state = mutable_serial(Id<Serial>{id});
  check(state != nullptr && state->exists, "an entry names a unit that was never opened");
  return *state;
}

const Serial* View::serial(Id<Serial> id) const {
  const SerialState* state = mutable_serial(id);
  return state && state->exists ? &state->serial : nullptr;
}

bool View::is_torn(Id<Serial> id) const {
  const SerialState* state = mutable_serial(id);
  return state && state->is_torn;
}

View::SerialCodes::mapped_type& View::serials_named(Id<Item> item, std::string_view code) const {
  const auto [found, is_first] = serial_codes_.try_emplace(key_of(item, code));
  if (!is_first || is_new(item.value)) return found->second;
  for (Serial& row : behind_->serials_called(item, code)) {
    const std::uint32_t id = row.id.value;
    found->second.push_back(id);
    if (!serials_.find(id)) put_serial(std::move(row)).is_stored = true;
  }
  return found->second;
}

std::vector<const Serial*> View::serials_called(Id<Item> item, std::string_view code) const {
  std::vector<const Serial*> found;
  for (const std::uint32_t id : serials_named(item, code))
    if (const Serial* serial = this->serial(Id<Serial>{id})) found.push_back(serial);
  return found;
}

std::vector<Id<Serial>> View::components_of(Id<Serial> serial) const {
  std::vector<Id<Serial>> found;
  if (!is_new(serial.value)) found = behind_->components_of(serial);
  if (const auto parts = parts_.find(serial.value); parts != parts_.end())
    for (const std::uint32_t part : parts->second) found.push_back(Id<Serial>{part});
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  // Some were taken out since.
  std::erase_if(found, [&](Id<Serial> id) {
    const Serial* part = this->serial(id);
    return !part || part->inside != serial;
  });
  return found;
}

void View::dirty(SerialState& state) {
  if (!state.is_dirty) changes_.serials.push_back(&state);
  state.is_dirty = true;
}

void View::open_serials(const SerialsOpened& opened, std::uint64_t seq) {
  const Id<Lot> lot{opened.lot};
  const Id<Item> item = known_lot(lot).lot.item;
  std::uint32_t id = opened.first;
  for (const std::string& code : opened.codes) {
    for (const Serial* other : serials_called(item, code))
      check(other->issuer.value != opened.issuer, "a serial number belongs to one unit of the item and issuer");
    SerialState* state = mutable_serial(Id<Serial>{id});
    check(!state || !state->exists, "a unit is opened once");
    Serial serial{Id<Serial>{id}, item, lot, Id<Partner>{opened.issuer}, code, {}, {}, seq};
    if (state)
      state->serial = std::move(serial), state->exists = true;
    else
      state = &put_serial(std::move(serial));
    dirty(*state);
    auto& named = serials_named(item, code);
    if (std::find(named.begin(), named.end(), id) == named.end()) named.push_back(id);
    ++id;
  }
}

void View::take_back_serials(const SerialsOpened& opened) {
  for (std::uint32_t i = 0; i < opened.codes.size(); ++i) {
    SerialState& state = known_serial(opened.first + i);
    state.exists = false;
    dirty(state);
  }
}

/// Where the units are after an entry. Its lines may stand anywhere in the order of what happened, so what counts is
/// how often each place is reached and left: a way that begins in the place before ends in the one place left over.
void View::settle_serials() {
  std::vector<SerialMove>& moves = serial_moves_;
  if (moves.empty()) return;
  std::stable_sort(moves.begin(), moves.end(), [](const SerialMove& a, const SerialMove& b) {
    return std::tie(a.serial, a.place) < std::tie(b.serial, b.place);
  });
  for (std::size_t i = 0; i < moves.size();) {
    SerialState* state = mutable_serial(Id<Serial>{moves[i].serial});
    const std::uint32_t serial = moves[i].serial;
    Id<Place> place;
    const Id<Place> before = state ? state->serial.place : Id<Place>();
    int places = 0, origins = 0;
    bool is_torn = false, left = !before, has_moved = false;
    while (i < moves.size() && moves[i].serial == serial) {
      const Id<Place> at = moves[i].place;
      int times = 0;
      for (; i < moves.size() && moves[i].serial == serial && moves[i].place == at; ++i) times += moves[i].times;
      has_moved |= times != 0;
      if (before && at == before) times += 1, left = true;
      if (times == 1) place = at, ++places;
      if (times == -1) ++origins;
      is_torn |= times > 1 || times < -1;
    }
    if (!state) continue;
    if (!has_moved) continue;
    if (!left) is_torn = true;
    // Before its first line a unit is nowhere: that line comes from an end, which it leaves.
    is_torn |= places > 1 || origins > (before ? 0 : 1) || (places == 0 && state->exists);
    if (!state->exists) is_torn = is_torn || ends::holds_stock(place);
    state->serial.place = place, state->is_torn = is_torn;
    dirty(*state);
  }
  moves.clear();
}

void View::each_serial(const std::function<void(const Serial&)>& visit) const {
  for (const SerialState& state : serial_store_)
    if (state.exists) visit(state.serial);
}

}  // namespace lotbook
