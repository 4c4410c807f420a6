// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lotbook {

struct ManVerb {
  std::string group, name, sentence;
  std::vector<std::pair<std::string, std::string>> options;  ///< how they are written, and what they mean
  std::string help;                                          ///< as a verb with its own arguments prints it; or empty
};

/// lotbook(1) in the language of man.
std::string man_page(const std::vector<ManVerb>& verbs);

}  // namespace lotbook
