// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "model/masters.h"
#include "model/refusal.h"

// What may be a lot's code, said once for commands and imports.

namespace lotbook {

/// R6, R9: not_a_code or placeholder_code; nothing for a code that may name a lot. The text is trimmed NFC.
std::optional<Code> fault_of_code(const std::string& code, const BookSettings& book);
/// R2, R6: the code that the series of the place's site gives to the lot of this number.
std::string code_of_series(const Masters& masters, Id<Lot> lot, Id<Place> place);

}  // namespace lotbook
