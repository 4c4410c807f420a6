// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/store.h"

namespace lotbook::stories {

/// Reads every entry of the book from the first: each is chained to the one before, keeps the laws, and all together
/// they make the lots, holds and stock that the tables hold. Throws BrokenLaw.
void check_book(Store& store);

}  // namespace lotbook::stories
