// SPDX-License-Identifier: Apache-2.0
#include "commands/take_lines.h"

#include <algorithm>

#include "commands/restocking.h"
#include "commands/use_order.h"

namespace lotbook {

Id<Place> take_lines(Look& look, Draft& draft, const std::vector<TakeLine>& lines, const Taking& taking) {
  Id<Place> first;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const TakeLine& line = lines[i];
    const std::optional<GoodsAsked> asked = goods_asked(look, line, i, line.from, "from");
    if (!asked) continue;
    const auto& [lot, from, quantity, quantity2] = *asked;
    const Item& item = *lot.item.item;
    if (!judge_restocking(look, {lot, from, taking.to}, at("lines", i, "from"))) continue;
    if (!look.allow(*lot.state, from, {.purpose = taking.purpose}, at("lines", i, "lot"))) continue;
    const std::size_t taken = draft.entry.lines.size();
    look.take(draft,
              {*lot.state, from, taking.to, quantity, quantity2, taking.confirm_here, at("lines", i, "quantity")});
    Look::typed(draft, line.quantity, line.unit, item);
    name_known_serials(look, draft, serials_asked(line, item, "/lines/" + std::to_string(i)));
    take_off(look, draft, {line.sscc, from, taken, "/lines/" + std::to_string(i)});
    if (!first) first = from;
  }
  note_reserved_goods(look, draft);
  return first;
}

FoundLot tracked_lot(Look& look, const std::string& item, const std::string& lot, const std::string& lot_field,
                     const std::string& item_field) {
  const FoundLot found = look.lot(item, lot, item_field, lot_field);
  if (!found || !found.state->is_untracked()) return found;
  look.refuse(Code::lot_unwanted, item_field,
              item + " is not tracked by lot, so it has no status, dates or names. Leave it out.");
  return {};
}

std::vector<const LotState*> tracked_lots(Look& look, const std::vector<LotRef>& lots) {
  std::vector<const LotState*> found;
  for (std::size_t i = 0; i < lots.size(); ++i) {
    const FoundLot lot = tracked_lot(look, lots[i].item, lots[i].lot, at("lots", i, "lot"), at("lots", i, "item"));
    if (lot && std::find(found.begin(), found.end(), lot.state) == found.end()) found.push_back(lot.state);
  }
  return found;
}

}  // namespace lotbook
