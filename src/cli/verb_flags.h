// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace lotbook {

/// The options of a verb that is no command and no question, by the field list of a struct. Prints help or what is
/// wrong, and then returns the exit code; nullopt: go on. The first fields that are needed may be given as plain words.
/// Where a field is called `config`, it names a TOML file that says what flags do not.
std::optional<int> read_verb_flags(const std::string& verb, const std::string& sentence, const Shape& shape,
                                   void* options, const std::vector<std::string>& arguments);

}  // namespace lotbook
