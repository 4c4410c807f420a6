// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "commands/roles.h"
#include "http/access.h"
#include "http/routes.h"

// Which role may do what, for people and for programs, from the same tables that refuse.

namespace lotbook {

/// For docs/rights.md and `lotbook rights`: every command with the right it needs and the roles that have it.
std::string rights_document();

struct ListedRole {
  UserRole role = UserRole::viewer;
  std::string sentence;
  std::vector<Right> rights;
  static constexpr auto fields() {
    using L = ListedRole;
    return field_list(field<&L::role>("role", "Role of users."), field<&L::sentence>("sentence", "What it is for."),
                      field<&L::rights>("rights", "What it may do."));
  }
};
struct ListedRoute {
  std::string method, path, needs;
  static constexpr auto fields() {
    using L = ListedRoute;
    return field_list(field<&L::method>("method", "Method of HTTP."), field<&L::path>("path", "Address."),
                      field<&L::needs>("needs", "A right; \"sign_in\": anybody who came in; \"nothing\": open."));
  }
};
struct RightsAnswer {
  std::vector<ListedRole> roles;
  std::vector<ListedRoute> routes;
  static constexpr auto fields() {
    using R = RightsAnswer;
    return field_list(field<&R::roles>("roles", "What roles may do."),
                      field<&R::routes>("routes", "Every address of the server, and what it needs."));
  }
};
/// GET /api/v1/rights; `routes` may still grow until the server starts.
void add_rights_route(Routes& routes, const Access& access);

}  // namespace lotbook
