// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/fields.h"
#include "model/refusal.h"

namespace lotbook {

/// `read_json`, with its faults as refusals: every edge says the same about what cannot be read.
Refusals read_refusals(std::string_view json, const Shape& shape, void* value);

}  // namespace lotbook
