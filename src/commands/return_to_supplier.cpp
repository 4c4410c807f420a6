// SPDX-License-Identifier: Apache-2.0
#include "commands/return_to_supplier.h"

#include <map>

#include "ledger/timeline.h"
#include "model/place_ends.h"

namespace lotbook {

namespace {

/// What that receipt brought and what did not go back of it yet, by lot.
std::map<Id<Lot>, Decimal> left_of_receipt(const View& view, const std::string& receipt, Id<Partner> supplier) {
  std::vector<const Entry*> entries;
  for (const std::uint64_t seq : view.documents(receipt)) entries.push_back(view.entry(seq));
  // A receipt may have been taken back by a correction that is on another paper: ask the lots.
  std::map<Id<Lot>, Decimal> left;
  std::vector<const Entry*> related = entries;
  for (const Entry* entry : entries)
    for (const Line& line : entry->lines)
      for (const std::uint64_t seq : view.history(line.lot.value)) related.push_back(view.entry(seq));
  for (const Entry* entry : standing(std::move(related), UINT64_MAX)) {
    if (entry->partner != supplier) continue;
    const bool brings = entry->document == receipt, goes_back = entry->reference == receipt;
    for (const Line& line : entry->lines) {
      if (brings && line.from == ends::supplier) left[line.lot] += line.quantity;
      if (goes_back && line.to == ends::supplier) left[line.lot] -= line.quantity;
    }
  }
  return left;
}

void judge_receipt(Look& look, const ReturnToSupplier& command, Id<Partner> supplier,
                   const std::vector<WholeUnit>& wholes) {
  if (command.confirm_more) return;
  if (command.reference.empty())
    return look.refuse(Code::missing, "/reference",
                       "Name the receipt that brought the goods by its document number. If none is known, confirm with "
                       "confirm_more.");
  std::map<Id<Lot>, Decimal> left = left_of_receipt(look.view(), command.reference, supplier);
  if (left.empty())
    return look.refuse(Code::unknown_entry, "/reference",
                       "There is no receipt " + command.reference + " from " + command.supplier +
                           ". Check the number, or confirm with confirm_more.");
  const auto take = [&](const Lot& lot, Decimal quantity, std::string field) {
    const Item& item = *look.masters().items.find(lot.item);
    const Decimal had = left[lot.id];
    left[lot.id] -= quantity;
    if (!left[lot.id].is_negative()) return;
    look.refuse(Code::more_than_received, std::move(field),
                "Of " + spoken(look.view(), lot) + ", receipt " + command.reference + " has " +
                    std::max(had, Decimal()).text(item.decimals) + " " + item.unit +
                    " left that did not go back. Correct the quantity, or confirm with confirm_more.");
  };
  for (std::size_t i = 0; i < command.lines.size(); ++i) {
    const TakeLine& line = command.lines[i];
    Look quiet(look.view(), look.moment(), command.occurred_at);  // what it refuses is refused with the lines
    const FoundLot lot = lot_asked(quiet, line, "");
    if (!lot) continue;
    const std::optional<Decimal> quantity = quantity_asked(quiet, serials_asked(line, *lot.item.item, ""));
    if (quantity) take(lot.state->lot, *quantity, at("lines", i, "quantity"));
  }
  for (const WholeUnit& whole : wholes)
    for (const HandlingUnit* unit : whole.units)
      for (const PackedGoods& goods : unit->goods) take(look.view().lot(goods.lot)->lot, goods.quantity, whole.field);
}

}  // namespace

Result<Draft> decide(const ReturnToSupplier& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::return_to_supplier, view);
  const Id<Partner> supplier = look.partner(command.supplier, Role::supplier, "/supplier");
  const std::vector<WholeUnit> wholes = whole_units(look, command.handling_units, unit_here);
  if (supplier) judge_receipt(look, command, supplier, wholes);
  Id<Place> where =
      take_lines(look, draft, command.lines, {Purpose::back_to_supplier, ends::supplier, command.confirm_here});
  where = take_whole(look, draft, wholes, {Purpose::back_to_supplier, ends::supplier}, where);
  if (!where && !look.refused()) look.refuse(Code::missing, "/lines", "Say what goes back: lines, or handling units.");
  if (look.refused()) return look.refusals();
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, where);
  draft.entry.partner = supplier;
  if (command.confirm_more)
    draft.notice("return_unproven",
                 "Goes back to " + command.supplier + " as confirmed, without proof that a receipt brought so much.");
  return draft;
}

}  // namespace lotbook
