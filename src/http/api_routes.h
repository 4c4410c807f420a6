// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/door.h"
#include "http/routes.h"
#include "http/workers.h"

// What is under /api/v1, from the tables. Everything given by reference outlives the routes.

namespace lotbook {

void add_command_routes(Routes& routes, Door& door);
void add_question_routes(Routes& routes, Door& door, Workers& workers);
/// Users, tokens, sessions, signatures.
void add_account_routes(Routes& routes, Door& door, Workers& workers);

void add_openapi_route(Routes& routes);

}  // namespace lotbook
