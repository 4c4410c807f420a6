// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "model/refusal.h"

// Flags and positional words into a struct, by its field list: `--expires-on 2026-11-30`, `--lines
// item=FLOUR,quantity=5`, or the whole as JSON by `--input FILE`.

namespace lotbook {

using GivenFlags = std::map<std::string, std::vector<std::string>>;  ///< field name -> the texts given for it

/// "expires_on" is `--expires-on`.
std::string flag_of(std::string_view field_name);
/// Fills the struct; returns every fault with its field.
Refusals fill_from_flags(const Shape& shape, void* value, const GivenFlags& given);
Refusals fill_from_json(const Shape& shape, void* value, std::string_view json);

}  // namespace lotbook
