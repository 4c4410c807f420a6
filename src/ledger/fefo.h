// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "ledger/view.h"
#include "model/minimum_life.h"
#include "model/usable.h"

// Which lot goes first, and which may go at all: the one place that proposing, reserving, scanning and posting ask.

namespace lotbook {

/// What goods are wanted for.
struct Use {
  Purpose purpose = Purpose::dispatch;
  Date day;        ///< at the site (R25)
  LifeAsked life;  ///< of the customer and the item (R49)
  bool allows_past_best_before = false;
  bool is_for_holder = false;  ///< R22: the partner takes what lies with him already
};

/// The lot as it is to be judged on that day; no place: as a whole (R38, R39).
Condition condition_of(const View& view, const LotState& state, Id<Place> place, Date day);
/// R20, R40, R44, R46, R49: why the lot in that place may not be used like this; nullopt when it may.
std::optional<Code> why_not_usable(const View& view, const LotState& state, Id<Place> place, const Use& use);
/// R20: goods on the dock may be taken and are not proposed; those in staging belong to orders; those in quarantine,
/// among returns or elsewhere are not for use, tracked or not.
bool is_proposed_from(PlaceKind use);

/// Goods that are wanted, by a line of an order or by nobody in particular.
struct Want {
  Id<TradeOrder> order;  ///< none: of no order
  Id<Item> item;
  Id<Place> site;
  Decimal quantity;
  Use use;
  Decimal for_other_lines;  ///< what other lines of the order have of the item: they share what it is entitled to
};
/// What an open line of an order wants on that day.
Want want_of(const View& view, const TradeOrder& order, const TradeLine& line, Date day);
/// What of the lot is bound at the site, for whatever order.
Decimal bound_at(const View& view, Id<Lot> lot, Id<Place> site);

struct Proposed {
  const LotState* lot = nullptr;
  Id<Place> place;
  Decimal quantity;
};
struct PassedOver {
  const LotState* lot = nullptr;
  Id<Place> place;
  Decimal quantity;
  Code why = Code::internal;
};
struct PickPlan {
  std::vector<Proposed> take;      ///< in the order of picking (R50)
  std::vector<PassedOver> passed;  ///< the first of them, when asked for
  Decimal covered;
  Decimal entitled;  ///< as much as orders made before leave over (R52)
};
enum class Explain { no, yes };
/// Lots for what no order wants.
PickPlan plan_picks(const View& view, const Want& want);
struct LinePlan {
  const TradeLine* line = nullptr;
  Want want;
  PickPlan plan;
};
/// Lots for the open lines of an order, one after the other, so that none is given what another has; what is bound for
/// the order itself is free to any of them. A function of the book as it is, so that what changes binds anew by itself
/// (ADR 7).
std::vector<LinePlan> plan_order(const View& view, const TradeOrder& order, Date day, Explain explain);
/// How much of what the line wants the usable stock of the site holds beyond what orders made before it want.
Decimal entitled(const View& view, const Want& want);
/// Usable stock of the item at the site, as far as `upto`; not on the dock, not in staging.
Decimal usable_stock(const View& view, const Want& want, Decimal upto);

/// R51: a lot of the item with an earlier day, usable like this, of which something is left at the site. `left` says
/// how much of a lot in a place that is.
using Left = std::function<Decimal(const LotState&, Id<Place>)>;
std::optional<Proposed> first_to_go(const View& view, const LotState& lot, Id<Place> site, const Use& use,
                                    const Left& left);

}  // namespace lotbook
