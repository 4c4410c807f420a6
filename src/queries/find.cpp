// SPDX-License-Identifier: Apache-2.0
#include "queries/find.h"

#include <algorithm>

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
  if (const LotState* state = view.lot(view.lot_called(*item, asked.lot))) return state;
  std::vector<Id<Lot>> called, alike;
  for (const LotName& name : view.names_like(*item, asked.lot)) {
    auto& lots = name.code == asked.lot ? called : alike;
    if (std::find(lots.begin(), lots.end(), name.lot) == lots.end()) lots.push_back(name.lot);
  }
  if (called.size() == 1) return view.lot(called.front());
  Refusal refusal{Code::ambiguous_lot, at + "/lot",
                  std::to_string(called.size()) + " lots of " + asked.item + " bear the name " + asked.lot +
                      ". Give the own code of one of them."};
  if (called.empty())
    refusal = {
        Code::unknown_lot, at + "/lot",
        "There is no lot " + asked.lot + " of " + asked.item +
            (alike.empty() ? ". Find lots by part of a code with \"search\"." : ", but codes that resemble it.")};
  for (const Id<Lot> lot : called.empty() ? alike : called) refusal.facts.emplace_back("lot", view.lot(lot)->lot.code);
  return refusal;
}

std::string place_code(const Masters& masters, Id<Place> place) {
  return place == ends::in_transit ? "in_transit" : std::string(masters.places.code_of(place));
}

Date today_at(const Masters& masters, Id<Place> place, Instant now) { return masters.zone_of(place).day_of(now); }

}  // namespace lotbook
