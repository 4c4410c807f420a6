// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/view.h"

// What must always hold (docs/architecture.md, "The laws"). One law, one function, one test that breaks it. They run
// after every entry, before it is written, and in full by `verify`. A law that does not hold is a bug of ours: the
// commit is rolled back and writing stops.

namespace lotbook {

/// What is wrong, as a sentence; nullopt when the law holds.
using Breach = std::optional<std::string>;

/// Law 1: every line moves something between two different known places, so nothing appears or vanishes.
Breach lines_move_goods_between_places(const View& after, const Entry& entry);
/// Law 1: every lot that a line names was opened, in this entry or before.
Breach lines_name_opened_lots(const View& after, const Entry& entry);
/// R78: a line of a serial-tracked item moves exactly one unit, named, of that lot; no other line names one.
Breach lines_name_one_serial(const View& after, const Entry& entry);
/// R78: a unit that the entry moved lies in one place; what it is part of is no part of it.
Breach serials_lie_in_one_place(const View& after, const Entry& entry);
/// Law 2: no lot that the entry moved is below zero anywhere.
Breach nothing_is_below_zero(const View& after, const Entry& entry);
/// Law 3: an input that is assigned to an output does not lie after it, and both belong to the entry's run.
Breach assigned_inputs_precede_outputs(const View& after, const Entry& entry);
/// Law 4: a correction points backwards, at entries that stand.
Breach corrections_point_at_standing_entries(const View& after, const Entry& entry);
/// Law 2, for orders: what is picked for orders lies in staging; no line of a sales order is bound, picked and
/// dispatched more than was ordered, or less than nothing.
Breach orders_hold_what_is_there(const View& after, const Entry& entry);

/// A signature binds an earlier entry by its hash in the chain, and is of the user who made it.
Breach signatures_bind_what_they_sign(const View& after, const Entry& entry);

/// R74: a vessel that mixes holds one lot, and any vessel one item.
Breach vessels_hold_one_content(const View& after, const Entry& entry);

/// R24: what is on handling units in a place lies there; one stands where the one below it stands.
Breach handling_units_hold_what_is_there(const View& after, const Entry& entry);

struct Law {
  std::string_view name;
  Breach (*check)(const View& after, const Entry& entry);
};
std::span<const Law> laws();

/// Throws BrokenLaw with the law's name when one does not hold.
void check_laws(const View& after, const Entry& entry);

}  // namespace lotbook
