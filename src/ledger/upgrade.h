// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

namespace lotbook {

/// Brings a book of an older program to the tables of this one. Before that it is copied beside itself, and the copy
/// verified as far as this program can: page by page, and the chain of entries. Answers with the copy; empty: there
/// was nothing to do. Throws StoreFailure, and then the book is as it was.
std::string upgrade(Store& store, const std::function<std::unique_ptr<Store>(const std::string&)>& open_copy);

}  // namespace lotbook
