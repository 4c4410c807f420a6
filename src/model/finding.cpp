// SPDX-License-Identifier: Apache-2.0
#include "model/finding.h"

#include "base/check.h"
#include "base/json.h"

namespace lotbook {

std::string body_of(const Finding& finding) { return to_json(finding); }

void read_body(std::string_view body, Finding& finding) {
  // A sealed contact is longer than what may be typed.
  static const Shape unlimited = [] {
    Shape shape = shape_of<Finding>();
    for (FieldShape& field : shape.fields) field.minimum = INT64_MIN, field.maximum = INT64_MAX;
    return shape;
  }();
  check(read_json(body, unlimited, &finding).empty(), "a finding of the book can be read by its field list");
}

}  // namespace lotbook
