// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/view.h"

// What guards of a draft have in common.

namespace lotbook {

/// Everything that a draft takes back, brings back and does, in this order: `visit(entry, forwards)`.
template <class Visit>
void for_each_part(const View& view, const Entry& draft, Visit visit) {
  for (const std::uint64_t seq : draft.reverses) visit(*view.entry(seq), false);
  for (const std::uint64_t seq : draft.reinstates) visit(*view.entry(seq), true);
  visit(draft, true);
}

/// A person's words for a lot: "lot 88A1 of FLOUR"; for goods that are not tracked the item alone.
inline std::string spoken(const View& view, const Lot& lot) {
  const std::string item(view.masters().items.code_of(lot.item));
  return lot.code.empty() ? item : "lot " + lot.code + " of " + item;
}

}  // namespace lotbook
