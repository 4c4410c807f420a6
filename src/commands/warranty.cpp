// SPDX-License-Identifier: Apache-2.0
#include "commands/warranty.h"

namespace lotbook {

Result<Draft> decide(const SetWarranty& command, const Moment& moment, const View& view) {
  Look look(view, moment, std::nullopt);
  const FoundItem item = look.item(command.item, "/item");
  if (!item) return look.refusals();
  const std::vector<const Serial*> units = view.serials_called(item.id, command.serial);
  if (units.empty())
    look.refuse(Code::unknown_serial, "/serial",
                "There is no unit " + command.serial + " of " + command.item + ". Check the number.");
  if (units.size() > 1)
    look.refuse(Code::ambiguous_lot, "/serial",
                "Several units of " + command.item + " bear the number " + command.serial +
                    ". Give them numbers of their own first.");
  if (!command.starts_on && !command.months)
    look.refuse(Code::missing, "/starts_on", "Say when the warranty begins, or how long it lasts.");
  if (look.refused()) return look.refusals();
  Draft draft(EntryKind::set_warranty, view);
  WarrantySet set;
  set.serial = units.front()->id.value, set.starts_on = command.starts_on.value_or(Date());
  set.months = static_cast<std::uint32_t>(command.months.value_or(item.item->warranty_months));
  draft.fact(set);
  draft.entry.why = command.reason;
  return draft;
}

}  // namespace lotbook
