// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

namespace lotbook {

/// What a tank or silo holds (R74-R76).
struct VesselQuestion {
  std::string vessel;
  static constexpr auto fields() {
    return field_list(field<&VesselQuestion::vessel>("vessel", "Tank or silo.").required().at_most(60));
  }
};
struct VesselLayer {
  std::string item, lot, unit;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using L = VesselLayer;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code of the lot."),
                      field<&L::quantity>("quantity", "How much of it, in the item's base unit."),
                      field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
                      field<&L::unit>("unit", "The item's base unit."));
  }
};
enum class VesselCare : std::uint8_t { filled, not_emptied, emptied, clean };
template <>
struct Choices<VesselCare> {
  static constexpr std::array<std::string_view, 4> names{"filled", "not_emptied", "emptied", "clean"};
};
struct VesselAnswer {
  std::string vessel, name;
  Mixing mixing = Mixing::none;
  VesselCare state = VesselCare::clean;
  std::vector<VesselLayer> layers;
  std::string last_item, last_lot;
  Decimal capacity, may_cling;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = VesselAnswer;
    return field_list(
        field<&A::vessel>("vessel", "Tank or silo."), field<&A::name>("name", "Its name."),
        field<&A::mixing>("mixing", "Whether it mixes or keeps layers."),
        field<&A::state>("state", "Filled; or empty by the book: not declared so, declared emptied, or clean."),
        field<&A::layers>("layers", "What is in it, in the order in which it comes out."),
        field<&A::last_item>("last_item", "Item of what it held last, while that may cling to it."),
        field<&A::last_lot>("last_lot", "That lot."),
        field<&A::may_cling>("may_cling", "As much of it as may go into the next fill (R76)."),
        field<&A::capacity>("capacity", "Most that it holds; 0: not known."),
        field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<VesselAnswer> ask(const VesselQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
