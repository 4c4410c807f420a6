// SPDX-License-Identifier: Apache-2.0
#include "queries/personal.h"

#include <algorithm>

namespace lotbook {

namespace {

// As the records of people are sealed: this, and the hash in hex.
constexpr std::string_view sealed = "sha256:";

}  // namespace

std::string personal_text(const Snapshot& snapshot, const std::string& kept) {
  if (!std::string_view(kept).starts_with(sealed)) return kept;
  if (!snapshot.may_see_personal) return "(hidden)";
  const std::optional<Bytes> bytes = from_hex(std::string_view(kept).substr(sealed.size()));
  if (!bytes || bytes->size() != 32) return kept;
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  const std::optional<PrivateRow> row = snapshot.view.behind().private_value(hash);
  return row ? row->value : "(erased)";
}

void show_personal(const Snapshot& snapshot, const Shape& shape, void* record) {
  for (const FieldShape& field : shape.fields)
    if (field.is_personal) {
      std::string& value = *static_cast<std::string*>(field.member(record));
      value = personal_text(snapshot, value);
    }
}

}  // namespace lotbook
