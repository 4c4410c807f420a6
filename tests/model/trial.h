// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reference.h"

namespace lotbook::model {

/// A history drawn from a seed, played on product and reference.
struct Played {
  std::vector<Asked> sent;
  std::vector<int> seqs;                              ///< the entry that each became; 0: refused
  std::string disagreement;                           ///< empty: they agree
  std::string what;                                   ///< its kind
  std::map<std::string, int> posted, refused, codes;  ///< commands; refusals
  int left_open = 0;
};
Played play_random(std::uint64_t seed, int commands);
/// The same commands again, or some of them.
Played play(const std::vector<Asked>& commands);
/// A shorter history that shows the same kind of disagreement.
Played shrink(const Played& played);

}  // namespace lotbook::model
