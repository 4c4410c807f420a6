// SPDX-License-Identifier: Apache-2.0
#include "commands/lot_names.h"

#include <algorithm>

#include "commands/take_lines.h"

namespace lotbook {

Result<Draft> decide(const Rename& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::rename, view);
  const FoundLot lot = tracked_lot(look, command.item, command.lot, "/lot");
  if (look.new_code(command.code, "/code") && lot) {
    if (lot.state->lot.code == command.code)
      look.refuse(Code::already_so, "/code", "That is the lot's code already.");
    else
      look.free_code(lot.item.id, command.code, command.confirm_new_lot, "/code", lot.id());
  }
  if (look.refused()) return look.refusals();
  draft.fact(LotChanged{lot.id().value, LotField::code, lot.state->lot.code, command.code});
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, {});
  return draft;
}

Result<Draft> decide(const AddName& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::add_name, view);
  const FoundLot lot = tracked_lot(look, command.item, command.lot, "/lot");
  const Id<Partner> issuer = view.masters().partners.id_of(command.issuer);
  if (!issuer)
    look.refuse(Code::unknown_partner, "/issuer",
                "There is no partner " + command.issuer + ". Check the code, or set it up first.");
  if (look.new_code(command.code, "/code") && lot && issuer)
    for (const LotName& name : view.names_like(lot.item.id, command.code)) {
      if (name.kind != NameKind::issued || name.code != command.code || name.issuer != issuer) continue;
      if (name.lot == lot.id()) {
        look.refuse(Code::already_named, "/code",
                    spoken(view, lot.state->lot) + " bears that name already; nothing is left to do.");
        break;
      }
      draft.notice(
          "name_shared",
          command.issuer + " " + command.code + " is also the name of " + spoken(view, view.lot(name.lot)->lot) + ".",
          lot.id());
    }
  if (look.refused()) return look.refusals();
  draft.fact(LotNamed{lot.id().value, issuer.value, command.code});
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, {});
  return draft;
}

Result<Draft> decide(const Join& command, const Moment& moment, const View& view) {
  Look look(view, moment, command.occurred_at);
  Draft draft(EntryKind::join, view);
  const FoundLot lot = tracked_lot(look, command.item, command.lot, "/lot");
  const FoundLot with = lot ? tracked_lot(look, command.item, command.with, "/with") : FoundLot{};
  if (lot && with) {
    const std::vector<Id<Lot>> joined = view.joined_with(lot.id());
    if (lot.id() == with.id())
      look.refuse(Code::already_joined, "/with", "Both name the same lot. Name the other one.");
    else if (std::find(joined.begin(), joined.end(), with.id()) != joined.end())
      look.refuse(Code::already_joined, "/with", "These two lots are joined already; nothing is left to do.");
  }
  if (look.refused()) return look.refusals();
  draft.fact(Joined{lot.id().value, with.id().value});
  Look::paper(draft, {command.occurred_at, command.document, command.reference, command.reason}, {});
  return draft;
}

}  // namespace lotbook
