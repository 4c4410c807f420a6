// SPDX-License-Identifier: Apache-2.0
#include "queries/find.h"

#include "model/place_ends.h"

namespace lotbook {

Result<Id<Item>> find_item(const View& view, std::string_view code, std::string_view pointer) {
  if (const Id<Item> item = view.masters().items.id_of(code)) return item;
  return Refusal{Code::unknown_item, std::string(pointer),
                 "There is no item \"" + std::string(code) + "\". Look it up with \"items\" or \"search\"."};
}

Result<Id<Place>> find_place(const View& view, std::string_view code, std::string_view pointer) {
  if (code.empty()) return Id<Place>{};
  if (code == "in_transit") return ends::in_transit;
  if (const Id<Place> place = view.masters().places.id_of(code)) return place;
  return Refusal{Code::unknown_place, std::string(pointer),
                 "There is no location \"" + std::string(code) + "\". Look it up with \"places\"."};
}

Result<const LotState*> find_lot(const View& view, const LotAsked& asked, std::string_view pointer) {
  const std::string at(pointer);
  const Result<Id<Item>> item = find_item(view, asked.item, at + "/item");
  if (!item) return item.refusals();
  Id<Lot> found = view.lot_called(*item, asked.lot);
  std::string alike;
  if (!found)
    for (const LotName& name : view.names_like(*item, asked.lot)) {
      if (name.kind == NameKind::former && name.code == asked.lot) found = name.lot;
      const LotState* state = view.lot(name.lot);
      if (state && alike.find("\"" + state->lot.code + "\"") == std::string::npos)
        alike += (alike.empty() ? "\"" : ", \"") + state->lot.code + "\"";
    }
  if (const LotState* state = view.lot(found)) return state;
  std::string detail = "Item \"" + asked.item + "\" has no lot \"" + asked.lot + "\".";
  detail += alike.empty() ? " Find lots by part of a code with \"search\"."
                          : " Lots that are called something like it: " + alike + ".";
  return Refusal{Code::unknown_lot, at + "/lot", std::move(detail)};
}

std::string place_code(const Masters& masters, Id<Place> place) {
  return place == ends::in_transit ? "in_transit" : std::string(masters.places.code_of(place));
}

Date today_at(const Masters& masters, Id<Place> place, Instant now) { return masters.zone_of(place).day_of(now); }

}  // namespace lotbook
