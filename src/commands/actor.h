// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"

namespace lotbook {

/// What someone may do. Rights are data: an account or a token has a set of them, a command names the one it needs.
enum class Right : std::uint8_t {
  view,
  operate,
  master_data,
  quality,
  backdate,
  correct_genealogy,
  override_fefo,
  override_life,
  override_best_before,
  confirm_here,
  recall,
  admin,
  sign
};
template <>
struct Choices<Right> {
  static constexpr std::array<std::string_view, 13> names{
      "view",          "operate",       "master_data",          "quality",      "backdate", "correct_genealogy",
      "override_fefo", "override_life", "override_best_before", "confirm_here", "recall",   "admin",
      "sign"};
};

/// Who asks.
struct Actor {
  std::string name;
  std::uint32_t rights = 0;             ///< one bit per Right
  std::vector<std::string> sites = {};  ///< codes of those at which they may act; none: all

  bool may(Right right) const { return (rights >> static_cast<unsigned>(right) & 1u) != 0; }
  Actor with(Right right) const { return {name, rights | 1u << static_cast<unsigned>(right), sites}; }
  static Actor with_all_rights(std::string name) { return {std::move(name), (1u << Choices<Right>::names.size()) - 1}; }
};

}  // namespace lotbook
