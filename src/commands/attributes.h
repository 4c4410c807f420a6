// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/look.h"

namespace lotbook {

/// The value of an attribute as it is given with a command.
struct GivenAttribute {
  std::string attribute, value;
  static constexpr auto fields() {
    return field_list(field<&GivenAttribute::attribute>("attribute", "Code of the attribute.").required().at_most(60),
                      field<&GivenAttribute::value>("value", "Its value as text.").required().at_most(2000));
  }
};

/// Which values are asked, of what, and where they are given in the command.
struct AttributesAsked {
  AskedAt step;
  FoundItem item;
  std::uint32_t subject = 0;  ///< lot or run that the readings belong to
  std::string field;          ///< pointer to the list
};
/// Judges the values given against the attributes that the book asks at this step of items of this category, and notes
/// them as readings.
void note_attributes(Look& look, Draft& draft, const AttributesAsked& asked, const std::vector<GivenAttribute>& given);

}  // namespace lotbook
