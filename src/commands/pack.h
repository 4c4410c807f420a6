// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/serials.h"
#include "model/handling_unit.h"

// Pallets and cases with an SSCC (R24): what is put on one lies where it is and goes where it goes.

namespace lotbook {

/// The field of every command that takes whole handling units along.
template <auto member>
constexpr auto handling_units_field() {
  return field<member>("handling_units", "SSCCs of pallets or cases that go, with all that is on them (R24).")
      .at_most(500);
}

struct PackLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  static constexpr auto fields() {
    using L = PackLine;
    return field_list(field<&L::item>("item", "Item.").required().at_most(60),
                      field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
                      field<&L::quantity>("quantity", "How much. Left out for units that are named by serial number."),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
                      serials_field<&L::serials>());
  }
};
/// Goods that lie in a location are put on a pallet or into a case there.
struct Pack {
  std::string sscc, place;
  std::vector<PackLine> lines;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Pack;
    return field_list(
        field<&C::sscc>("sscc",
                        "SSCC of the pallet or case; one that the book does not know is opened. Left out: a new one "
                        "under the book's GS1 company prefix.")
            .at_most(18),
        field<&C::place>("place", "Where a new one stands; one that is known stands where it stands.").at_most(60),
        field<&C::lines>("lines", "What is put on it.").required().at_most(1000),
        field<&C::document>("document", "Number of the paper it is on.").at_most(60),
        field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Pack& command, const Moment& moment, const View& view);

/// Goods are taken off a pallet or out of a case; they lie loose where it stands.
struct Unpack {
  std::string sscc;
  std::vector<PackLine> lines;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = Unpack;
    return field_list(field<&C::sscc>("sscc", "SSCC of the pallet or case.").required().at_most(18),
                      field<&C::lines>("lines", "What is taken off; left out: all of it.").at_most(1000),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Unpack& command, const Moment& moment, const View& view);

/// A pallet or case goes to another location of the site, with all that is on it and stands on it.
struct MoveUnit {
  std::string sscc, to;
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
  static constexpr auto fields() {
    using C = MoveUnit;
    return field_list(field<&C::sscc>("sscc", "SSCC of the pallet or case.").required().at_most(18),
                      field<&C::to>("to", "Location it is put.").required().at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it happened; left out: now."),
                      field<&C::document>("document", "Number of the paper it is on.").at_most(60),
                      field<&C::reference>("reference", "Number of the paper behind it.").at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const MoveUnit& command, const Moment& moment, const View& view);

/// A case is put on a pallet, or stands by itself again.
struct NestUnit {
  std::string sscc, into, reason;
  static constexpr auto fields() {
    using C = NestUnit;
    return field_list(
        field<&C::sscc>("sscc", "SSCC of the case.").required().at_most(18),
        field<&C::into>("into", "SSCC of the pallet at the same location; left out: by itself.").at_most(18),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const NestUnit& command, const Moment& moment, const View& view);

/// A handling unit that the book knows and that has not left, or null after saying why.
const HandlingUnit* handling_unit_named(Look& look, const std::string& sscc, const std::string& field);
/// Says in the draft that they go somewhere; the outer one stands by itself then.
void carry(Draft& draft, const std::vector<const HandlingUnit*>& units, Id<Place> to);
/// What is on it leaves with it, as lines of the draft. Units that are held for themselves stay (R38).
void add_goods(Look& look, Draft& draft, const HandlingUnit& unit, Id<Place> to, const std::string& field);
/// Goods that the draft brings in are on this one; a new SSCC is opened at `to`.
void pack_here(Look& look, Draft& draft, const std::string& sscc, std::size_t first_line, Id<Place> to,
               const std::string& field);

}  // namespace lotbook
