// SPDX-License-Identifier: Apache-2.0
#include "commands/fill.h"

#include <algorithm>

#include "commands/child_lots.h"
#include "commands/restocking.h"
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
  const auto note = [&](const Inflow& in, std::size_t before) {
    const FillLine& line = command.lines[in.i];
    Look::typed(draft, line.quantity, line.unit, *in.lot.item.item);
    take_off(look, draft, {line.sscc, in.from, before, "/lines/" + std::to_string(in.i)});
  };
  std::size_t mixed = 0;
  if (becomes_new) {
    Mixture mixture(look, draft);
    if (mixes && heel) {
      const LotState& there = *view.lot(heel);
      mixture.take({there, vessel, {there.on_hand(vessel), there.on_hand2(vessel)}, false, "/vessel", "/vessel"});
    }
    // In layers, the lowest alone meets what clings to the wall.
    for (mixed = 0; mixed < (mixes ? inflows.size() : 1); ++mixed) {
      const Inflow& in = inflows[mixed];
      const std::size_t before = draft.entry.lines.size();
      if (mixture.take({*in.lot.state, in.from, in.much, command.confirm_here, at("lines", in.i, "lot"),
                        at("lines", in.i, "quantity")}))
        note(in, before);
    }
    const Id<Lot> lot = look.refused()
                            ? Id<Lot>{}
                            : mixture.pour(vessel, {command.new_lot, vessel, command.confirm_new_lot, "/new_lot"});
    // What clung to the vessel may be in there, too.
    if (lot && residue.is_positive()) draft.fact(Assumed{0, content.last.value, lot.value, residue});
  } else if (!command.new_lot.empty()) {
    look.refuse(Code::lot_unwanted, "/new_lot",
                "What goes in stays the lot that it is. Leave the new code out, or relabel the goods first.");
  }
  for (std::size_t i = mixed; i < inflows.size(); ++i) {
    const Inflow& in = inflows[i];
    if (!judge_restocking(look, {in.lot, in.from, vessel}, at("lines", in.i, "from"))) continue;
    if (!look.allow(*in.lot.state, in.from, {.purpose = Purpose::move}, at("lines", in.i, "lot"))) continue;
    const std::size_t before = draft.entry.lines.size();
    look.take(draft, {*in.lot.state, in.from, vessel, in.much.quantity, in.much.quantity2, command.confirm_here,
                      at("lines", in.i, "quantity")});
    note(in, before);
  }
}

template <bool is_clean>
Result<Draft> declare(const DeclareVessel<is_clean>& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(is_clean ? EntryKind::clean : EntryKind::empty, view);
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
  return declare(command, moment, view);
}

Result<Draft> decide(const Clean& command, const Moment& moment, const View& view) {
  return declare(command, moment, view);
}

}  // namespace lotbook
