// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/fields.h"
#include "model/refusal.h"

namespace lotbook {

/// A struct for a person: its plain fields as "name  value" lines, its lists as tables with columns. Empty fields are
/// left out.
std::string as_text(const Shape& shape, const void* value);
/// Refusals for a person: "lot_is_on_hold  /lines/0/lot: There is a hold on …".
std::string as_text(const Refusals& refusals);
/// The same for a program, one JSON object.
std::string as_json(const Refusals& refusals);

}  // namespace lotbook
