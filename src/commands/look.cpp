// SPDX-License-Identifier: Apache-2.0
#include "commands/look.h"

#include <algorithm>

#include "base/text.h"
#include "commands/lot_codes.h"
#include "ledger/fefo.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

std::string status_sentence(const std::string& lot, Code code) {
  switch (code) {
    case Code::lot_is_recalled:
      return "This is recalled: " + lot + ". Put it aside; only the recall case decides what happens to it.";
    case Code::lot_is_rejected: return "Quality rejected " + lot + ". Put it aside; return, rework or dispose of it.";
    case Code::lot_is_on_hold: return "There is a hold on " + lot + ". Put it aside and ask quality; take another lot.";
    case Code::lot_is_in_quarantine:
      return "Quality has not released " + lot + " yet. Take another lot, or ask quality.";
    case Code::lot_has_expired: return "Expired: " + lot + ". Put it aside; take another lot.";
    case Code::right_needed: return "This needs the right \"quality\" while the status of " + lot + " is what it is.";
    case Code::place_is_blocked:
      return "Goods in that place are not for use. Move " + lot + " to a storage place first, if quality agrees.";
    default: return "Not allowed for " + lot + ".";
  }
}

}  // namespace

std::string at(std::string_view list, std::size_t i, std::string_view field) {
  return "/" + std::string(list) + "/" + std::to_string(i) + "/" + std::string(field);
}

FoundItem Look::item(const std::string& code, std::string field) {
  const Id<Item> id = masters().items.id_of(code);
  if (!id) {
    refuse(
        code.empty() ? Code::missing : Code::unknown_item, std::move(field),
        code.empty() ? "Say which item." : "There is no item " + code + ". Check the code, or set the item up first.");
    return {};
  }
  return {id, masters().items.find(id)};
}

FoundLot Look::lot(const std::string& item_code, const std::string& code, std::string item_field,
                   std::string lot_field) {
  const FoundItem found = item(item_code, std::move(item_field));
  if (!found) return {};
  if (found.item->tracking == Tracking::none) {
    if (!code.empty())
      return refuse(Code::lot_unwanted, std::move(lot_field), item_code + " is not tracked by lot: leave the lot out."),
             FoundLot{};
    const LotState* state = view_.lot(view_.untracked_lot(found.id));
    return {found, state};
  }
  if (code.empty())
    return refuse(Code::lot_needed, std::move(lot_field), item_code + " is tracked by lot: say which one."), FoundLot{};
  if (const Id<Lot> own = view_.lot_called(found.id, code)) return {found, view_.lot(own)};
  // Not an own code: a former code or an issuer's name does as well, where it fits one lot only (R8).
  std::vector<Id<Lot>> candidates;
  for (const LotName& name : view_.names_like(found.id, code))
    if (name.code == code && std::find(candidates.begin(), candidates.end(), name.lot) == candidates.end())
      candidates.push_back(name.lot);
  if (candidates.size() == 1) return {found, view_.lot(candidates.front())};
  if (candidates.empty()) {
    refuse(Code::unknown_lot, std::move(lot_field),
           "There is no lot " + code + " of " + item_code +
               ". Check the code; a lot that the book has never seen is recorded as found.");
    return {};
  }
  Refusal refusal{Code::ambiguous_lot, std::move(lot_field),
                  std::to_string(candidates.size()) + " lots of " + item_code + " bear the name " + code +
                      ". Give the own code of one of them."};
  for (const Id<Lot> id : candidates) refusal.facts.emplace_back("lot", view_.lot(id)->lot.code);
  refusals_.push_back(std::move(refusal));
  return {};
}

Id<Place> Look::place(const std::string& code, std::string field) {
  const Id<Place> id = masters().places.id_of(code);
  if (!id)
    refuse(code.empty() ? Code::missing : Code::unknown_place, std::move(field),
           code.empty() ? "Say which location."
                        : "There is no location " + code + ". Check the code, or set it up first.");
  return id;
}

Id<Partner> Look::partner(const std::string& code, Role role, std::string field) {
  const Id<Partner> id = masters().partners.id_of(code);
  if (!id) {
    refuse(code.empty() ? Code::missing : Code::unknown_partner, std::move(field),
           code.empty() ? "Say which " + std::string(name_of(role)) + "."
                        : "There is no partner " + code + ". Check the code, or set it up first.");
    return {};
  }
  const std::vector<Role>& roles = masters().partners.find(id)->roles;
  if (std::find(roles.begin(), roles.end(), role) == roles.end()) {
    refuse(Code::unknown_partner, std::move(field),
           code + " is not a " + std::string(name_of(role)) +
               " in this book. Give it that role, or name another partner.");
    return {};
  }
  return id;
}

Id<Address> Look::address(const std::string& code, Id<Partner> partner, std::string field) {
  if (code.empty()) return {};
  const Id<Address> id = masters().addresses.id_of(code);
  const Address* found = masters().addresses.find(id);
  if (!found || masters().partners.id_of(found->partner) != partner) {
    refuse(Code::unknown_address, std::move(field),
           "There is no delivery address " + code + " of that partner. Check the code, or set it up first.");
    return {};
  }
  return id;
}

std::optional<Decimal> Look::to_base(Decimal typed, const std::string& unit, const Item& item, std::string_view lot,
                                     const std::string& field) {
  // Beyond this a mistyped number could no longer be added up; nobody holds so much of anything.
  constexpr Decimal most = Decimal::whole(1'000'000'000);
  if (typed > most)
    return refuse(Code::quantity_too_large, field, "That is more than a billion. Check the number."), std::nullopt;
  const std::optional<Decimal> base = masters().to_base(item, lot, typed, unit);
  if (!base) {
    refuse(Code::no_factor, field,
           "The book cannot turn " + (unit.empty() ? item.unit : unit) + " into " + item.unit + " for " + item.code +
               ". Check the unit, or give a factor for the item or the lot.");
    return std::nullopt;
  }
  if (*base > most)
    return refuse(Code::quantity_too_large, field, "That is more than a billion " + item.unit + ". Check the number."),
           std::nullopt;
  return base;
}

std::optional<Decimal> Look::quantity(Decimal typed, const std::string& unit, const Item& item, std::string_view lot,
                                      std::string field) {
  if (!typed.is_positive())
    return refuse(Code::quantity_not_positive, std::move(field),
                  "A quantity is above zero; a direction is a place, never a sign."),
           std::nullopt;
  const std::optional<Decimal> base = to_base(typed, unit, item, lot, field);
  if (base && !base->is_positive())
    return refuse(Code::quantity_not_positive, std::move(field),
                  "That is nothing at " + std::to_string(item.decimals) + " decimals of " + item.unit + "."),
           std::nullopt;
  return base;
}

std::optional<Decimal> Look::quantity_or_zero(Decimal typed, const std::string& unit, const Item& item,
                                              std::string_view lot, std::string field) {
  if (typed.is_zero()) return Decimal();
  return quantity(typed, unit, item, lot, std::move(field));
}

std::optional<Decimal> Look::quantity2(const std::optional<Decimal>& typed, const Item& item, std::string field) {
  if (item.unit2.empty()) {
    if (typed)
      return refuse(Code::second_quantity_unwanted, std::move(field), item.code + " has no second unit."), std::nullopt;
    return Decimal();
  }
  if (!typed)
    return refuse(Code::second_quantity_needed, std::move(field),
                  item.code + " is counted in " + item.unit + " and " + item.unit2 + ": give both."),
           std::nullopt;
  if (!typed->is_positive())
    return refuse(Code::quantity_not_positive, std::move(field), "A quantity is above zero."), std::nullopt;
  if (*typed > Decimal::whole(1'000'000'000))
    return refuse(Code::quantity_too_large, std::move(field), "That is more than a billion. Check the number."),
           std::nullopt;
  return typed->rounded(item.decimals2);
}

Date Look::day(Id<Place> place) const {
  const Zone& zone = masters().zone_of(place);
  if (!occurred_at_) return zone.day_of(moment_.now);
  if (occurred_at_->day) return *occurred_at_->day;
  return zone.day_of(occurred_at_->interval.at);
}

Condition Look::condition(const LotState& state, Id<Place> place) const {
  return condition_of(view_, state, place, day(place));
}

bool Look::allow(const LotState& state, Id<Place> place, Asking asking, std::string field) {
  asking.has_quality_right = moment_.actor.may(Right::quality);
  asking.acts_for_recall = moment_.actor.may(Right::recall) && asking.acts_for_recall;
  if (state.is_untracked()) return true;
  if (!place_allows(masters().use_of(place), asking))
    return refuse(Code::place_is_blocked, std::move(field),
                  status_sentence(spoken(view_, state.lot), Code::place_is_blocked)),
           false;
  const std::optional<Code> code = refused_by_status(condition(state, place), asking);
  if (!code) return true;
  refuse_status(*code, state, std::move(field));
  return false;
}

void Look::refuse_status(Code code, const LotState& state, std::string field) {
  refuse(code, std::move(field), status_sentence(spoken(view_, state.lot), code));
}

void Look::take(Draft& draft, const Take& take) {
  draft.quantity_field = take.field;
  const Id<Lot> lot = take.lot.lot.id;
  // What the book has there, less what earlier lines of this draft took.
  const auto left = [&](Id<Place> place) {
    std::pair<Decimal, Decimal> rest{take.lot.on_hand(place), take.lot.on_hand2(place)};
    for (const Line& line : draft.entry.lines) {
      if (line.lot != lot) continue;
      if (line.from == place) rest.first -= line.quantity, rest.second -= line.quantity2;
      if (line.to == place) rest.first += line.quantity, rest.second += line.quantity2;
    }
    return rest;
  };
  const auto [here, here2] = left(take.from);
  if (take.confirm_here && (here < take.quantity || here2 < take.quantity2)) {
    const int per_day = masters().book.confirmations_per_day;
    if (confirmed_today(draft, take.from) >= per_day)
      return refuse(Code::goods_confirmed_too_often, take.field,
                    "You have confirmed goods in hand " + std::to_string(per_day) +
                        " times today, which is as often as the book allows. Have the place counted, or ask someone "
                        "else to confirm.");
    Decimal lacking = std::max(take.quantity - here, Decimal()), lacking2 = std::max(take.quantity2 - here2, Decimal());
    const Decimal short_by = lacking;
    const Id<Place> site = masters().site_of(take.from);
    Decimal moved;
    Id<Place> closed;  // where the book has some that is not for use
    for (const LotState::Cell& cell : take.lot.cells) {
      if (cell.place == take.from || masters().site_of(cell.place) != site || !lacking.is_positive()) continue;
      auto [there, there2] = left(cell.place);
      const Allotted others = view_.allotted(lot, cell.place);
      there -= others.picked, there2 -= others.picked2;
      const Decimal part = std::min(there, lacking), part2 = std::min(std::max(there2, Decimal()), lacking2);
      if (!part.is_positive()) continue;
      if (!place_allows(masters().use_of(cell.place), Purpose::consume)) {
        closed = cell.place;
        continue;
      }
      // The late move must be one that could have been made: a hold on what lies there is not passed by (R38, R60).
      if (!allow(take.lot, cell.place, {.purpose = Purpose::move}, take.field)) return;
      draft.line(lot, cell.place, take.from, part, part2);
      lacking -= part, lacking2 -= part2, moved += part;
    }
    if (lacking.is_positive() && closed)
      return refuse(Code::place_is_blocked, take.field,
                    "The book has the rest in " + std::string(masters().places.code_of(closed)) +
                        ", where goods are not for use. Move it out of there first, if quality agrees.");
    if (lacking.is_positive() || lacking2.is_positive()) draft.line(lot, ends::count, take.from, lacking, lacking2);
    draft.notice("have_it_here",
                 "Confirmed in hand: " + short_by.text() + " more than the book had in " +
                     std::string(masters().places.code_of(take.from)) + " (" + moved.text() + " moved late, " +
                     lacking.text() + " counted in).",
                 lot);
  }
  draft.line(lot, take.from, take.to, take.quantity, take.quantity2);
}

std::int64_t Look::confirmed_today(const Draft& draft, Id<Place> place) const {
  constexpr std::string_view confirmed = "have_it_here";
  std::int64_t times = 0;
  for (const Fact& fact : draft.entry.facts)
    if (const auto* noticed = std::get_if<Noticed>(&fact); noticed && noticed->code == confirmed) ++times;
  const Zone& zone = masters().zone_of(place);
  const Date today = zone.day_of(moment_.now);
  std::size_t passed = 0;
  view_.noticed([&](std::uint64_t seq, const std::string& code) {
    // Entries are read for the notices that count, and now and then to see whether it is still today.
    if (code != confirmed && ++passed % 256 != 0) return true;
    const Entry* entry = view_.entry(seq);
    if (!entry || zone.day_of(entry->recorded_at) < today) return false;
    if (code == confirmed && entry->who == moment_.actor.name) ++times;
    return times < masters().book.confirmations_per_day;
  });
  return times;
}

void Look::typed(Draft& draft, Decimal number, const std::string& unit, const Item& item) {
  if (unit.empty() || unit == item.unit) return;
  draft.fact(Typed{static_cast<std::uint32_t>(draft.entry.lines.size() - 1), number.text(), unit});
}

void Look::paper(Draft& draft, const Paper& paper, Id<Place> place) {
  draft.entry.document = paper.document, draft.entry.reference = paper.reference, draft.entry.why = paper.reason;
  draft.occurred_at = paper.occurred_at;
  draft.place = place;
}

bool Look::new_code(const std::string& code, std::string field) {
  const std::optional<Code> fault = fault_of_code(code, masters().book);
  if (!fault) return true;
  refuse(
      *fault, std::move(field),
      *fault == Code::not_a_code
          ? "A code has 1 to 60 visible characters, without control, invisible or direction characters."
          : "\"" + code + "\" is no lot code. Leave it out to get one from the series, or type what the label says.");
  return false;
}

bool Look::free_code(Id<Item> item, const std::string& code, bool confirm_new_lot, std::string field, Id<Lot> renamed) {
  const LotName* resembling = nullptr;
  for (const LotName& name : view_.names_like(item, code)) {
    if (name.kind == NameKind::issued || (renamed && name.lot == renamed)) continue;
    if (name.code == code)
      return refuse(Code::lot_code_taken, std::move(field),
                    "Lot " + code + " of this item is in the book already. Use it, or give another code."),
             false;
    if (!resembling && name.kind == NameKind::own) resembling = &name;
  }
  if (!resembling || confirm_new_lot) return true;
  Refusal refusal{Code::lot_code_resembles, std::move(field),
                  "\"" + code + "\" looks like lot " + resembling->code +
                      " of the same item. Correct it, or confirm with confirm_new_lot that it is another lot."};
  refusal.facts.emplace_back("lot", resembling->code);
  refusals_.push_back(std::move(refusal));
  return false;
}

std::string Look::series_code(Id<Item> item, Id<Lot> lot, Id<Place> place) const {
  std::string code = code_of_series(masters(), lot, place);
  // Numbers never repeat, so only a code that someone typed can be in the way.
  while (!view_.names_like(item, code).empty()) code += "-2";
  return code;
}

}  // namespace lotbook
