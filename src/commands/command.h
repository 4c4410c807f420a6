// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands/actor.h"
#include "ledger/view.h"
#include "model/refusal.h"

// What a command is made of. A command struct says what may be asked; `decide(command, moment, view)` is a pure
// function that refuses, or answers with a draft: what its entry holds. It writes nothing, reads no clock and sees
// neither SQL nor JSON.

namespace lotbook {

/// When and by whom a command is decided.
struct Moment {
  Instant now;
  const Actor& actor;
};

/// The entry that a command asks for, before it has a number. `execute` settles its time, checks that no stock falls
/// below zero (R28), stamps it and posts it.
class Draft {
 public:
  Draft(EntryKind kind, const View& view) : next_id_(view.next_id()) { entry.kind = kind; }

  Entry entry;
  std::optional<WrittenTime> occurred_at;  ///< as the person wrote it; none: now
  Id<Place> place;                         ///< whose site's calendar days count (R25)
  std::vector<PrivateRow> privates;        ///< personal values that the entry holds as salted hashes (R96)
  bool keeps_settled = false;  ///< a correction: `occurred` and `settled_at` are those of the entry it corrects (R32)
  std::uint64_t same_as = 0;  ///< the book says all this already, by that entry: its answer is given, nothing is posted
  std::string quantity_field = "";  ///< pointer that a refusal for want of goods names
  std::string into_field = "";      ///< pointer to the vessel that goods come into; empty: the quantity's

  /// A number for a new thing; they count on from the book's, in order of asking.
  std::uint32_t new_id() { return next_id_++; }
  void line(Id<Lot> lot, Id<Place> from, Id<Place> to, Decimal quantity, Decimal quantity2 = {}) {
    entry.lines.push_back({lot, from, to, quantity, quantity2, 0, 0});
  }
  template <class F>
  void fact(F fact) {
    entry.facts.emplace_back(std::move(fact));
  }
  void notice(std::string code, std::string detail, Id<Lot> lot = {}) {
    fact(Noticed{std::move(code), std::move(detail), lot.value});
  }

 private:
  std::uint32_t next_id_;
};

/// A lot that an answer names.
struct PostedLot {
  std::string item, lot;
  std::uint32_t id = 0;
  static constexpr auto fields() {
    return field_list(field<&PostedLot::item>("item", "Item."), field<&PostedLot::lot>("lot", "Own code."),
                      field<&PostedLot::id>("id", "Number of the lot in this book."));
  }
};
struct Warning {
  std::string code, detail;
  static constexpr auto fields() {
    return field_list(field<&Warning::code>("code", "What kind of warning."),
                      field<&Warning::detail>("detail", "One sentence."));
  }
};
/// The answer to every command: made from the entry alone, so that the same key gives the same answer for ever.
struct Posted {
  std::uint64_t entry = 0;
  std::string kind, recorded_at, document;
  std::vector<PostedLot> opened;            ///< lots that the command opened
  std::string hold, order;                  ///< number of a hold or order that it opened or closed
  std::vector<std::string> handling_units;  ///< SSCCs of pallets and cases that it opened
  std::vector<Warning> warnings;
  static constexpr auto fields() {
    return field_list(field<&Posted::entry>("entry", "Number of the entry in the ledger."),
                      field<&Posted::kind>("kind", "What was done."),
                      field<&Posted::recorded_at>("recorded_at", "When it was recorded."),
                      field<&Posted::document>("document", "Document it is on."),
                      field<&Posted::opened>("opened", "Lots that were opened."),
                      field<&Posted::hold>("hold", "Number of the hold that was placed."),
                      field<&Posted::order>("order", "Number of the order that was opened."),
                      field<&Posted::handling_units>("handling_units", "SSCCs of pallets and cases that were opened."),
                      field<&Posted::warnings>("warnings", "What deserves a second look."));
  }
};
Posted posted_answer(const Entry& entry, const Masters& masters, const View& view);

}  // namespace lotbook
