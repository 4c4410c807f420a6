// SPDX-License-Identifier: Apache-2.0
#include "model/read_refusals.h"

#include "base/json.h"

namespace lotbook {

namespace {

Code code_of(JsonFaultKind kind) {
  switch (kind) {
    case JsonFaultKind::malformed: return Code::malformed;
    case JsonFaultKind::duplicate: return Code::malformed;
    case JsonFaultKind::unknown_field: return Code::unknown_field;
    case JsonFaultKind::missing: return Code::missing;
    case JsonFaultKind::wrong_type: return Code::wrong_type;
    case JsonFaultKind::not_a_choice: return Code::not_a_choice;
    case JsonFaultKind::out_of_range: return Code::out_of_range;
    case JsonFaultKind::too_long: return Code::too_long;
    case JsonFaultKind::not_utf8: return Code::not_text;
    case JsonFaultKind::too_deep: return Code::too_deep;
  }
  return Code::malformed;
}

}  // namespace

Refusals read_refusals(std::string_view json, const Shape& shape, void* value) {
  Refusals refusals;
  for (const JsonFault& fault : read_json(json, shape, value))
    refusals.push_back({code_of(fault.kind), fault.pointer, fault.detail});
  return refusals;
}

}  // namespace lotbook
