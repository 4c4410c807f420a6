// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// Corrections of lines that name units (R34, R35, R78). A line may name another unit of the same item, be taken out, or
// say other places; what was built into what follows it. Whether each unit was there then is judged with its way.

namespace lotbook {

/// Another unit of the same item stands in that line of the draft, which corrects `wrong`. Of several that bear the
/// code, the one that lies where it would be taken from.
void put_other_unit(Look& look, Draft& draft, const Entry& wrong, std::size_t line, const std::string& serial,
                    std::string field);
/// The line goes: its unit was not built in.
void take_unit_out(const View& view, Draft& draft, const Entry& wrong, const Line& line);

}  // namespace lotbook
