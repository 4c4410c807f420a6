// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trace/links.h"

namespace lotbook {

/// R89, of one lot or of the lots of one item in a scope: what came in is what went out and what is on hand, to the
/// last decimal. A difference that is not 0 is a fault of the book, never of the goods.
struct Balance {
  std::string item, lot, unit;
  std::uint32_t lots = 1;
  Decimal opened, received, yielded, returned, converted_in, count_gains;
  Decimal consumed, dispatched, back_to_supplier, disposed, sampled, converted_out, count_losses, on_hand;
  Decimal passed_inside, total_in, total_out, difference, percent_explained;
  std::vector<std::uint64_t> count_entries;
  static constexpr auto fields() {
    using B = Balance;
    return field_list(
        field<&B::item>("item", "Item."), field<&B::lot>("lot", "Own code; empty when the row sums several lots."),
        field<&B::unit>("unit", "Base unit of the item."), field<&B::lots>("lots", "How many lots are summed."),
        field<&B::opened>("opened", "Opening stock."), field<&B::received>("received", "Received from suppliers."),
        field<&B::yielded>("yielded", "Produced."), field<&B::returned>("returned", "Returned by customers."),
        field<&B::converted_in>("converted_in", "Split, blended, relabelled or repacked into it."),
        field<&B::count_gains>("count_gains", "Found by counts."),
        field<&B::consumed>("consumed", "Consumed, less what was given back."),
        field<&B::dispatched>("dispatched", "Dispatched to customers."),
        field<&B::back_to_supplier>("back_to_supplier", "Returned to suppliers."),
        field<&B::disposed>("disposed", "Destroyed."), field<&B::sampled>("sampled", "Taken for testing."),
        field<&B::converted_out>("converted_out", "Split, blended, relabelled or repacked into other lots."),
        field<&B::count_losses>("count_losses", "Missed by counts."),
        field<&B::on_hand>("on_hand", "On hand, with what is retained, external or in transit."),
        field<&B::passed_inside>("passed_inside", "Passed between lots of the scope; in neither sum."),
        field<&B::total_in>("total_in", "Sum of what came in."),
        field<&B::total_out>("total_out", "Sum of what went out and is on hand."),
        field<&B::difference>("difference", "In less out: 0, or the book is damaged."),
        field<&B::percent_explained>("percent_explained", "Share that needs no count to be explained, in percent."),
        field<&B::count_entries>("count_entries", "Counts and adjustments behind the rest.").at_most(1 << 20));
  }
};

/// On hand of a lot as the stock tables have it: the balance checks them against the entries.
using OnHand = std::function<Decimal(Id<Lot>)>;

Balance mass_balance(Links& links, const Masters& masters, Id<Lot> lot, const OnHand& on_hand);
/// One row per item, ordered by item; what passes between lots of the scope is counted once.
std::vector<Balance> mass_balance(Links& links, const Masters& masters, std::span<const Id<Lot>> scope,
                                  const OnHand& on_hand);

}  // namespace lotbook
