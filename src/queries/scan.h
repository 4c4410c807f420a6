// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

// What a code means here and now: whatever bears it, narrowed by the place that was scanned and the document that is
// open (R8). One thing that fits is the meaning; of several, none is chosen. It writes nothing.

namespace lotbook {

enum class ScanKind : std::uint8_t {
  item,
  lot,
  unit,
  place,
  partner,
  address,
  sales_order,
  purchase_order,
  order,
  document,
  command,
  handling_unit
};
template <>
struct Choices<ScanKind> {
  static constexpr std::array<std::string_view, 12> names{"item",    "lot",      "unit",        "place",
                                                          "partner", "address",  "sales_order", "purchase_order",
                                                          "order",   "document", "command",     "handling_unit"};
};

struct ScanQuestion {
  std::string code, where, doing;
  static constexpr auto fields() {
    using Q = ScanQuestion;
    return field_list(
        field<&Q::code>("code", "What was scanned or typed: a code, or a label of this book (\"LB:lot:ITEM:CODE\").")
            .required()
            .at_most(400),
        field<&Q::where>("where", "Location that was scanned before, where one stands.").at_most(60),
        field<&Q::doing>("doing",
                         "Number of the open document: sales, purchase or production order, receipt or delivery.")
            .at_most(60));
  }
};
/// One thing that bears the code.
struct ScanCandidate {
  ScanKind kind = ScanKind::item;
  std::uint64_t id = 0;
  std::string code, item, text, why_not;
  bool is_usable = true;
  std::vector<std::string> next;
  static constexpr auto fields() {
    using C = ScanCandidate;
    return field_list(field<&C::kind>("kind", "What it is."),
                      field<&C::id>("id", "Its number in this book; of a document, its first entry; 0: it has none."),
                      field<&C::code>("code", "Its code or number; of a lot, the own code."),
                      field<&C::item>("item", "Item, of a lot or unit."),
                      field<&C::text>("text", "What it is, for people."),
                      field<&C::is_usable>("is_usable", "Goods: whether they may be used here for what is open."),
                      field<&C::why_not>("why_not", "Code of the refusal that they would get, or \"not_here\"."),
                      field<&C::next>("next", "Commands that make sense with it now."));
  }
};
struct ScanAnswer {
  std::string code, text;
  std::optional<ScanCandidate> meaning;
  std::vector<ScanCandidate> candidates, elsewhere, resembling;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = ScanAnswer;
    return field_list(
        field<&A::code>("code", "What was scanned."), field<&A::text>("text", "The answer in one sentence."),
        field<&A::meaning>("meaning", "What it means; empty when nothing fits, or more than one thing."),
        field<&A::candidates>("candidates", "Things that fit equally well: a person chooses."),
        field<&A::elsewhere>("elsewhere", "What bears the code too, and is not here or not on the open document."),
        field<&A::resembling>("resembling", "Nothing bears the code: these look like it."),
        field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<ScanAnswer> ask(const ScanQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
