// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/command.h"
#include "ledger/draft_parts.h"
#include "model/usable.h"

// Reads what a command names, and gathers every refusal on the way, so that a person learns of all faults at once.
// Look-ups give null (or nothing) after they have noted why; a command ends its guards with `if (look.refused()) return
// look.refusals();`.

namespace lotbook {

/// The same three fields that most commands carry.
struct Paper {
  std::optional<WrittenTime> occurred_at;
  std::string document, reference, reason;
};

struct FoundItem {
  Id<Item> id;
  const Item* item = nullptr;
  explicit operator bool() const { return item != nullptr; }
};
struct FoundLot {
  FoundItem item;
  const LotState* state = nullptr;
  Id<Lot> id() const { return state ? state->lot.id : Id<Lot>{}; }
  explicit operator bool() const { return state != nullptr; }
};

std::string at(std::string_view list, std::size_t i, std::string_view field);  ///< "/lines/0/lot"

class Look {
 public:
  Look(const View& view, const Moment& moment, std::optional<WrittenTime> occurred_at)
      : view_(view), moment_(moment), occurred_at_(occurred_at) {}

  const View& view() const { return view_; }
  const Masters& masters() const { return view_.masters(); }
  const Moment& moment() const { return moment_; }
  bool is_back_dated() const { return occurred_at_.has_value(); }
  /// When it happened, as precisely as the person said; now if he said nothing.
  Interval occurred(Id<Place> place) const {
    return occurred_at_ ? occurred_at_->at(masters().zone_of(place)) : Interval{moment_.now, 0};
  }

  bool refused() const { return !refusals_.empty(); }
  Refusals refusals() { return std::move(refusals_); }
  void refuse(Code code, std::string field, std::string detail) {
    refuse(Refusal{code, std::move(field), std::move(detail)});
  }
  void refuse(Refusal refusal) { refusals_.push_back(std::move(refusal)); }

  FoundItem item(const std::string& code, std::string field);
  /// The lot of that own code. An untracked item has one lot and wants no code. With `supplier_lot` instead of `lot`:
  /// the one lot of the item that bears that name; several: ambiguous_lot with the candidates (R8).
  FoundLot lot(const std::string& item, const std::string& lot, std::string item_field, std::string lot_field);
  /// A place where stock may lie: a location, not a virtual end.
  Id<Place> place(const std::string& code, std::string field);
  Id<Partner> partner(const std::string& code, Role role, std::string field);
  /// A delivery address of that partner; none when `code` is empty.
  Id<Address> address(const std::string& code, Id<Partner> partner, std::string field);

  /// What was typed, in base units: above zero, in a known unit, rounded half up once (R14, R15, R17).
  std::optional<Decimal> quantity(Decimal typed, const std::string& unit, const Item& item, std::string_view lot,
                                  std::string field);
  /// The same, but zero is allowed (counts).
  std::optional<Decimal> quantity_or_zero(Decimal typed, const std::string& unit, const Item& item,
                                          std::string_view lot, std::string field);
  /// The second quantity of a catch-weight item: needed there, unwanted elsewhere (R18).
  std::optional<Decimal> quantity2(const std::optional<Decimal>& typed, const Item& item, std::string field);

  /// The calendar day at the place's site on which the command says it happened (R25, R29).
  Date day(Id<Place> place) const;
  /// The lot as it is to be judged in that place (R38, R39).
  Condition condition(const LotState& lot, Id<Place> place) const;
  Standing standing(const LotState& lot, Id<Place> place) const { return standing_of(condition(lot, place)); }
  /// R20, R40: refuses with the status that forbids it. `asking.has_quality_right` is filled in here.
  bool allow(const LotState& lot, Id<Place> place, Asking asking, std::string field);

  /// Refuses with the sentence for a status or a place that forbids what is asked.
  void refuse_status(Code code, const LotState& lot, std::string field);

  /// Takes goods of a lot out of a place into `to`, as lines of the draft. Where the book has too few there and
  /// `confirm_here` is set (R60), first moves late what the book has elsewhere at the site, then counts a gain. Whether
  /// it suffices is checked by `execute` (R28).
  struct Take {
    const LotState& lot;
    Id<Place> from, to;
    Decimal quantity, quantity2;
    bool confirm_here = false;
    std::string field;
  };
  void take(Draft& draft, const Take& take);
  /// Where the place was named that the draft's latest goods come into, should it be a vessel that cannot take them.
  void into(Draft& draft, Id<Place> place, std::string field) const {
    if (masters().is_vessel(place)) draft.into_field = std::move(field);
  }
  /// How often this person said "I have it here" on the present day at the place's site, in the book and the draft.
  std::int64_t confirmed_today(const Draft& draft, Id<Place> place) const;
  /// Writes down what was typed when it was in another unit (R14); call right after the line was added.
  static void typed(Draft& draft, Decimal number, const std::string& unit, const Item& item);
  /// Document, reference, reason and time into the draft. The place says whose calendar counts.
  static void paper(Draft& draft, const Paper& paper, Id<Place> place);

  /// A code that may name a new lot (R6, R9): trimmed NFC comes from reading; refuses what is no code or a placeholder.
  bool new_code(const std::string& code, std::string field);
  /// R2, R10: the own code is free for the item, and resembles none unless confirmed.
  /// `renamed`: a lot whose own names are not in the way, since it is the one that gets the code; none for a new lot.
  bool free_code(Id<Item> item, const std::string& code, bool confirm_new_lot, std::string field, Id<Lot> renamed = {});
  /// An own code from the series: prefix of the place's site and the lot's number (R2, R6).
  std::string series_code(Id<Item> item, Id<Lot> lot, Id<Place> place) const;

 private:
  std::optional<Decimal> to_base(Decimal typed, const std::string& unit, const Item& item, std::string_view lot,
                                 const std::string& field);
  const View& view_;
  const Moment& moment_;
  std::optional<WrittenTime> occurred_at_;
  Refusals refusals_;
};

}  // namespace lotbook
