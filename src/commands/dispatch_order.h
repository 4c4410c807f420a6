// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/attributes.h"
#include "commands/leaving.h"
#include "commands/pack.h"
#include "commands/serials.h"
#include "commands/trade_order.h"

namespace lotbook {

struct LeavingLine {
  std::uint32_t line = 0;
  std::string lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string from;
  std::vector<GivenAttribute> attributes;
  std::vector<std::string> serials;
  static constexpr auto fields() {
    using L = LeavingLine;
    return field_list(
        field<&L::line>("line", "Line of the order.").required(),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much leaves. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&L::from>("from", "Staging location it leaves.").required().at_most(60),
        field<&L::attributes>("attributes", "What the book asks for at dispatch.").at_most(100),
        serials_field<&L::serials>());
  }
};

/// What was picked for an order leaves on a delivery note, all of it or a part (R80).
struct DispatchOrder {
  std::string order, document;
  std::vector<LeavingLine> lines;
  std::vector<std::string> handling_units;
  bool override_life = false, override_best_before = false;
  std::string consent;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = DispatchOrder;
    return field_list(field<&C::order>("order", "Number of the sales order.").required().at_most(60),
                      field<&C::document>("document", "Number of the delivery note.").required().at_most(60),
                      field<&C::lines>("lines", "What leaves; left out: all that is picked.").at_most(1000),
                      handling_units_field<&C::handling_units>(), override_life_field<&C::override_life>(),
                      override_best_before_field<&C::override_best_before>(), consent_field<&C::consent>(),
                      field<&C::occurred_at>("occurred_at", "When it left; left out: now."),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const DispatchOrder& command, const Moment& moment, const View& view);

}  // namespace lotbook
