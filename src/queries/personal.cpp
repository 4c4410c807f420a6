// SPDX-License-Identifier: Apache-2.0
#include "queries/personal.h"

#include "model/sealed.h"

namespace lotbook {

std::string personal_text(const Snapshot& snapshot, const std::string& kept) {
  const std::optional<Hash> hash = sealed_hash(kept);
  if (!hash) return kept;
  if (!snapshot.may_see_personal) return "(hidden)";
  const std::optional<PrivateRow> row = snapshot.view.behind().private_value(*hash);
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
