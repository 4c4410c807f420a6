// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "commands/look.h"
#include "commands/run_content.h"

// A production order as the document of a run (R64): found, opened and closed.

namespace lotbook {

/// What an order may be; a split, a blend or a relabelling is a command of its own.
enum class OrderKind : std::uint8_t { production, rework };
template <>
struct Choices<OrderKind> {
  static constexpr std::array<std::string_view, 2> names{"production", "rework"};
};
RunKind run_kind_of(OrderKind kind);

struct OpenOrder {
  Id<Run> run;
  RunKind kind = RunKind::production;
  bool is_new = false;
  explicit operator bool() const { return run.value != 0; }
};
struct OrderAsked {
  const std::string& document;
  bool open_order = false;  ///< open it when the book does not know it
  OrderKind kind = OrderKind::production;
};
/// The order that goods may be posted to. A released one becomes open with its first line.
OpenOrder order_to_post_to(Look& look, Draft& draft, const OrderAsked& asked);
/// An order of that number in whatever state; null and refused when there is none.
const Run* known_order(Look& look, const std::string& document);
/// Opens a new order in this draft; refused when the number is taken.
OpenOrder open_new_order(Look& look, Draft& draft, const std::string& document, RunKind kind, RunState state);
/// Says where the order runs that this draft opened.
void set_order_place(Draft& draft, Id<Place> place);
/// An order number from the series, for a run that nobody numbered.
std::string order_series_number(const View& view, Id<Run> run);

/// Waste or loss that somebody named (R70).
struct LossLine {
  std::string item;
  Decimal quantity;
  std::string unit, reason;
  static constexpr auto fields() {
    using L = LossLine;
    return field_list(field<&L::item>("item", "Item that was lost, one of the order's.").required().at_most(60),
                      field<&L::quantity>("quantity", "How much.").required(),
                      field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&L::reason>("reason", "Why; left out: the reason of the whole.").at_most(200));
  }
};
/// What is said when goods of a run are accounted for.
struct Accounting {
  Id<Run> run;
  const std::vector<LossLine>& losses;
  const std::vector<std::string>& not_used;
  const std::string& reason;
};
/// Writes named losses down. Items are those of the run before and of the draft's lines.
void note_losses(Look& look, Draft& draft, const RunContent& before, const Accounting& accounting);
/// R67: posts named losses, then the rest as loss or gain, with a reason when it is outside the tolerance; refuses
/// while a planned tracked component has neither lot nor "not used". Call after all lines are in the draft.
void close_accounts(Look& look, Draft& draft, const RunContent& before, const Accounting& accounting);

}  // namespace lotbook
