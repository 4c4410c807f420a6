// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sql/transaction.h"

namespace lotbook {

/// Copies every row of every table of a book, as of one moment, into a store that holds none: same entries, same
/// hashes, same secrets. One transaction: all of it or nothing. Returns the head. Throws StoreFailure, also when the
/// target holds a book, and OutcomeUnknown.
Head copy_book(Store& from, Store& to);

}  // namespace lotbook
