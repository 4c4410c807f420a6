// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/entry_card.h"
#include "queries/find.h"

namespace lotbook {

/// Orders by state, in order of number.
struct OrdersQuestion {
  std::optional<RunState> state;
  std::string after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = OrdersQuestion;
    return field_list(field<&Q::state>("state", "Only orders in this state; left out: all."),
                      field<&Q::after>("after", "Only orders after this number.").at_most(200),
                      field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct OrderRow {
  std::string number, place, recipe, opened_at;
  RunKind kind = RunKind::production;
  RunState state = RunState::open;
  std::uint64_t opened_in = 0, closed_in = 0;
  static constexpr auto fields() {
    using R = OrderRow;
    return field_list(field<&R::number>("number", "Number of the order."), field<&R::kind>("kind", "What it is."),
                      field<&R::state>("state", "How far it is."), field<&R::place>("place", "Where it runs."),
                      field<&R::recipe>("recipe", "Recipe it follows."),
                      field<&R::opened_at>("opened_at", "When it was recorded."),
                      field<&R::opened_in>("opened_in", "Entry that opened it."),
                      field<&R::closed_in>("closed_in", "Entry that closed it; 0: none."));
  }
};
struct OrdersAnswer {
  std::vector<OrderRow> rows;
  std::string next;
  static constexpr auto fields() {
    return field_list(field<&OrdersAnswer::rows>("rows", "Orders, in order of number."),
                      field<&OrdersAnswer::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<OrdersAnswer> ask(const OrdersQuestion& question, const Snapshot& snapshot);

/// A document number: the order of that number, and all entries that are on it or name it.
struct DocumentQuestion {
  std::string number;
  std::uint64_t after = 0;
  int limit = 100;
  static constexpr auto fields() {
    using Q = DocumentQuestion;
    return field_list(field<&Q::number>("number", "Number of the document.").required().at_most(200),
                      field<&Q::after>("after", "Only entries after this one."),
                      field<&Q::limit>("limit", "Most entries to answer with.").between(1, 1000));
  }
};
/// One item of an order: planned, and what lots of it went in or came out.
struct OrderLine {
  Direction line = Direction::input;
  std::string item, lot, unit;
  Decimal planned, quantity, quantity2;
  static constexpr auto fields() {
    using L = OrderLine;
    return field_list(field<&L::line>("line", "In or out."), field<&L::item>("item", "Item."),
                      field<&L::lot>("lot", "Own code; empty for what is planned of the item."),
                      field<&L::planned>("planned", "Planned."),
                      field<&L::quantity>("quantity", "Consumed less given back, or yielded."),
                      field<&L::unit>("unit", "Base unit."), field<&L::quantity2>("quantity2", "In the second unit."));
  }
};
struct DocumentAnswer {
  std::string number;
  std::vector<OrderRow> order;
  std::vector<OrderLine> order_lines;
  std::vector<EntryCard> entries;
  std::uint64_t next = 0;
  static constexpr auto fields() {
    using A = DocumentAnswer;
    return field_list(field<&A::number>("number", "Number of the document."),
                      field<&A::order>("order", "The order of this number, if there is one."),
                      field<&A::order_lines>("order_lines", "What is planned, went in and came out."),
                      field<&A::entries>("entries", "Entries on it or that name it, in order."),
                      field<&A::next>("next", "Ask again with \"after\" set to this; 0: these were all."));
  }
};
Result<DocumentAnswer> ask(const DocumentQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
