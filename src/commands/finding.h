// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// What was found wrong with goods (see model/finding.h): recorded, changed and closed. Recording blocks nothing:
// whoever wants goods blocked places a hold.

namespace lotbook {

/// A customer complains, about a delivery, or a lot or unit of it.
struct RecordComplaint {
  std::string number, customer;
  std::optional<Date> received_on;
  std::string document, item, lot, serial, code;
  Decimal quantity;
  std::string unit;
  Severity severity = Severity::minor;
  std::string text, contact;
  static constexpr auto fields() {
    using C = RecordComplaint;
    return field_list(
        field<&C::customer>("customer", "Customer who complains.").required().at_most(60),
        field<&C::text>("text", "What is wrong, in the customer's words.").required().at_most(2000),
        field<&C::number>("number", "What people call the complaint; left out: from the series.").at_most(60),
        field<&C::received_on>("received_on", "Day the complaint came; left out: today."),
        field<&C::document>("document", "Delivery that it is about.").at_most(60),
        field<&C::item>("item", "Item that it is about.").at_most(60),
        field<&C::lot>("lot", "Lot that it is about, by own code.").at_most(60),
        field<&C::serial>("serial", "Unit that it is about, by its number.").at_most(60),
        field<&C::code>("code", "Kind of fault, one of the book's defect codes if it has any.").at_most(60),
        field<&C::quantity>("quantity", "How much is affected."),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::severity>("severity", "How bad it is."),
        field<&C::contact>("contact", "Person who complained, to be reached for questions (R96).")
            .personal()
            .at_most(200));
  }
};
Result<Draft> decide(const RecordComplaint& command, const Moment& moment, const View& view);

/// We found something wrong ourselves.
struct RecordDefect {
  std::string number, item, lot, serial, code;
  std::optional<Date> found_on;
  std::string place, order, document, partner;
  Decimal quantity;
  std::string unit;
  Severity severity = Severity::minor;
  std::string text;
  static constexpr auto fields() {
    using C = RecordDefect;
    return field_list(
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::text>("text", "What is wrong, in words.").at_most(2000),
        field<&C::number>("number", "What people call the defect; left out: from the series.").at_most(60),
        field<&C::lot>("lot", "Own code of the lot.").at_most(60),
        field<&C::serial>("serial", "Serial number of the unit.").at_most(60),
        field<&C::code>("code", "Kind of fault, one of the book's defect codes if it has any.").at_most(60),
        field<&C::quantity>("quantity", "How much is affected."),
        field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&C::severity>("severity", "How bad it is."),
        field<&C::found_on>("found_on", "Day it was found; left out: today."),
        field<&C::place>("place", "Location where it was found.").at_most(60),
        field<&C::order>("order", "Production order in which it was found.").at_most(60),
        field<&C::document>("document", "Receipt or delivery at which it was found.").at_most(60),
        field<&C::partner>("partner", "Supplier who delivered it, or customer at whom it was found.").at_most(60));
  }
};
Result<Draft> decide(const RecordDefect& command, const Moment& moment, const View& view);

/// What is given changes, what is left out stays.
template <FindingKind kind>
struct ChangeFinding {
  std::string number, reason;
  std::string code;
  std::optional<Severity> severity;
  std::optional<Decimal> quantity;
  std::string unit, item, lot, serial, document, text;
  bool reopen = false;
  static constexpr auto fields() {
    using C = ChangeFinding;
    return field_list(field<&C::number>("number", "Its number.").required().at_most(60),
                      field<&C::reason>("reason", "Why it changes, in words.").required().at_most(500),
                      field<&C::code>("code", "Right kind of fault.").at_most(60),
                      field<&C::severity>("severity", "How bad it is."),
                      field<&C::quantity>("quantity", "How much is affected."),
                      field<&C::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
                      field<&C::item>("item", "Right item.").at_most(60),
                      field<&C::lot>("lot", "Right lot, by own code.").at_most(60),
                      field<&C::serial>("serial", "Right unit, by its number.").at_most(60),
                      field<&C::document>("document", "Right delivery or receipt.").at_most(60),
                      field<&C::text>("text", "What is wrong, in words.").at_most(2000),
                      field<&C::reopen>("reopen", "It was closed, and goes on."));
  }
};
Result<Draft> decide(const ChangeFinding<FindingKind::complaint>& command, const Moment& moment, const View& view);
Result<Draft> decide(const ChangeFinding<FindingKind::defect>& command, const Moment& moment, const View& view);

template <FindingKind kind>
struct CloseFinding {
  std::string number, outcome;
  static constexpr auto fields() {
    using C = CloseFinding;
    return field_list(field<&C::number>("number", "Its number.").required().at_most(60),
                      field<&C::outcome>("outcome", "What came of it, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const CloseFinding<FindingKind::complaint>& command, const Moment& moment, const View& view);
Result<Draft> decide(const CloseFinding<FindingKind::defect>& command, const Moment& moment, const View& view);

}  // namespace lotbook
