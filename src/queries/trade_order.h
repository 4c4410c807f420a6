// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/trade_order.h"
#include "queries/find.h"

namespace lotbook {

/// Sales or purchase orders, in order of number.
struct TradeOrdersQuestion {
  TradeKind kind = TradeKind::sales;
  std::optional<TradeState> state;
  std::string partner, after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = TradeOrdersQuestion;
    return field_list(field<&Q::kind>("kind", "Sales or purchase orders."),
                      field<&Q::state>("state", "Only orders in this state; left out: all."),
                      field<&Q::partner>("partner", "Only orders of this customer or supplier.").at_most(60),
                      field<&Q::after>("after", "Only orders after this number.").at_most(60),
                      field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct TradeOrderRow {
  TradeKind kind = TradeKind::sales;
  std::string number, partner, address, site;
  Date due_on;
  TradeState state = TradeState::open;
  bool is_done = false;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using R = TradeOrderRow;
    return field_list(
        field<&R::kind>("kind", "Sales or purchase."), field<&R::number>("number", "Number of the order."),
        field<&R::partner>("partner", "Customer or supplier."), field<&R::address>("address", "Delivery address."),
        field<&R::site>("site", "Site that delivers, or is delivered to."),
        field<&R::due_on>("due_on", "Day it is due."), field<&R::state>("state", "How far it is."),
        field<&R::is_done>("is_done", "All of it was dispatched, or received."),
        field<&R::entry>("entry", "Entry that made it."));
  }
};
struct TradeOrdersAnswer {
  std::vector<TradeOrderRow> rows;
  std::string next;
  static constexpr auto fields() {
    using A = TradeOrdersAnswer;
    return field_list(field<&A::rows>("rows", "Orders, in order of number."),
                      field<&A::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<TradeOrdersAnswer> ask(const TradeOrdersQuestion& question, const Snapshot& snapshot);

/// One order, line by line.
struct TradeOrderQuestion {
  TradeKind kind = TradeKind::sales;
  std::string number;
  static constexpr auto fields() {
    using Q = TradeOrderQuestion;
    return field_list(field<&Q::kind>("kind", "Sales or purchase order."),
                      field<&Q::number>("number", "Number of the order.").required().at_most(60));
  }
};
struct TradeLineRow {
  std::uint32_t line = 0;
  std::string item, unit;
  Decimal ordered, open, reserved, bound, picked, done;
  static constexpr auto fields() {
    using L = TradeLineRow;
    return field_list(
        field<&L::line>("line", "Line of the order."), field<&L::item>("item", "Item."),
        field<&L::ordered>("ordered", "Ordered."), field<&L::open>("open", "Still to be picked, or to come."),
        field<&L::reserved>("reserved", "So much of that is there and not wanted by orders made before (R52)."),
        field<&L::bound>("bound", "Lots are chosen for so much."), field<&L::picked>("picked", "Lies in staging."),
        field<&L::done>("done", "Dispatched, or received."), field<&L::unit>("unit", "Base unit."));
  }
};
struct TradeOrderAnswer {
  TradeOrderRow order;
  std::vector<TradeLineRow> lines;
  static constexpr auto fields() {
    using A = TradeOrderAnswer;
    return field_list(field<&A::order>("order", "The order."), field<&A::lines>("lines", "Its lines."));
  }
};
Result<TradeOrderAnswer> ask(const TradeOrderQuestion& question, const Snapshot& snapshot);

/// What to take for a sales order, and where.
struct PickListQuestion {
  std::string order;
  static constexpr auto fields() {
    return field_list(field<&PickListQuestion::order>("order", "Number of the sales order.").required().at_most(60));
  }
};
struct PickRow {
  std::uint32_t line = 0;
  std::string item, lot, place, sscc, unit, why;
  Decimal quantity;
  Date governing_day;
  static constexpr auto fields() {
    using R = PickRow;
    return field_list(
        field<&R::line>("line", "Line of the order."), field<&R::item>("item", "Item."),
        field<&R::lot>("lot", "Lot to take."), field<&R::place>("place", "Where it lies."),
        field<&R::sscc>("sscc", "The pallet or case that it is on and is taken off; empty: it lies loose."),
        field<&R::quantity>("quantity", "How much of it."), field<&R::unit>("unit", "Base unit."),
        field<&R::governing_day>("governing_day", "Its day (R46)."),
        field<&R::why>("why", "Why it comes here in the order, or cannot be taken."));
  }
};
struct ShortRow {
  std::uint32_t line = 0;
  std::string item, unit, why;
  Decimal quantity;
  static constexpr auto fields() {
    using R = ShortRow;
    return field_list(field<&R::line>("line", "Line of the order."), field<&R::item>("item", "Item."),
                      field<&R::quantity>("quantity", "So much cannot be had."), field<&R::unit>("unit", "Base unit."),
                      field<&R::why>("why", "What stands against it."));
  }
};
struct PickListAnswer {
  std::string order, site;
  std::vector<PickRow> take, passed_over, put_back;
  std::vector<ShortRow> lacking;
  static constexpr auto fields() {
    using A = PickListAnswer;
    return field_list(field<&A::order>("order", "Number of the order."), field<&A::site>("site", "Site that delivers."),
                      field<&A::take>("take", "What to take, in the order of picking."),
                      field<&A::lacking>("lacking", "What cannot be had."),
                      field<&A::passed_over>("passed_over", "Lots of lines that lack, and why they are not taken."),
                      field<&A::put_back>("put_back", "Picked already, and not to leave any more (R41)."));
  }
};
Result<PickListAnswer> ask(const PickListQuestion& question, const Snapshot& snapshot);

/// What of an item can be promised from a site.
struct AvailabilityQuestion {
  std::string item, site;
  static constexpr auto fields() {
    using Q = AvailabilityQuestion;
    return field_list(field<&Q::item>("item", "Item.").required().at_most(60),
                      field<&Q::site>("site", "Site.").required().at_most(60));
  }
};
struct AvailabilityAnswer {
  std::string item, site, unit;
  Decimal usable, reserved, available;
  static constexpr auto fields() {
    using A = AvailabilityAnswer;
    return field_list(field<&A::item>("item", "Item."), field<&A::site>("site", "Site."),
                      field<&A::usable>("usable", "On hand, and may be dispatched today."),
                      field<&A::reserved>("reserved", "Still wanted by sales orders."),
                      field<&A::available>("available", "What is left to promise."),
                      field<&A::unit>("unit", "Base unit."));
  }
};
Result<AvailabilityAnswer> ask(const AvailabilityQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
