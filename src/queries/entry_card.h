// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "queries/question.h"

namespace lotbook {

// An entry for reading: codes instead of numbers, personal values as the reader may see them.

struct EntryLine {
  std::string item, lot, from, to, unit;
  Decimal quantity, quantity2;
  std::string serial;
  static constexpr auto fields() {
    using L = EntryLine;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
                      field<&L::from>("from", "Location or end it left."),
                      field<&L::to>("to", "Location or end it came to."), field<&L::quantity>("quantity", "How much."),
                      field<&L::unit>("unit", "Base unit of the item."),
                      field<&L::quantity2>("quantity2", "In the second unit."),
                      field<&L::serial>("serial", "Serial number of the one unit."));
  }
};
struct EntryLot {
  std::string item, lot, issuer, issued_code;
  Quality quality = Quality::released;
  Origin origin = Origin::received;
  Date expires_on, best_before_on, retest_on;
  static constexpr auto fields() {
    using L = EntryLot;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code at its opening."),
                      field<&L::origin>("origin", "How it came into the book."),
                      field<&L::quality>("quality", "Status at its opening."),
                      field<&L::issuer>("issuer", "Who gave the code on the label."),
                      field<&L::issued_code>("issued_code", "Code on the label."),
                      field<&L::expires_on>("expires_on", "Last day of use."),
                      field<&L::best_before_on>("best_before_on", "Best before."),
                      field<&L::retest_on>("retest_on", "To be tested again."));
  }
};
struct EntryDetail {
  std::string name, value;
  static constexpr auto fields() {
    return field_list(field<&EntryDetail::name>("name", "What."),
                      field<&EntryDetail::value>("value", "Its value as text.").at_most(1 << 24));
  }
};
struct EntryFact {
  std::string fact;
  std::vector<EntryDetail> details;
  static constexpr auto fields() {
    return field_list(field<&EntryFact::fact>("fact", "What kind of fact."),
                      field<&EntryFact::details>("details", "What it says.").at_most(1 << 20));
  }
};
/// Who signed the entry, as it stands in the chain (21 CFR 11.50: name, time and meaning).
struct EntrySignature {
  std::uint64_t entry = 0;
  std::string who, name, signed_at, meaning;
  static constexpr auto fields() {
    using S = EntrySignature;
    return field_list(field<&S::entry>("entry", "Entry of the signature."), field<&S::who>("who", "User who signed."),
                      field<&S::name>("name", "Name of that person then."), field<&S::signed_at>("signed_at", "When."),
                      field<&S::meaning>("meaning", "What the signature says."));
  }
};
struct EntryCard {
  std::uint64_t entry = 0;
  std::string kind, recorded_at, occurred_from, occurred_to, who, why, document, reference, partner, address, order;
  std::vector<std::uint64_t> reverses, reinstates;
  std::uint64_t taken_back_by = 0;
  std::vector<EntryLot> opened;
  std::vector<EntryLine> lines;
  std::vector<EntryFact> facts;
  std::vector<EntrySignature> signatures;
  static constexpr auto fields() {
    using C = EntryCard;
    return field_list(
        field<&C::entry>("entry", "Number in the ledger."), field<&C::kind>("kind", "What was done."),
        field<&C::recorded_at>("recorded_at", "When it was recorded."),
        field<&C::occurred_from>("occurred_from", "When it happened, at the earliest."),
        field<&C::occurred_to>("occurred_to", "At the latest; empty when the instant is known."),
        field<&C::who>("who", "Who asked."), field<&C::why>("why", "Why.").at_most(2000),
        field<&C::document>("document", "Paper it is on."), field<&C::reference>("reference", "Paper behind it."),
        field<&C::partner>("partner", "Supplier or customer."), field<&C::address>("address", "Delivery address."),
        field<&C::order>("order", "Order it belongs to."),
        field<&C::reverses>("reverses", "Entries that it took back."),
        field<&C::reinstates>("reinstates", "Entries that it put in force again."),
        field<&C::taken_back_by>("taken_back_by", "Entry that took this one back; 0 while it stands."),
        field<&C::opened>("opened", "Lots that it opened."), field<&C::lines>("lines", "What it moved."),
        field<&C::facts>("facts", "What else it says."),
        field<&C::signatures>("signatures", "Who signed it, bound to its hash; in order."));
  }
};

EntryCard entry_card(const Snapshot& snapshot, const Entry& entry);
/// The first `most` of these entries as cards, each with what took it back as far as all of them tell.
std::vector<EntryCard> entry_cards(const Snapshot& snapshot, const std::vector<const Entry*>& entries,
                                   std::size_t most);
/// Code of a location, or the name of a virtual end such as "supplier".
std::string end_code(const Masters& masters, Id<Place> place);

}  // namespace lotbook
