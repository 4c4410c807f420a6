// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trace/walk.h"

// What a reader gets of a trace. Ordered by level, item, own code (R92); the same whoever asks, in whatever order.

namespace lotbook {

struct TracedStock {
  std::string place, kind;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using S = TracedStock;
    return field_list(field<&S::place>("place", "Location; \"in_transit\" between sites."),
                      field<&S::kind>("kind", "What the location is used as."),
                      field<&S::quantity>("quantity", "How much lies there."),
                      field<&S::quantity2>("quantity2", "In the second unit."));
  }
};
struct TracedLot {
  std::string item, lot;
  std::uint32_t id = 0, level = 0;
  Origin origin = Origin::received;
  std::string unit;
  std::vector<TracedStock> on_hand;
  static constexpr auto fields() {
    using L = TracedLot;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
                      field<&L::id>("id", "Number of the lot in this book."),
                      field<&L::level>("level", "Transformations between it and the nearest lot that was asked for."),
                      field<&L::origin>("origin", "How the lot came into the book."),
                      field<&L::unit>("unit", "Base unit of the item."),
                      field<&L::on_hand>("on_hand", "Where it lies.").at_most(1 << 20));
  }
};
struct TracedLine {
  std::string item, lot;
  Decimal quantity, quantity2;
  bool assumed = false;
  std::string into;
  static constexpr auto fields() {
    using L = TracedLine;
    return field_list(field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code; empty for untracked items."),
                      field<&L::quantity>("quantity", "Consumed less given back, or yielded; at most, when assumed."),
                      field<&L::quantity2>("quantity2", "In the second unit."),
                      field<&L::assumed>("assumed", "Perhaps only: at least 0 (R63, R69)."),
                      field<&L::into>("into", "Went only into this output (R66); of several: item and code of each."));
  }
};
/// A transformation that was passed: each of its inputs is linked to each of its outputs, but for those with `into`.
struct TracedTransformation {
  std::string order, kind;
  std::uint32_t level = 0;
  std::vector<std::uint64_t> entries;
  std::vector<TracedLine> inputs, outputs;
  static constexpr auto fields() {
    using T = TracedTransformation;
    return field_list(field<&T::order>("order", "Number of the run; empty when it is one entry alone."),
                      field<&T::kind>("kind", "What was done."),
                      field<&T::level>("level", "How many transformations away."),
                      field<&T::entries>("entries", "Entries that say so.").at_most(1 << 24),
                      field<&T::inputs>("inputs", "Reached lots that went in.").at_most(1 << 24),
                      field<&T::outputs>("outputs", "Reached lots that came out.").at_most(1 << 24));
  }
};
struct TracedDelivery {
  std::string lot, document;
  std::uint64_t entry = 0;
  Decimal dispatched, returned;
  static constexpr auto fields() {
    using D = TracedDelivery;
    return field_list(field<&D::lot>("lot", "Own code."), field<&D::document>("document", "Delivery it was on."),
                      field<&D::entry>("entry", "Entry that says so."),
                      field<&D::dispatched>("dispatched", "Went out."), field<&D::returned>("returned", "Came back."));
  }
};
/// R86: stays listed at net zero, for they had it.
struct TracedCustomer {
  std::string partner, name, address, item, unit;
  Decimal quantity, dispatched, returned, quantity2;
  std::vector<TracedDelivery> deliveries;
  static constexpr auto fields() {
    using C = TracedCustomer;
    return field_list(
        field<&C::partner>("partner", "Customer."), field<&C::name>("name", "Name of the customer."),
        field<&C::address>("address", "Delivery address; empty if none was named."), field<&C::item>("item", "Item."),
        field<&C::quantity>("quantity", "Net: dispatched less returned."),
        field<&C::unit>("unit", "Base unit of the item."), field<&C::dispatched>("dispatched", "Went out."),
        field<&C::returned>("returned", "Came back."), field<&C::quantity2>("quantity2", "Net, in the second unit."),
        field<&C::deliveries>("deliveries", "Lots and deliveries behind it.").at_most(1 << 24));
  }
};
struct TracedSupplier {
  std::string partner, name, item, lot, supplier_lot, unit;
  std::vector<std::string> documents;
  Date received_on;
  Decimal quantity;
  std::vector<std::uint64_t> entries;
  static constexpr auto fields() {
    using S = TracedSupplier;
    return field_list(field<&S::partner>("partner", "Supplier."), field<&S::name>("name", "Name of the supplier."),
                      field<&S::item>("item", "Item."), field<&S::lot>("lot", "Own code."),
                      field<&S::supplier_lot>("supplier_lot", "Code on the label, as its issuer gave it."),
                      field<&S::documents>("documents", "Deliveries it came on.").at_most(1 << 20),
                      field<&S::received_on>("received_on", "Day of the first of them, at the site."),
                      field<&S::quantity>("quantity", "Received."), field<&S::unit>("unit", "Base unit of the item."),
                      field<&S::entries>("entries", "Entries that say so.").at_most(1 << 20));
  }
};
/// R22: still ours, and lying with a partner, who is told like a customer.
struct TracedLoan {
  std::string partner, name, place, item, lot, unit;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using L = TracedLoan;
    return field_list(field<&L::partner>("partner", "Partner with whom it lies; empty if the location names none."),
                      field<&L::name>("name", "Name of the partner."), field<&L::place>("place", "Location."),
                      field<&L::item>("item", "Item."), field<&L::lot>("lot", "Own code."),
                      field<&L::quantity>("quantity", "How much of ours lies there."),
                      field<&L::unit>("unit", "Base unit of the item."),
                      field<&L::quantity2>("quantity2", "In the second unit."));
  }
};
enum class EndKind : std::uint8_t { in_process, disposed, sampled, returned_to_supplier };
template <>
struct Choices<EndKind> {
  static constexpr std::array<std::string_view, 4> names{"in_process", "disposed", "sampled", "returned_to_supplier"};
};
struct TracedEnd {
  EndKind kind = EndKind::disposed;
  std::string item, lot, unit, partner, order;
  Decimal quantity, quantity2;
  static constexpr auto fields() {
    using E = TracedEnd;
    return field_list(field<&E::kind>("kind", "Where it went."), field<&E::item>("item", "Item."),
                      field<&E::lot>("lot", "Own code."), field<&E::quantity>("quantity", "How much."),
                      field<&E::unit>("unit", "Base unit of the item."),
                      field<&E::quantity2>("quantity2", "In the second unit."),
                      field<&E::partner>("partner", "Supplier it went back to."),
                      field<&E::order>("order", "Open order that it went into."));
  }
};
struct TracedWithdrawal {
  std::uint64_t entry = 0, by_entry = 0;
  std::string kind, item, lot, partner, document, who, when, why;
  Decimal quantity;
  static constexpr auto fields() {
    using W = TracedWithdrawal;
    return field_list(field<&W::entry>("entry", "Entry that no longer stands."),
                      field<&W::kind>("kind", "What it had said of the lot."), field<&W::item>("item", "Item."),
                      field<&W::lot>("lot", "Own code."), field<&W::quantity>("quantity", "How much."),
                      field<&W::partner>("partner", "Customer or supplier it named."),
                      field<&W::document>("document", "Document it was on."),
                      field<&W::by_entry>("by_entry", "Entry that took it back."),
                      field<&W::who>("who", "Who took it back."), field<&W::when>("when", "When."),
                      field<&W::why>("why", "Why.").at_most(2000));
  }
};
struct TraceGap {
  std::string why, item, lot, where;
  static constexpr auto fields() {
    using G = TraceGap;
    return field_list(field<&G::why>("why", "not_tracked, unknown or found."), field<&G::item>("item", "Item."),
                      field<&G::lot>("lot", "Own code, if it has one."),
                      field<&G::where>("where", "Order or entry where the trail ends."));
  }
};

struct TraceAnswer {
  Way way = Way::back;
  std::uint64_t entry = 0;
  bool complete = true;
  std::vector<TracedLot> lots;
  std::vector<TracedTransformation> transformations;
  std::vector<TracedCustomer> customers;
  std::vector<TracedLoan> ours;
  std::vector<TracedSupplier> suppliers;
  std::vector<TracedEnd> ends;
  std::vector<TracedWithdrawal> withdrawn;
  std::vector<TraceGap> incomplete;
  static constexpr auto fields() {
    using A = TraceAnswer;
    return field_list(
        field<&A::way>("way", "To origins or to customers."),
        field<&A::entry>("entry", "Entry that the answer reflects."),
        field<&A::complete>("complete", "False when the trail ends somewhere, see \"incomplete\"."),
        field<&A::lots>("lots", "Every lot reached, those asked for included.").at_most(1 << 28),
        field<&A::transformations>("transformations", "Every transformation passed.").at_most(1 << 28),
        field<&A::customers>("customers", "Who had it (forward).").at_most(1 << 28),
        field<&A::ours>("ours", "What is still ours and lies with partners, on loan or consignment (forward, R22).")
            .at_most(1 << 28),
        field<&A::suppliers>("suppliers", "Whom it came from (back).").at_most(1 << 28),
        field<&A::ends>("ends", "Where else it went (forward).").at_most(1 << 28),
        field<&A::withdrawn>("withdrawn", "Links, dispatches and receipts that were corrected away; in no total (R36).")
            .at_most(1 << 28),
        field<&A::incomplete>("incomplete", "Where the trail ends for want of lots (R90).").at_most(1 << 28));
  }
};

/// `brief` leaves out transformations, deliveries and ends: what a table of thousands of seeds has no room for.
enum class Detail { brief, full };

/// Does not depend on the order of seeds.
TraceAnswer trace_back(Links& links, const Masters& masters, std::span<const Id<Lot>> seeds, Detail detail);
TraceAnswer trace_forward(Links& links, const Masters& masters, std::span<const Id<Lot>> seeds, Detail detail);

}  // namespace lotbook
