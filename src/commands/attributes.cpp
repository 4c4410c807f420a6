// SPDX-License-Identifier: Apache-2.0
#include "commands/attributes.h"

#include <algorithm>

namespace lotbook {

namespace {

/// What is wrong with a value; empty when nothing is.
std::string fault_of(const Attribute& attribute, const std::string& value) {
  switch (attribute.kind) {
    case AttributeKind::text: return {};
    case AttributeKind::day: return Date::parse(value) ? "" : "Write a day as 2026-11-30.";
    case AttributeKind::yes_no: return value == "yes" || value == "no" ? "" : "Write yes or no.";
    case AttributeKind::choice: {
      if (std::find(attribute.choices.begin(), attribute.choices.end(), value) != attribute.choices.end()) return {};
      std::string choices;
      for (const std::string& choice : attribute.choices) choices += (choices.empty() ? "" : ", ") + choice;
      return "Write one of " + choices + ".";
    }
    case AttributeKind::number: break;
  }
  const std::optional<Decimal> number = Decimal::parse(value);
  if (!number) return "Write a number such as 4.5.";
  if (attribute.minimum && *number < *attribute.minimum)
    return "The lowest value accepted is " + attribute.minimum->text() + " " + attribute.unit + ".";
  if (attribute.maximum && *number > *attribute.maximum)
    return "The highest value accepted is " + attribute.maximum->text() + " " + attribute.unit + ".";
  return {};
}

}  // namespace

void note_attributes(Look& look, Draft& draft, const AttributesAsked& asked, const std::vector<GivenAttribute>& given) {
  const Masters& masters = look.masters();
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string here = asked.field + "/" + std::to_string(i);
    const Attribute* attribute = masters.attributes.find(given[i].attribute);
    if (!attribute) {
      look.refuse(Code::unknown_attribute, here + "/attribute",
                  "There is no attribute " + given[i].attribute + ". Check the code, or set it up first.");
      continue;
    }
    if (const std::string fault = fault_of(*attribute, given[i].value); !fault.empty()) {
      look.refuse(Code::attribute_out_of_limits, here + "/value", attribute->name + ": " + fault);
      continue;
    }
    draft.fact(Reading{asked.subject, attribute->code, given[i].value, attribute->unit});
  }
  if (masters.attributes.size() == 0) return;
  masters.attributes.each([&](Id<Attribute>, const Attribute& attribute) {
    const bool is_asked =
        attribute.required &&
        std::find(attribute.asked_at.begin(), attribute.asked_at.end(), asked.step) != attribute.asked_at.end() &&
        (attribute.category.empty() || attribute.category == asked.item.item->category);
    const bool is_given =
        std::any_of(given.begin(), given.end(), [&](const GivenAttribute& g) { return g.attribute == attribute.code; });
    if (is_asked && !is_given)
      look.refuse(Code::attribute_needed, asked.field,
                  attribute.name + " (" + attribute.code + ") is asked of " + asked.item.item->code + " here.");
  });
}

}  // namespace lotbook
