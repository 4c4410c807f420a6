// SPDX-License-Identifier: Apache-2.0
// Where everything lies at the end of a bundle, which runs are open, what status each lot has and which holds are on.
#pragma once

#include <string>

namespace plants {

int print_stock(const std::string& bundle);

// Says where a lot is below zero, in the order of the rows or of their times (R28); 1 if one is.
int check_stock(const std::string& bundle);

}  // namespace plants
