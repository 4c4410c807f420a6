// SPDX-License-Identifier: Apache-2.0
#include "ledger/upgrade.h"

#include <filesystem>

#include "ledger/verify.h"
#include "store/migrations/schema.h"
#include "store/shared_store.h"

namespace lotbook {

namespace {

std::string free_name(const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; std::filesystem::exists(name); ++i) name = wanted + "-" + std::to_string(i);
  return name;
}

}  // namespace

std::string upgrade(Store& store, const std::function<std::unique_ptr<Store>(const std::string&)>& open_copy) {
  // A database is backed up with its own tools, and takes a migration whole or not at all.
  if (dynamic_cast<const SharedStore*>(&store)) return {};
  const int seen = schema_seen(*store.open_reader());
  if (seen == 0 || seen >= newest_schema()) return {};
  const std::unique_ptr<Connection> writer = store.open_writer();  // keeps others out from here on
  const std::string copy = free_name(store.name() + ".before-schema-" + std::to_string(newest_schema()));
  store.backup(copy, {});
  if (const std::string wrong = wrong_with_chain(*open_copy(copy)); !wrong.empty())
    throw StoreFailure(StoreFailure::Kind::damaged,
                       "the book was not upgraded: its copy at " + copy + " is not sound: " + wrong);
  migrate(*writer);
  return copy;
}

}  // namespace lotbook
