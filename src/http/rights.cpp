// SPDX-License-Identifier: Apache-2.0
#include "http/rights.h"

#include "base/json.h"
#include "commands/table.h"
#include "http/accounts.h"

namespace lotbook {

namespace {

std::string roles_with(Right right) {
  std::string roles;
  for (const RoleRow& row : role_table())
    if ((row.rights >> static_cast<unsigned>(right) & 1U) != 0)
      roles.append(roles.empty() ? "" : ", ").append(name_of(row.role));
  return roles;
}

RightsAnswer answer_of(const Routes& routes) {
  RightsAnswer answer;
  for (const RoleRow& row : role_table())
    answer.roles.push_back({row.role, std::string(row.sentence), rights_listed(row.rights)});
  for (const Routes::Path& path : routes.paths())
    for (const Routes::Method& method : path.methods)
      answer.routes.push_back({method.name, path.pattern, method.need.text()});
  return answer;
}

}  // namespace

std::string rights_document() {
  std::string out =
      "# Rights\n\nMade by `lotbook rights` from the tables that refuse (src/commands/roles.cpp, "
      "src/commands/table.cpp). What is not\nlisted is refused. A user may be limited to sites: see "
      "docs/security.md.\n\n| role | is for | rights |\n|---|---|---|\n";
  for (const RoleRow& row : role_table())
    out.append("| ")
        .append(name_of(row.role))
        .append(" | ")
        .append(row.sentence)
        .append(" | ")
        .append(rights_text(row.rights))
        .append(" |\n");
  out +=
      "\nQuestions, and the pages, need the right `view`. Signing needs `sign`. Users, tokens and the passwords of "
      "others "
      "need `admin`.\n\n| command | right | roles that have it |\n|---|---|---|\n";
  for (const CommandRow& row : command_table())
    out.append("| ")
        .append(row.name)
        .append(" | ")
        .append(name_of(row.right))
        .append(" | ")
        .append(roles_with(row.right))
        .append(" |\n");
  out += "\nThe other rights are asked for inside commands:\n\n| right | roles that have it |\n|---|---|\n";
  for (const Right right : {Right::backdate, Right::correct_genealogy, Right::override_fefo, Right::override_life,
                            Right::override_best_before, Right::confirm_here, Right::recall, Right::sign})
    out.append("| ").append(name_of(right)).append(" | ").append(roles_with(right)).append(" |\n");
  return out;
}

void add_rights_route(Routes& routes, const Access& access) {
  routes.add("GET", "/api/v1/rights", Need::of(Right::view), [&](const Request& request, Respond respond) {
    const auto admitted = access.admit(request, Right::view);
    if (const auto* problem = std::get_if<Problem>(&admitted)) return respond(problem_response(*problem));
    respond(json(200, to_json(answer_of(routes))));
  });
}

}  // namespace lotbook
