// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/decimal.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/time.h"
#include "model/record.h"

// What was found wrong with goods: by a customer, who complains, or by ourselves, a defect. Either is about a lot or a
// unit, or about a whole delivery, and stays open until somebody closes it with what came of it.

namespace lotbook {

enum class FindingKind : std::uint8_t { complaint, defect };
template <>
struct Choices<FindingKind> {
  static constexpr std::array<std::string_view, 2> names{"complaint", "defect"};
};
enum class Severity : std::uint8_t { minor, major, critical };
template <>
struct Choices<Severity> {
  static constexpr std::array<std::string_view, 3> names{"minor", "major", "critical"};
};
enum class FindingState : std::uint8_t { open, closed };
template <>
struct Choices<FindingState> {
  static constexpr std::array<std::string_view, 2> names{"open", "closed"};
};

struct Finding {
  Id<Finding> id;
  FindingKind kind = FindingKind::complaint;
  std::string number;
  std::uint64_t opened_in = 0;
  bool exists = true;  ///< the entry that made it stands

  // What may change: the list below. Ids stand as numbers, so that they outlive a rename.
  FindingState state = FindingState::open;
  Severity severity = Severity::minor;
  std::string code, text, document, contact, outcome;
  std::uint32_t item = 0, lot = 0, serial = 0, partner = 0, place = 0, run = 0;
  Decimal quantity;
  Date found_on;

  static constexpr auto fields() {
    using F = Finding;
    return field_list(field<&F::state>("state", "Open or closed."), field<&F::severity>("severity", "How bad it is."),
                      field<&F::code>("code", "What kind of fault.").at_most(60), field<&F::item>("item", "Item."),
                      field<&F::lot>("lot", "Lot."), field<&F::serial>("serial", "Unit."),
                      field<&F::quantity>("quantity", "How much is affected, in the item's base unit."),
                      field<&F::partner>("partner", "Customer who complains, or supplier of what is bad."),
                      field<&F::document>("document", "Delivery or receipt that it is about.").at_most(60),
                      field<&F::place>("place", "Where it was found."),
                      field<&F::run>("run", "Production order it was found in."),
                      field<&F::found_on>("found_on", "Day it was found, or the complaint came."),
                      field<&F::text>("text", "What is wrong, in words.").at_most(2000),
                      field<&F::contact>("contact", "Person who complained.").personal().at_most(200),
                      field<&F::outcome>("outcome", "What came of it.").at_most(2000));
  }
};

/// Its fields as they are to be kept in the table, and read from there.
std::string body_of(const Finding& finding);
void read_body(std::string_view body, Finding& finding);

}  // namespace lotbook
