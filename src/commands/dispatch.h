// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/attributes.h"
#include "commands/leaving.h"
#include "commands/serials.h"
#include "commands/whole_units.h"

namespace lotbook {

struct DispatchLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string from, sscc;
  std::vector<GivenAttribute> attributes;
  static constexpr auto fields() {
    using L = DispatchLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much leaves. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::from>("from", "Location it leaves.").required().at_most(60), off_unit_field<&L::sscc>(),
        field<&L::attributes>("attributes", "What the book asks for at dispatch.").at_most(100));
  }
};

/// Named lots leave to a customer's delivery address (R40, R44, R49, R80).
struct Dispatch {
  std::string customer, address;
  std::string document, reference;
  std::vector<DispatchLine> lines;
  std::vector<std::string> handling_units;
  std::vector<GivenAttribute> attributes;
  bool confirm_here = false, override_life = false, override_best_before = false;
  std::string consent;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = Dispatch;
    return field_list(
        field<&C::customer>("customer", "Partner who gets the goods.").required().at_most(60),
        field<&C::document>("document", "Number of the delivery note.").required().at_most(60),
        field<&C::address>("address", "Delivery address of the customer.").at_most(60),
        field<&C::reference>("reference", "Number of the sales order.").at_most(60),
        field<&C::lines>("lines", "What leaves; may be left out where handling units leave.").at_most(1000),
        handling_units_field<&C::handling_units>(),
        field<&C::attributes>("attributes", "What the book asks for at dispatch of what is on the handling units.")
            .at_most(100),
        field<&C::confirm_here>("confirm_here", "\"I have it here\": move late or count in what the book lacks (R60)."),
        override_life_field<&C::override_life>(), override_best_before_field<&C::override_best_before>(),
        consent_field<&C::consent>(), field<&C::occurred_at>("occurred_at", "When it left; left out: now."),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const Dispatch& command, const Moment& moment, const View& view);

/// The goods of a dispatch never left; they are in `to` now (R81).
struct VoidDispatch {
  std::string document, customer, to, reason;
  static constexpr auto fields() {
    using C = VoidDispatch;
    return field_list(
        field<&C::document>("document", "Number of the delivery note that is void.").required().at_most(60),
        field<&C::customer>("customer", "Whose it is; needed where several customers have one of that number.")
            .at_most(60),
        field<&C::to>("to", "Location where the goods are now.").required().at_most(60),
        field<&C::reason>("reason", "Why, in words.").required().at_most(500));
  }
};
Result<Draft> decide(const VoidDispatch& command, const Moment& moment, const View& view);

struct ReturnLine {
  std::string item, lot;
  Decimal quantity;
  std::string unit;
  std::optional<Decimal> quantity2;
  std::vector<std::string> serials;
  std::string to, sscc;
  static constexpr auto fields() {
    using L = ReturnLine;
    return field_list(
        field<&L::item>("item", "Item.").required().at_most(60),
        field<&L::lot>("lot", "Own code of the lot; left out for untracked items.").at_most(60),
        field<&L::quantity>("quantity", "How much came back. Left out for units that are named by serial number."),
        field<&L::unit>("unit", "Unit of the quantity; empty: the item's base unit.").at_most(3),
        field<&L::quantity2>("quantity2", "Second quantity of a catch-weight item."), serials_field<&L::serials>(),
        field<&L::to>("to", "Returns location it is put.").required().at_most(60),
        field<&L::sscc>("sscc",
                        "SSCC of the pallet or case that it came back on; what had left on that and is in no line did "
                        "not come with it.")
            .at_most(18));
  }
};
/// Goods came back from a customer, into the same lot, in a returns place (R82).
struct ReturnGoods {
  std::string customer, document, reference;
  std::vector<ReturnLine> lines;
  std::vector<std::string> handling_units;
  std::string to;
  bool confirm_unproven = false;
  std::optional<WrittenTime> occurred_at;
  std::string reason;
  static constexpr auto fields() {
    using C = ReturnGoods;
    return field_list(
        field<&C::customer>("customer", "Partner who sent them back.").required().at_most(60),
        field<&C::document>("document", "Number of the return.").at_most(60),
        field<&C::reference>("reference", "Delivery note on which they had left.").at_most(60),
        field<&C::lines>("lines", "What came back; may be left out where handling units did.").at_most(1000),
        field<&C::handling_units>("handling_units",
                                  "SSCCs of pallets or cases that came back with all that had left on them (R24).")
            .at_most(500),
        field<&C::to>("to", "Returns location the handling units are put.").at_most(60),
        field<&C::confirm_unproven>("confirm_unproven",
                                    "More than that customer had of the lot: take it in as unproven origin, on hold."),
        field<&C::occurred_at>("occurred_at", "When it came; left out: now."),
        field<&C::reason>("reason", "Why, in words.").at_most(500));
  }
};
Result<Draft> decide(const ReturnGoods& command, const Moment& moment, const View& view);

/// What a customer holds of a lot: dispatched less returned, from the entries that stand.
Decimal net_dispatched(const View& view, Id<Lot> lot, Id<Partner> customer);

}  // namespace lotbook
