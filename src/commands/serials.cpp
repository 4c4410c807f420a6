// SPDX-License-Identifier: Apache-2.0
#include "commands/serials.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "ledger/serial_timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

std::string at_serial(const SerialsAsked& asked, std::size_t i) { return asked.here + "/serials/" + std::to_string(i); }

std::string spoken(const View& view, const Serial& serial) {
  return "unit " + serial.code + " of " + std::string(view.masters().items.code_of(serial.item));
}

/// "in ST1", "with a customer": for a sentence.
std::string whereabouts(const View& view, Id<Place> place) {
  if (!place) return "not in the book yet";
  if (const Place* known = view.masters().places.find(place)) return "in " + known->code;
  if (place == ends::supplier) return "back with its supplier";
  if (place == ends::customer) return "with a customer";
  if (place == ends::process || place == ends::conversion) return "used in production";
  if (place == ends::count) return "missing since it was last counted";
  if (place == ends::disposed) return "disposed of";
  if (place == ends::sampled) return "used up as a sample";
  if (place == ends::in_transit) return "in transit";
  return "not in stock";
}

std::string whereabouts(const View& view, const Serial& serial) {
  if (const Serial* inside = view.serial(serial.inside)) return "installed in " + spoken(view, *inside);
  return whereabouts(view, serial.place);
}

Refusal elsewhere(const View& view, const Serial& serial, std::string field) {
  Refusal refusal{Code::serial_elsewhere, std::move(field),
                  "The book has " + spoken(view, serial) + " " + whereabouts(view, serial) +
                      ". Check the number; if you have it, record first how it came there."};
  refusal.facts.emplace_back("serial", serial.code);
  refusal.facts.emplace_back("place", std::string(view.masters().places.code_of(serial.place)));
  return refusal;
}

const Item* item_of(const View& view, const Draft& draft, Id<Lot> lot) {
  if (const LotState* state = view.lot(lot)) return view.masters().items.find(state->lot.item);
  for (const LotOpened& opened : draft.entry.opened)
    if (opened.lot == lot) return view.masters().items.find(opened.item);
  return nullptr;
}

Id<Item> item_id_of(const View& view, const Entry& entry, Id<Lot> lot) {
  if (const LotState* state = view.lot(lot)) return state->lot.item;
  for (const LotOpened& opened : entry.opened)
    if (opened.lot == lot) return opened.item;
  return {};
}

/// The draft's last line, taken away to be written unit by unit.
Line take_last(Draft& draft) {
  const Line line = draft.entry.lines.back();
  draft.entry.lines.pop_back();
  return line;
}

void add_unit(Draft& draft, const Line& line, std::uint32_t serial) {
  draft.entry.lines.push_back({line.lot, line.from, line.to, Decimal::whole(1), {}, serial, line.handling_unit});
}

/// What a movement of goods is for, by where it ends (R40).
Purpose purpose_of(EntryKind kind, Id<Place> to) {
  if (to == ends::customer) return Purpose::dispatch;
  if (to == ends::process || to == ends::conversion) return Purpose::consume;
  if (to == ends::supplier) return Purpose::back_to_supplier;
  if (to == ends::disposed) return Purpose::dispose;
  if (to == ends::sampled || kind == EntryKind::sample) return Purpose::sample;
  if (kind == EntryKind::pick) return Purpose::dispatch;
  return Purpose::move;
}

/// The unit of the lot that bears the code; of several issuers, the one that lies where it is taken from.
const Serial* unit_of_lot(const View& view, Id<Item> item, const std::string& code, const Line& line) {
  const Serial* found = nullptr;
  for (const Serial* serial : view.serials_called(item, code)) {
    if (!found || serial->lot == line.lot) found = serial;
    if (serial->lot == line.lot && serial->place == line.from) return serial;
  }
  return found;
}

}  // namespace

bool allow_unit(Look& look, const Draft& draft, const Serial& serial, const Line& line, std::string field) {
  const View& view = look.view();
  if (draft.entry.kind == EntryKind::count || draft.entry.kind == EntryKind::adjust || !ends::holds_stock(line.from))
    return true;
  const std::vector<Hold> holds = view.holds_on(serial.id);
  if (holds.empty()) return true;
  Condition condition;
  condition.is_held = true;
  for (const Hold& hold : holds) condition.is_recalled |= !hold.recall.empty();
  Asking asking;
  asking.purpose = purpose_of(draft.entry.kind, line.to),
  asking.has_quality_right = look.moment().actor.may(Right::quality);
  const std::optional<Code> code = refused_by_status(condition, asking);
  if (!code) return true;
  const Hold& first = holds.front();
  Refusal refusal{*code, std::move(field),
                  "Hold " + first.number + " is on " + spoken(view, serial) + ": " + first.reason +
                      ". Take another unit, or ask quality."};
  refusal.facts = {{"serial", serial.code}, {"hold", first.number}};
  look.refuse(std::move(refusal));
  return false;
}

std::optional<Decimal> quantity_asked(Look& look, const SerialsAsked& asked) {
  if (asked.item.tracking != Tracking::serial && !asked.serials.empty())
    return look.refuse(Code::serials_unwanted, asked.here + "/serials",
                       asked.item.code + " is not tracked by serial number: leave the numbers out."),
           std::nullopt;
  if (asked.item.tracking != Tracking::serial && asked.typed.is_zero())
    return look.refuse(Code::quantity_not_positive, asked.here + "/quantity",
                       "Say how much: a quantity is above zero."),
           std::nullopt;
  if (asked.item.tracking != Tracking::serial)
    return look.quantity(asked.typed, asked.unit, asked.item, asked.lot, asked.here + "/quantity");
  if (asked.serials.empty())
    return look.refuse(Code::serials_needed, asked.here + "/serials",
                       asked.item.code + " is tracked by serial number: say which units, each by its number."),
           std::nullopt;
  const Decimal count = Decimal::whole(static_cast<std::int64_t>(asked.serials.size()));
  if (!asked.typed.is_zero() && (asked.typed != count || (!asked.unit.empty() && asked.unit != asked.item.unit)))
    return look.refuse(Code::serials_miscounted, asked.here + "/quantity",
                       "There are " + count.text() + " serial numbers, and the quantity says " + asked.typed.text() +
                           ". Correct one of them, or leave quantity and unit out."),
           std::nullopt;
  std::unordered_set<std::string_view> seen;
  bool all_are_once = true;
  for (std::size_t i = 0; i < asked.serials.size(); ++i) {
    if (seen.insert(asked.serials[i]).second) continue;
    look.refuse(Code::serial_repeated, at_serial(asked, i),
                "Serial number " + asked.serials[i] + " is given twice. Take one of them out.");
    all_are_once = false;
  }
  if (!all_are_once) return std::nullopt;
  return count;
}

FoundLot lot_asked(Look& look, const std::string& item, const std::string& lot, const std::vector<std::string>& serials,
                   const std::string& here) {
  const Masters& masters = look.masters();
  const Id<Item> id = masters.items.id_of(item);
  const Item* known = masters.items.find(id);
  if (!known || known->tracking != Tracking::serial || !lot.empty() || serials.empty())
    return look.lot(item, lot, here + "/item", here + "/lot");
  const std::vector<const Serial*> units = look.view().serials_called(id, serials.front());
  if (units.empty())
    return look.refuse(Code::unknown_serial, here + "/serials/0",
                       "There is no unit " + serials.front() + " of " + item + ". Check the number."),
           FoundLot{};
  for (const Serial* unit : units)
    if (unit->lot != units.front()->lot)
      return look.refuse(Code::ambiguous_lot, here + "/lot",
                         "Units of several lots bear the number " + serials.front() + ". Say of which lot it is."),
             FoundLot{};
  return {{id, known}, look.view().lot(units.front()->lot)};
}

void name_known_serials(Look& look, Draft& draft, const SerialsAsked& asked) {
  if (asked.item.tracking != Tracking::serial) return;
  const View& view = look.view();
  const Line line = take_last(draft);
  const Id<Item> item = item_id_of(view, draft.entry, line.lot);
  for (std::size_t i = 0; i < asked.serials.size(); ++i) {
    const Serial* serial = unit_of_lot(view, item, asked.serials[i], line);
    if (!serial) {
      look.refuse(Code::unknown_serial, at_serial(asked, i),
                  "There is no unit " + asked.serials[i] + " of " + asked.item.code + ". Check the number.");
      continue;
    }
    if (serial->lot != line.lot) {
      look.refuse(Code::unknown_serial, at_serial(asked, i),
                  "Unit " + serial->code + " is of lot " + view.lot(serial->lot)->lot.code +
                      ". Give the units of each lot in a line of their own.");
      continue;
    }
    // Where it lay at a past instant is looked at when the time is settled.
    if ((serial->place != line.from || serial->inside) && draft.entry.reverses.empty() && !look.is_back_dated()) {
      look.refuse(elsewhere(view, *serial, at_serial(asked, i)));
      continue;
    }
    if (!allow_unit(look, draft, *serial, line, at_serial(asked, i))) continue;
    add_unit(draft, line, serial->id.value);
  }
}

void name_new_serials(Look& look, Draft& draft, const SerialsAsked& asked, Id<Partner> issuer) {
  if (asked.item.tracking != Tracking::serial) return;
  const View& view = look.view();
  const Line line = take_last(draft);
  const Id<Item> item = item_id_of(view, draft.entry, line.lot);
  SerialsOpened opened{line.lot.value, issuer.value, 0, {}};
  for (std::size_t i = 0; i < asked.serials.size(); ++i) {
    const std::string& code = asked.serials[i];
    if (!look.new_code(code, at_serial(asked, i))) continue;
    const std::vector<const Serial*> bearers = view.serials_called(item, code);
    const auto known = std::find_if(bearers.begin(), bearers.end(),
                                    [&](const Serial* s) { return s->issuer == issuer || s->lot == line.lot; });
    if (known != bearers.end()) {
      const Serial& serial = **known;
      // What left may come back (R78), the way it went; what was built in comes out (R73).
      const auto is_used_up = [](Id<Place> place) { return place == ends::process || place == ends::conversion; };
      if (serial.lot == line.lot &&
          (serial.place == line.from || (is_used_up(serial.place) && is_used_up(line.from)))) {
        Line way = line;
        way.from = serial.place;
        add_unit(draft, way, serial.id.value);
        if (serial.inside) draft.fact(Removed{serial.id.value, serial.inside.value});
        continue;
      }
      Refusal refusal{Code::serial_taken, at_serial(asked, i),
                      "The book knows " + spoken(view, serial) + " in lot " + view.lot(serial.lot)->lot.code +
                          "; it is " + whereabouts(view, serial) + ". Check the number."};
      refusal.facts.emplace_back("serial", serial.code);
      look.refuse(std::move(refusal));
      continue;
    }
    const std::uint32_t id = draft.new_id();
    if (opened.codes.empty()) opened.first = id;
    opened.codes.push_back(code);
    add_unit(draft, line, id);
  }
  if (!opened.codes.empty()) draft.fact(std::move(opened));
}

Id<Lot> lot_that_left(const View& view, Id<Item> item, const std::vector<std::string>& serials) {
  if (serials.empty()) return {};
  for (const Serial* serial : view.serials_called(item, serials.front()))
    if (serial->place == ends::supplier) return serial->lot;
  return {};
}

namespace {

std::optional<Refusal> refused_unsaid(const View& view, const Draft& draft) {
  for (const Line& line : draft.entry.lines) {
    const Item* item = item_of(view, draft, line.lot);
    if (!item || item->tracking != Tracking::serial || line.serial != 0) continue;
    return Refusal{Code::serials_needed, draft.quantity_field,
                   item->code +
                       " is tracked by serial number, and this command names no units. Use one that does: move, "
                       "consume, yield, dispatch, adjust."};
  }
  return std::nullopt;
}

/// A unit does not lose the line that it came in with by a correction: then there would be a number and no unit.
std::optional<Refusal> refused_correction(const View& view, const Draft& draft) {
  const Entry& entry = draft.entry;
  if (entry.reverses.empty() || entry.kind == EntryKind::undo || entry.kind == EntryKind::void_dispatch)
    return std::nullopt;
  std::unordered_set<std::uint32_t> kept;
  for (const Line& line : entry.lines) kept.insert(line.serial);
  for (const std::uint64_t seq : entry.reverses)
    for (const Line& line : view.entry(seq)->lines) {
      if (line.serial == 0 || kept.contains(line.serial)) continue;
      const std::vector<Happening> way = timeline(view, Id<Serial>{line.serial});
      if (std::any_of(way.begin(), way.end(), [&](const Happening& h) { return h.seq != seq; })) continue;
      return Refusal{Code::cannot_be_corrected, "/lines",
                     "Unit " + view.serial(Id<Serial>{line.serial})->code + " came into the book with entry " +
                         std::to_string(seq) + ". Undo it, and record again which units came."};
    }
  return std::nullopt;
}

std::optional<Refusal> refused_codes(const View& view, const Draft& draft) {
  std::set<std::tuple<Id<Item>, std::uint32_t, std::string_view>> opened;
  const auto taken = [&](const Entry& entry) -> std::optional<Refusal> {
    for (const Fact& fact : entry.facts) {
      const auto* units = std::get_if<SerialsOpened>(&fact);
      if (!units) continue;
      const Id<Item> item = item_id_of(view, entry, Id<Lot>{units->lot});
      for (const std::string& code : units->codes) {
        if (!opened.emplace(item, units->issuer, code).second)
          return Refusal{Code::serial_repeated, "/lines",
                         "Serial number " + code + " is given in two lines. Take one of them out."};
        for (const Serial* other : view.serials_called(item, code))
          // An undone correction puts an entry in force whose units never went.
          if (other->issuer.value == units->issuer && other->id.value - units->first >= units->codes.size())
            return Refusal{Code::serial_taken, "",
                           "The book knows " + spoken(view, *other) + " from another entry by now; it is " +
                               whereabouts(view, *other) + "."};
      }
    }
    return std::nullopt;
  };
  for (const std::uint64_t seq : draft.entry.reinstates)
    if (std::optional<Refusal> refusal = taken(*view.entry(seq))) return refusal;
  return taken(draft.entry);
}

Refusal refuse(const View& view, const Draft& draft, const BrokenWay& way) {
  const bool takes_back = !draft.entry.reverses.empty();
  std::string detail = "Unit " + way.code + " ";
  Code code = Code::serial_elsewhere;
  if (takes_back) {
    code = Code::in_the_way;
    detail += "was moved on since then. Take back what came later first, or together with it.";
  } else if (way.is_now) {
    detail += "is " + whereabouts(view, way.is_in) + ". Check the number and where it is taken from.";
  } else if (way.line != SIZE_MAX) {
    code = Code::before_goods_arrived;
    detail += "was " + whereabouts(view, way.is_in) + " at " + way.at.text() +
              ". Check the time, or record first how it came there.";
  } else {
    code = Code::before_goods_arrived;
    detail += "went elsewhere at " + way.at.text() + ", so it cannot have moved like this before. Check the time.";
  }
  Refusal refusal{code, draft.quantity_field, detail};
  refusal.facts.emplace_back("serial", way.code);
  for (const std::uint64_t seq : way.in_the_way) refusal.facts.emplace_back("entry", std::to_string(seq));
  return refusal;
}

}  // namespace

std::optional<Refusal> refused_by_serials(const View& view, const Draft& draft) {
  if (std::optional<Refusal> refusal = refused_unsaid(view, draft)) return refusal;
  if (std::optional<Refusal> refusal = refused_correction(view, draft)) return refusal;
  if (std::optional<Refusal> refusal = refused_codes(view, draft)) return refusal;
  if (const std::optional<BrokenWay> way = broken_way(view, draft.entry)) return refuse(view, draft, *way);
  return std::nullopt;
}

}  // namespace lotbook
