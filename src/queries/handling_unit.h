// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/entry_card.h"
#include "queries/find.h"

namespace lotbook {

/// What is in this box (R24).
struct HandlingUnitQuestion {
  std::string sscc;
  static constexpr auto fields() {
    return field_list(field<&HandlingUnitQuestion::sscc>("sscc", "SSCC of the pallet or case.").required().at_most(18));
  }
};
struct PackedRow {
  std::string sscc, item, lot, serial, unit;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using R = PackedRow;
    return field_list(field<&R::sscc>("sscc", "The pallet or case that it is on: this one, or one on it."),
                      field<&R::item>("item", "Item."), field<&R::lot>("lot", "Own code of the lot."),
                      field<&R::serial>("serial", "Serial number of a unit."),
                      field<&R::quantity>("quantity", "How much, in the item's base unit."),
                      field<&R::unit>("unit", "That unit."),
                      field<&R::quantity2>("quantity2", "Second quantity of a catch-weight item."));
  }
};
struct HandlingUnitAnswer {
  std::string sscc, place, inside;
  std::vector<PackedRow> goods;
  std::vector<std::string> carries, holds;
  std::vector<EntryCard> history;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = HandlingUnitAnswer;
    return field_list(
        field<&A::sscc>("sscc", "SSCC."),
        field<&A::place>("place", "Where it is, or the end it went to, such as \"customer\"."),
        field<&A::inside>("inside", "SSCC of the one that it stands on."),
        field<&A::goods>("goods", "What is on it, and on those that stand on it; after it left, what left on it."),
        field<&A::carries>("carries", "SSCCs of those that stand on it."),
        field<&A::holds>("holds", "Numbers of standing holds on it, or on what it stands on (R38)."),
        field<&A::history>("history", "The first 1000 entries that speak of it."),
        field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<HandlingUnitAnswer> ask(const HandlingUnitQuestion& question, const Snapshot& snapshot);

/// Pallets and cases in a location, and in those below it.
struct HandlingUnitsQuestion {
  std::string place, after;
  std::int64_t limit = 100;
  static constexpr auto fields() {
    using Q = HandlingUnitsQuestion;
    return field_list(field<&Q::place>("place", "Location.").required().at_most(60),
                      field<&Q::after>("after", "Where the page begins: \"next\" of the answer before.").at_most(18),
                      field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct HandlingUnitRow {
  std::string sscc, place, inside;
  std::int64_t lots = 0;
  bool is_held = false;
  static constexpr auto fields() {
    using R = HandlingUnitRow;
    return field_list(field<&R::sscc>("sscc", "SSCC."), field<&R::place>("place", "Where it is."),
                      field<&R::inside>("inside", "SSCC of the one that it stands on."),
                      field<&R::lots>("lots", "How many lots are on it."),
                      field<&R::is_held>("is_held", "Whether a hold is on it, or on what it stands on (R38)."));
  }
};
struct HandlingUnitsAnswer {
  std::vector<HandlingUnitRow> rows;
  std::string next;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = HandlingUnitsAnswer;
    return field_list(field<&A::rows>("rows", "In order of SSCC."),
                      field<&A::next>("next", "Send it as \"after\" for the next page; empty at the end."),
                      field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<HandlingUnitsAnswer> ask(const HandlingUnitsQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
