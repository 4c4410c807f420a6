// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/arguments.h"

namespace lotbook {

/// Adds to what was given as flags what a TOML file says for the other fields of the shape, under the same names.
/// Flags win. Says what is wrong with the file; empty: nothing. A name that the shape has not is wrong: a setting that
/// is misspelt must not be passed over.
std::string add_config(const std::string& file, const Shape& shape, GivenFlags& given);

}  // namespace lotbook
