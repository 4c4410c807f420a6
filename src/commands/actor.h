// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

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
  admin
};
template <>
struct Choices<Right> {
  static constexpr std::array<std::string_view, 12> names{
      "view",          "operate",       "master_data",          "quality",      "backdate", "correct_genealogy",
      "override_fefo", "override_life", "override_best_before", "confirm_here", "recall",   "admin"};
};

/// Who asks.
struct Actor {
  std::string name;
  std::uint32_t rights = 0;  ///< one bit per Right

  bool may(Right right) const { return (rights >> static_cast<unsigned>(right) & 1u) != 0; }
  Actor with(Right right) const { return {name, rights | 1u << static_cast<unsigned>(right)}; }
  static Actor with_all_rights(std::string name) { return {std::move(name), (1u << Choices<Right>::names.size()) - 1}; }
};

}  // namespace lotbook
