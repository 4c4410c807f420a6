// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// What was ordered: set by whoever owns the order, as often as he likes, under his own number.

namespace lotbook {

struct OrderedLine {
  std::uint32_t line = 0;
  std::string item;
  Decimal quantity;
  std::string unit;
  static constexpr auto fields() {
    using L = OrderedLine;
    return field_list(field<&L::line>("line", "Your number of the line; left out: counted from 1."),
                      field<&L::item>("item", "Item.").required().at_most(60),
                      field<&L::quantity>("quantity", "How much is ordered.").required(),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3));
  }
};

/// A customer's order, new or as it is now. The same again changes nothing (R52).
struct SetSalesOrder {
  std::string number, customer, address, site;
  Date due_on;
  std::vector<OrderedLine> lines;
  std::string reason;
  static constexpr auto fields() {
    using C = SetSalesOrder;
    return field_list(
        field<&C::number>("number", "Your number of the order; the same number is the same order.")
            .required()
            .at_most(60),
        field<&C::customer>("customer", "Partner who ordered.").required().at_most(60),
        field<&C::address>("address", "Delivery address of the customer.").at_most(60),
        field<&C::site>("site", "Site that delivers.").required().at_most(60),
        field<&C::due_on>("due_on", "Day on which it is to leave."),
        field<&C::lines>("lines", "All that is ordered; a line left out is taken out.").required().at_most(1000),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const SetSalesOrder& command, const Moment& moment, const View& view);

/// An order of ours to a supplier, new or as it is now.
struct SetPurchaseOrder {
  std::string number, supplier, site;
  Date due_on;
  std::vector<OrderedLine> lines;
  std::string reason;
  static constexpr auto fields() {
    using C = SetPurchaseOrder;
    return field_list(
        field<&C::number>("number", "Your number of the order; the same number is the same order.")
            .required()
            .at_most(60),
        field<&C::supplier>("supplier", "Partner who delivers.").required().at_most(60),
        field<&C::site>("site", "Site that is delivered to.").required().at_most(60),
        field<&C::due_on>("due_on", "Day on which it is to come."),
        field<&C::lines>("lines", "All that is ordered; a line left out is taken out.").required().at_most(1000),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const SetPurchaseOrder& command, const Moment& moment, const View& view);

/// The order is given up before anything was done for it.
struct CancelTradeOrder {
  TradeKind kind = TradeKind::sales;
  std::string number, reason;
  static constexpr auto fields() {
    using C = CancelTradeOrder;
    return field_list(field<&C::kind>("kind", "Whether it is a sales or a purchase order.").required(),
                      field<&C::number>("number", "Number of the order.").required().at_most(60),
                      field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const CancelTradeOrder& command, const Moment& moment, const View& view);

/// What is open of the order will not come, or not leave: it is closed short (R55).
struct CloseTradeOrder {
  TradeKind kind = TradeKind::purchase;
  std::string number, reason;
  static constexpr auto fields() {
    using C = CloseTradeOrder;
    return field_list(field<&C::kind>("kind", "Whether it is a sales or a purchase order.").required(),
                      field<&C::number>("number", "Number of the order.").required().at_most(60),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const CloseTradeOrder& command, const Moment& moment, const View& view);

/// The order of that number; null and refused when there is none, or none that goes on.
const TradeOrder* open_trade_order(Look& look, TradeKind kind, const std::string& number, const std::string& field);
/// What was done for an order, in words: "line 1: 40 picked, 10 dispatched"; empty: nothing.
std::string done_for(const TradeOrder& order);
/// Sets what is bound for a line free again, as facts of the draft: so much of it, what lies in `first` first.
void unbind(const View& view, Draft& draft, const TradeOrder& order, std::uint32_t line, Decimal quantity,
            const Allotment& first = {});

}  // namespace lotbook
