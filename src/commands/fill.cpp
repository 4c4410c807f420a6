// SPDX-License-Identifier: Apache-2.0
#include "commands/fill.h"

#include <algorithm>

#include "commands/child_lots.h"
#include "commands/take_lines.h"
#include "ledger/vessel.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

Id<Place> vessel_named(Look& look, const std::string& code) {
  const Id<Place> vessel = look.place(code, "/vessel");
  if (!vessel || look.masters().is_vessel(vessel)) return vessel;
  look.refuse(Code::no_vessel, "/vessel",
              code +
                  " is no vessel. Name a location of the kind \"vessel\" that mixes or keeps layers, or move the "
                  "goods there.");
  return {};
}

/// A line of the fill once its codes are known.
struct Inflow {
  FoundLot lot;
  Id<Place> from;
  Whole much;
  std::size_t i;
};

std::optional<Inflow> inflow_of(Look& look, const Fill& command, std::size_t i, Id<Place> vessel) {
  const FillLine& line = command.lines[i];
  const FoundLot lot = tracked_lot(look, line.item, line.lot, at("lines", i, "lot"), at("lines", i, "item"));
  const Id<Place> from = look.place(line.from, at("lines", i, "from"));
  if (!lot || !from || !vessel) return std::nullopt;
  const Item& item = *lot.item.item;
  const std::optional<Decimal> quantity =
      look.quantity(line.quantity, line.unit, item, line.lot, at("lines", i, "quantity"));
  const std::optional<Decimal> quantity2 = look.quantity2(line.quantity2, item, at("lines", i, "quantity2"));
  if (!quantity || !quantity2) return std::nullopt;
  if (from == vessel) {
    look.refuse(Code::same_place, at("lines", i, "from"), "That is in the vessel already. Name where it comes from.");
    return std::nullopt;
  }
  if (look.masters().site_of(from) != look.masters().site_of(vessel)) {
    look.refuse(Code::not_the_same_site, at("lines", i, "from"),
                "That is another site. Transfer the goods first, then fill them in.");
    return std::nullopt;
  }
  return Inflow{lot, from, {*quantity, *quantity2}, i};
}

/// What is in the vessel, and what comes to it, becomes one new lot.
class Mixture {
 public:
  Mixture(Look& look, Draft& draft, const Fill& command, Id<Place> vessel)
      : look_(look), draft_(draft), command_(command), vessel_(vessel) {}

  void add(const Inflow& in) {
    take(*in.lot.state, in.from, in.much, command_.confirm_here, at("lines", in.i, "lot"),
         at("lines", in.i, "quantity"));
    const FillLine& line = command_.lines[in.i];
    Look::typed(draft_, line.quantity, line.unit, *in.lot.item.item);
  }
  void add_heel(const LotState& heel) {
    take(heel, vessel_, {heel.on_hand(vessel_), heel.on_hand2(vessel_)}, false, "/vessel", "/vessel");
  }
  /// The new lot lies in the vessel; what clung to it may be in there, too.
  void pour(Id<Lot> clinging, Decimal residue) {
    if (look_.refused()) return;
    const LotOpened* child =
        open_child(look_, draft_, parent_, {command_.new_lot, vessel_, command_.confirm_new_lot, "/new_lot"});
    if (!child) return;
    const Id<Lot> lot = child->lot;
    draft_.line(lot, ends::conversion, vessel_, sum_.quantity, sum_.quantity2);
    if (residue.is_positive()) draft_.fact(Assumed{0, clinging.value, lot.value, residue});
  }

 private:
  void take(const LotState& lot, Id<Place> from, Whole much, bool confirm_here, const std::string& field,
            const std::string& quantity_field) {
    const Item& item = *look_.masters().items.find(lot.lot.item);
    if (!look_.allow(lot, from, {.purpose = Purpose::consume, .item_allows_at_risk = item.use_at_risk}, field)) return;
    if (lot.lot.quality != Quality::released || look_.standing(lot, from) == Standing::quarantine)
      parent_.quality = Quality::quarantine;
    take_earliest(parent_, lot.lot);
    parent_.item = lot.lot.item;
    look_.take(draft_, {lot, from, ends::conversion, much.quantity, much.quantity2, confirm_here, quantity_field});
    sum_.quantity += much.quantity, sum_.quantity2 += much.quantity2;
  }

  Look& look_;
  Draft& draft_;
  const Fill& command_;
  Id<Place> vessel_;
  Lot parent_;
  Whole sum_;
};

/// How a vessel takes what is filled into it.
void pour(Look& look, Draft& draft, const Fill& command, Id<Place> vessel, const std::vector<Inflow>& inflows) {
  const View& view = look.view();
  const VesselContent content = vessel_content(view, vessel);
  const bool mixes = look.masters().places.find(vessel)->mixing == Mixing::mixes;
  const Id<Lot> first = inflows.front().lot.id();
  const bool is_one_lot =
      std::all_of(inflows.begin(), inflows.end(), [&](const Inflow& in) { return in.lot.id() == first; });
  const Decimal residue = content.last == first && is_one_lot ? Decimal() : residue_of(view, vessel, content);
  const Id<Lot> heel = content.layers.empty() ? Id<Lot>{} : content.layers.front();
  const bool becomes_new = residue.is_positive() || (mixes && (!is_one_lot || (heel && heel != first)));
  std::size_t mixed = 0;
  if (becomes_new) {
    Mixture mixture(look, draft, command, vessel);
    if (mixes && heel) mixture.add_heel(*view.lot(heel));
    // In layers, the lowest alone meets what clings to the wall.
    for (mixed = 0; mixed < (mixes ? inflows.size() : 1); ++mixed) mixture.add(inflows[mixed]);
    mixture.pour(content.last, residue);
  } else if (!command.new_lot.empty()) {
    look.refuse(Code::lot_unwanted, "/new_lot",
                "What goes in stays the lot that it is. Leave the new code out, or relabel the goods first.");
  }
  for (std::size_t i = mixed; i < inflows.size(); ++i) {
    const Inflow& in = inflows[i];
    if (!look.allow(*in.lot.state, in.from, {.purpose = Purpose::move}, at("lines", in.i, "lot"))) continue;
    look.take(draft, {*in.lot.state, in.from, vessel, in.much.quantity, in.much.quantity2, command.confirm_here,
                      at("lines", in.i, "quantity")});
    Look::typed(draft, command.lines[in.i].quantity, command.lines[in.i].unit, *in.lot.item.item);
  }
}

template <class C>
Result<Draft> declare(const C& command, EntryKind kind, bool is_clean, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(kind, view);
  const Id<Place> vessel = vessel_named(look, command.vessel);
  if (!vessel) return look.refusals();
  for (const Id<Lot> lot : view.lots_in_vessel(vessel)) {
    const LotState& state = *view.lot(lot);
    look.refuse(Code::vessel_has_content, "/vessel",
                "By the book " + state.on_hand(vessel).text() + " of " + spoken(view, state.lot) + " are in " +
                    command.vessel + ". Draw it or count it down to what the dip shows first.");
  }
  if (look.refused()) return look.refusals();
  draft.fact(VesselDeclared{vessel.value, is_clean});
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, vessel);
  return draft;
}

}  // namespace

Result<Draft> decide(const Fill& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::fill, view);
  const Id<Place> vessel = vessel_named(look, command.vessel);
  std::vector<Inflow> inflows;
  for (std::size_t i = 0; i < command.lines.size(); ++i)
    if (std::optional<Inflow> in = inflow_of(look, command, i, vessel)) inflows.push_back(std::move(*in));
  if (look.refused()) return look.refusals();
  const std::vector<Id<Lot>>& there = view.lots_in_vessel(vessel);
  const Id<Item> item = there.empty() ? inflows.front().lot.item.id : view.lot(there.front())->lot.item;
  for (const Inflow& in : inflows)
    if (in.lot.item.id != item)
      look.refuse(Code::vessel_has_content, at("lines", in.i, "item"),
                  command.vessel + " is for " + std::string(view.masters().items.code_of(item)) +
                      " now. Another item is put to it by a production order alone (R74).");
  if (look.refused()) return look.refusals();
  pour(look, draft, command, vessel, inflows);
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, vessel);
  return draft;
}

Result<Draft> decide(const Empty& command, const Moment& moment, const View& view) {
  return declare(command, EntryKind::empty, false, moment, view);
}

Result<Draft> decide(const Clean& command, const Moment& moment, const View& view) {
  return declare(command, EntryKind::clean, true, moment, view);
}

}  // namespace lotbook
