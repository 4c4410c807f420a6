// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"

namespace lotbook {

/// One verb as the command line knows it.
struct CompletedVerb {
  std::string name;
  std::vector<std::string> flags;  ///< "--book", …
  std::vector<std::string> words;  ///< what may come right after it: `token create`
  const Shape* shape = nullptr;    ///< of a command or question: choices and the fields of objects come from it
};

/// A script that completes verbs, flags, choices and the fields of FIELD=VALUE texts in bash.
std::string bash_completion(const std::vector<CompletedVerb>& verbs);

/// Flags that a help text shows, for verbs that have their own arguments.
std::vector<std::string> flags_in(const std::string& help);

}  // namespace lotbook
