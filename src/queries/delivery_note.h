// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

// What a delivery note says, as it was issued (R80): later corrections issue further versions and change no earlier
// one. It is one customer's: what left to another one under the same number is another note. A correction that gives
// goods to another customer takes them out of one note and puts them into the other.

namespace lotbook {

struct DeliveryNoteQuestion {
  std::string document, customer;
  std::int64_t version = 0;
  static constexpr auto fields() {
    using Q = DeliveryNoteQuestion;
    return field_list(
        field<&Q::document>("document", "Number of the delivery note.").required().at_most(60),
        field<&Q::customer>("customer", "Whose; needed where several customers have that number.").at_most(60),
        field<&Q::version>("version", "Which version; left out: the newest.").between(0, 1'000'000));
  }
};
struct DeliveryNoteLine {
  std::string item, item_name, lot, outside_code, serial, sscc, unit, change;
  Decimal quantity, quantity2, before;
  static constexpr auto fields() {
    using L = DeliveryNoteLine;
    return field_list(
        field<&L::item>("item", "Item."), field<&L::item_name>("item_name", "Its name when the version was issued."),
        field<&L::lot>("lot", "Own code of the lot."),
        field<&L::outside_code>("outside_code", "Code under which the lot is known outside (R11)."),
        field<&L::serial>("serial", "Serial number of a unit."),
        field<&L::sscc>("sscc", "SSCC of the pallet or case that it left on."),
        field<&L::quantity>("quantity", "How much left, in the item's base unit."),
        field<&L::unit>("unit", "That unit."),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."),
        field<&L::change>("change",
                          "Against the version before: \"added\", \"changed\", \"removed\"; empty: the same."),
        field<&L::before>("before", "The quantity of the version before, where it changed."));
  }
};
struct DeliveryNoteVersion {
  std::int64_t version = 0;
  std::uint64_t entry = 0;
  std::string kind, recorded_at, who, why;
  static constexpr auto fields() {
    using V = DeliveryNoteVersion;
    return field_list(field<&V::version>("version", "Number of the version."),
                      field<&V::entry>("entry", "Entry that issued it."), field<&V::kind>("kind", "What that did."),
                      field<&V::recorded_at>("recorded_at", "When."), field<&V::who>("who", "By whom."),
                      field<&V::why>("why", "Why.").at_most(2000));
  }
};
struct DeliveryNoteAnswer {
  std::string document, customer, customer_name, address, address_name, order, dispatched_at;
  std::int64_t version = 0;
  bool is_void = false;
  std::vector<DeliveryNoteLine> lines;
  std::vector<std::string> handling_units;
  std::vector<DeliveryNoteVersion> versions;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = DeliveryNoteAnswer;
    return field_list(field<&A::document>("document", "Number of the delivery note."),
                      field<&A::version>("version", "Version that is shown."),
                      field<&A::is_void>("is_void", "Nothing of it left, as that version says."),
                      field<&A::customer>("customer", "Customer."),
                      field<&A::customer_name>("customer_name", "Its name when the version was issued."),
                      field<&A::address>("address", "Delivery address."),
                      field<&A::address_name>("address_name", "Its name when the version was issued."),
                      field<&A::order>("order", "Sales order."),
                      field<&A::dispatched_at>("dispatched_at", "When the goods left."),
                      field<&A::lines>("lines", "What left, and what the version took out."),
                      field<&A::handling_units>("handling_units",
                                                "SSCCs of the pallets and cases that left, empty ones "
                                                "included, as that version says."),
                      field<&A::versions>("versions", "All versions, the first one first."),
                      field<&A::entry>("entry", "Entry that the answer reflects."));
  }
};
Result<DeliveryNoteAnswer> ask(const DeliveryNoteQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
