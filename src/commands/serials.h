// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// Units of serial-tracked items as commands name them (R54, R78): a list of serial numbers beside quantity, the same in
// every line that moves goods. A line of a command becomes one line of the entry for each unit.

namespace lotbook {

constexpr std::size_t most_serials = 10'000;  // in one line of a command

/// The field, said once for all lines that have it.
template <auto member>
constexpr auto serials_field() {
  return field<member>("serials", "Serial numbers of the units, for an item that is tracked by them (R78).")
      .at_most(static_cast<std::int64_t>(most_serials));
}

/// What a line of a command says of how much, and of which units.
struct SerialsAsked {
  const Item& item;
  Decimal typed;
  const std::string& unit;
  std::string_view lot;
  const std::vector<std::string>& serials;
  std::string here;  ///< pointer to the line
};
template <class L>
SerialsAsked serials_asked(const L& line, const Item& item, std::string here) {
  return {item, line.quantity, line.unit, line.lot, line.serials, std::move(here)};
}

/// How much it is: what was typed; for a serial-tracked item the number of units, which the quantity may repeat.
std::optional<Decimal> quantity_asked(Look& look, const SerialsAsked& asked);

/// The lot that a line names. Whoever scans a unit need not know its lot: left out, it is that of the first unit.
FoundLot lot_asked(Look& look, const std::string& item, const std::string& lot, const std::vector<std::string>& serials,
                   const std::string& here);
template <class L>
FoundLot lot_asked(Look& look, const L& line, const std::string& here) {
  return lot_asked(look, line.item, line.lot, line.serials, here);
}

/// What most lines of commands say: a lot, a place, and how much of it.
struct GoodsAsked {
  FoundLot lot;
  Id<Place> place;
  Decimal quantity, quantity2;
};
/// Those of line `i`, which names the place as `place` in the field `place_field`; nothing after saying what is wrong.
template <class L>
std::optional<GoodsAsked> goods_asked(Look& look, const L& line, std::size_t i, const std::string& place,
                                      std::string_view place_field) {
  const std::string here = "/lines/" + std::to_string(i);
  const FoundLot lot = lot_asked(look, line, here);
  const Id<Place> found = look.place(place, at("lines", i, place_field));
  if (!lot || !found) return std::nullopt;
  const std::optional<Decimal> quantity = quantity_asked(look, serials_asked(line, *lot.item.item, here));
  const std::optional<Decimal> quantity2 = look.quantity2(line.quantity2, *lot.item.item, at("lines", i, "quantity2"));
  if (!quantity || !quantity2) return std::nullopt;
  return GoodsAsked{lot, found, *quantity, *quantity2};
}

/// Replaces the draft's last line, which moves the whole quantity, by one line for each unit. The units are known, of
/// the line's lot, and lie where it takes them from. Does nothing for items without serial numbers.
void name_known_serials(Look& look, Draft& draft, const SerialsAsked& asked);
/// The same for units that come into the book with this line.
void name_new_serials(Look& look, Draft& draft, const SerialsAsked& asked, Id<Partner> issuer);

/// R38, R40: refuses a unit that is held for itself, whatever its lot allows. Asked wherever one is taken out of stock.
bool allow_unit(Look& look, const Draft& draft, const Serial& serial, const Line& line, std::string field);

/// The lot of units that went back to their supplier and come again; none when the first of them never did.
Id<Lot> lot_that_left(const View& view, Id<Item> item, const std::vector<std::string>& serials);

/// R28, R78 for a draft whose time is settled: each unit is where it is taken from, at every instant; codes are free;
/// no line of a serial-tracked item leaves its units unsaid. nullopt: it holds.
std::optional<Refusal> refused_by_serials(const View& view, const Draft& draft);

}  // namespace lotbook
