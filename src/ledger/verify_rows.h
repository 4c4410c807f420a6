// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "ledger/view.h"
#include "store/sql/derived_rows.h"

// The derived tables as the entries make them, row by row, to hold against the stored ones. Of a table whose rows are
// only ever added, they are taken out of the view as they come, so that a replay never holds them all.

namespace lotbook {

using EmitRow = std::function<void(DerivedTable, const DerivedRow&)>;

/// Takes out of a view that only knows what was applied the rows that the last entry added to tables that only grow.
void take_grown_rows(View& made, DerivedRow& row, const EmitRow& emit);
/// The rows of all other tables, once every entry was applied.
void made_rows(View& made, DerivedRow& row, const EmitRow& emit);

}  // namespace lotbook
