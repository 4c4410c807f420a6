// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

namespace lotbook {

struct FindingRow {
  std::string number;
  FindingState state = FindingState::open;
  Severity severity = Severity::minor;
  std::string code, text, item, lot, serial, partner, document, place, order, contact, outcome, unit;
  Decimal quantity;
  Date found_on;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using R = FindingRow;
    return field_list(
        field<&R::number>("number", "What people call it."), field<&R::state>("state", "Open or closed."),
        field<&R::severity>("severity", "How bad it is."), field<&R::code>("code", "Kind of fault."),
        field<&R::text>("text", "What is wrong."), field<&R::item>("item", "Item."),
        field<&R::lot>("lot", "Own code of the lot."), field<&R::serial>("serial", "Serial number of the unit."),
        field<&R::quantity>("quantity", "How much is affected."), field<&R::unit>("unit", "Base unit."),
        field<&R::partner>("partner", "Customer who complains, or supplier."),
        field<&R::document>("document", "Delivery or receipt that it is about."),
        field<&R::place>("place", "Where it was found."),
        field<&R::order>("order", "Production order in which it was found."),
        field<&R::found_on>("found_on", "Day it was found, or the complaint came."),
        field<&R::contact>("contact", "Person who complained."), field<&R::outcome>("outcome", "What came of it."),
        field<&R::entry>("entry", "Entry that recorded it."));
  }
};
FindingRow finding_row(const Snapshot& snapshot, const Finding& finding);
/// The newest of a lot, or of one of its units; at most a hundred.
std::vector<FindingRow> findings_about(const Snapshot& snapshot, FindingKind kind, Id<Lot> lot, Id<Serial> serial);

/// Complaints or defects, newest first, page by page.
template <FindingKind kind>
struct FindingsQuestion {
  std::optional<FindingState> state;
  std::optional<Severity> severity;
  std::string item, lot, serial, partner, document, code, number;
  std::uint64_t after = 0;
  int limit = 100;
  static constexpr auto fields() {
    using Q = FindingsQuestion;
    return field_list(field<&Q::state>("state", "Only open or closed ones; left out: all."),
                      field<&Q::severity>("severity", "Only of this severity."),
                      field<&Q::item>("item", "Only of this item.").at_most(60),
                      field<&Q::lot>("lot", "Only of this lot of the item, by own code.").at_most(60),
                      field<&Q::serial>("serial", "Only of this unit of the item, by its number.").at_most(60),
                      field<&Q::partner>("partner", "Only of this customer or supplier.").at_most(60),
                      field<&Q::document>("document", "Only about this delivery or receipt.").at_most(60),
                      field<&Q::code>("code", "Only with this defect code.").at_most(60),
                      field<&Q::number>("number", "Only the one with this number.").at_most(60),
                      field<&Q::after>("after", "Go on here: \"next\" of the answer before."),
                      field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct FindingsAnswer {
  std::vector<FindingRow> rows;
  std::uint64_t next = 0;
  static constexpr auto fields() {
    using A = FindingsAnswer;
    return field_list(field<&A::rows>("rows", "Newest first."),
                      field<&A::next>("next", "Ask again with \"after\" set to this; 0: these were all."));
  }
};
Result<FindingsAnswer> ask(const FindingsQuestion<FindingKind::complaint>& question, const Snapshot& snapshot);
Result<FindingsAnswer> ask(const FindingsQuestion<FindingKind::defect>& question, const Snapshot& snapshot);

}  // namespace lotbook
