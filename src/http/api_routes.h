// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/executor.h"
#include "http/access.h"
#include "http/readers.h"
#include "http/routes.h"
#include "http/sign_in.h"
#include "http/workers.h"

// What is under /api/v1, from the tables. Everything given by reference outlives the routes.

namespace lotbook {

void add_command_routes(Routes& routes, const Access& access, Executor& executor);
void add_question_routes(Routes& routes, const Access& access, Readers& readers, Clock& clock, Workers& workers);
void add_account_routes(Routes& routes, Access& access, SignInDesk& desk, Executor& executor, Clock& clock,
                        Workers& workers);

void add_openapi_route(Routes& routes);

}  // namespace lotbook
