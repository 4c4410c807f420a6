// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/executor.h"
#include "http/accounts.h"

// Tokens by REST, for administrators. All block: they wait for the writer.

namespace lotbook {

Response answer_create_token(Access& access, Executor& executor, Clock& clock, const Request& request);
Response answer_list_tokens(const Access& access, const Request& request);
/// DELETE /api/v1/tokens/{name}
Response answer_revoke_token(Access& access, Executor& executor, const Request& request);

}  // namespace lotbook
