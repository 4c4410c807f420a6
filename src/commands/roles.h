// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "commands/actor.h"
#include "model/record.h"

// The one table that says what the roles of users may do. A command, a question and an address of the server each name
// the right they need (commands/table.cpp, http/routes.h); who has not got it is refused.

namespace lotbook {

struct RoleRow {
  UserRole role;
  std::string_view sentence;
  std::uint32_t rights;
};

/// In the order of the roles.
std::span<const RoleRow> role_table();
std::uint32_t rights_of(UserRole role);

}  // namespace lotbook
