// SPDX-License-Identifier: Apache-2.0
#include "queries/vessel.h"

#include "ledger/vessel.h"

namespace lotbook {

Result<VesselAnswer> ask(const VesselQuestion& question, const Snapshot& snapshot) {
  const View& view = snapshot.view;
  const Masters& masters = view.masters();
  const Id<Place> id = masters.places.id_of(question.vessel);
  if (!id)
    return Refusal{Code::unknown_place, "/vessel", "There is no location " + question.vessel + ". Check the code."};
  if (!masters.is_vessel(id))
    return Refusal{Code::no_vessel, "/vessel", question.vessel + " is no vessel. Ask for the stock there instead."};
  const Place& place = *masters.places.find(id);
  VesselAnswer answer;
  answer.vessel = place.code, answer.name = place.name, answer.mixing = place.mixing, answer.capacity = place.capacity,
  answer.entry = view.head().seq;
  const VesselContent content = vessel_content(view, id);
  for (const Id<Lot> lot : content.layers) {
    const LotState& state = *view.lot(lot);
    const Item& item = *masters.items.find(state.lot.item);
    answer.layers.push_back({item.code, state.lot.code, item.unit, state.on_hand(id), state.on_hand2(id)});
  }
  answer.may_cling = residue_of(view, id, content);
  if (content.last && answer.may_cling.is_positive()) {
    const Lot& last = view.lot(content.last)->lot;
    answer.last_item = masters.items.code_of(last.item), answer.last_lot = last.code;
  }
  answer.state = !content.layers.empty() ? VesselCare::filled
                 : !content.last         ? VesselCare::clean
                 : content.is_emptied    ? VesselCare::emptied
                                         : VesselCare::not_emptied;
  return answer;
}

}  // namespace lotbook
