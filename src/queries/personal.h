// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "queries/question.h"

namespace lotbook {

/// What a reader sees of a personal value (R96): the ledger keeps its salted hash, the value itself stands beside it
/// until it is erased.
std::string personal_text(const Snapshot& snapshot, const std::string& kept);

/// Puts readable values into the personal fields of a record.
void show_personal(const Snapshot& snapshot, const Shape& shape, void* record);
template <class T>
T shown(const Snapshot& snapshot, T record) {
  show_personal(snapshot, shape_of<T>(), &record);
  return record;
}

}  // namespace lotbook
