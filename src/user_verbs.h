// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/cli.h"
#include "ledger/book.h"

namespace lotbook {

/// `lotbook user create|list|disable|enable|password`: users of a book that no server writes.
int run_user(const OpenBook& open_book, const std::vector<std::string>& arguments);
/// One user for each role, with what they sign in with, for people who try things on.
void print_demo_users(Book& book, Clock& clock);

}  // namespace lotbook
