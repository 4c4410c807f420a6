// SPDX-License-Identifier: Apache-2.0
#include "cli/open_to_write.h"

#include <iostream>

#include "ledger/upgrade.h"

namespace lotbook {

std::unique_ptr<Store> open_to_write(const OpenBook& open_book, const std::string& book) {
  std::unique_ptr<Store> store = open_book(book, false);
  const std::string copy = upgrade(*store, [&](const std::string& file) { return open_book(file, false); });
  if (!copy.empty())
    std::cerr << "lotbook: " << book << " was upgraded from an older version; as it was before, it is kept at " << copy
              << "\n";
  return store;
}

}  // namespace lotbook
