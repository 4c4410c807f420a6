// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

// Users are records like any other: a role, the sites at which they may act, and whether they may come in. What they
// come in with, the password, is no part of the ledger (http/accounts.h).

namespace lotbook {

/// The guards of `set_user`.
void judge_user(Look& look, const User& user, Id<User> known);

/// R59, R72: whether that name is of a second person. Once a book has users besides the first, it must be one of them
/// who may come in and do such work; before that, any other name will do.
bool is_second_person(const Look& look, const std::string& name);

}  // namespace lotbook
