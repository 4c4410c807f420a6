// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// Entries are taken back as if they never happened (R32): several at once where one is in the way of another (R34).
struct Undo {
  std::vector<std::int64_t> entries;
  std::string reason;
  static constexpr auto fields() {
    using C = Undo;
    return field_list(field<&C::entries>("entries", "Numbers of the entries to take back.").required().at_most(1000),
                      field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const Undo& command, const Moment& moment, const View& view);

struct CorrectedLine {
  std::int64_t line = 0;
  std::optional<Decimal> quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::string lot, from, to;
  bool remove = false;
  std::string serial;
  static constexpr auto fields() {
    using L = CorrectedLine;
    return field_list(
        field<&L::line>("line", "Which line of the entry, counted from 0.").required().between(0, 100'000),
        field<&L::quantity>("quantity", "Right quantity."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Right second quantity."),
        field<&L::lot>("lot", "Right lot of the same item, by own code.").at_most(60),
        field<&L::from>("from", "Right location it left.").at_most(60),
        field<&L::to>("to", "Right location it came to.").at_most(60),
        field<&L::remove>("remove", "The line is wrong altogether."),
        field<&L::serial>("serial", "Right unit of the same item, by its number.").at_most(60));
  }
};
/// An entry reads differently from now on, at its old instant (R32-R34). What is not given stays as it was.
struct Correct {
  std::int64_t entry = 0;
  std::vector<CorrectedLine> lines;
  std::string partner, address, document, reference;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = Correct;
    return field_list(field<&C::entry>("entry", "Number of the wrong entry.").required().between(1, INT64_MAX),
                      field<&C::reason>("reason", "What was wrong, in words.").required().at_most(500),
                      field<&C::lines>("lines", "Lines that were wrong.").at_most(1000),
                      field<&C::partner>("partner", "Right supplier or customer.").at_most(60),
                      field<&C::address>("address", "Right delivery address.").at_most(60),
                      field<&C::document>("document", "Right document number.").at_most(60),
                      field<&C::reference>("reference", "Right number of the paper behind it.").at_most(60),
                      field<&C::occurred_at>("occurred_at", "When it really happened."));
  }
};
Result<Draft> decide(const Correct& command, const Moment& moment, const View& view);

/// "The other lot was used" (R35): one lot gets its quantity back, the other loses it, at the old instant. Of units one
/// is put in place of another.
struct Replace {
  std::int64_t entry = 0;
  std::string item, lot, with, reason, serial, with_serial;
  static constexpr auto fields() {
    using C = Replace;
    return field_list(
        field<&C::entry>("entry", "Number of the entry that names the wrong lot.").required().between(1, INT64_MAX),
        field<&C::item>("item", "Item.").required().at_most(60),
        field<&C::lot>("lot", "Lot that was not used.").at_most(60),
        field<&C::with>("with", "Lot that was used.").at_most(60),
        field<&C::reason>("reason", "How it was found, in words.").required().at_most(500),
        field<&C::serial>("serial", "Of an item with serial numbers: the unit that was not used.").at_most(60),
        field<&C::with_serial>("with_serial", "The unit that was used.").at_most(60));
  }
};
Result<Draft> decide(const Replace& command, const Moment& moment, const View& view);

/// Whether no later entry took this one back.
bool stands(const View& view, const Entry& entry);
/// Entries that name this document, or name it as the paper behind them, and that no later entry took back. An undo
/// names no document, so those of a document alone do not tell.
std::vector<const Entry*> standing_under(const View& view, std::string_view document);

}  // namespace lotbook
