// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

namespace lotbook {

/// Finds things by part of their code or name, without regard to case, blanks or dashes.
struct SearchQuestion {
  std::string text;
  int limit = 100;
  static constexpr auto fields() {
    return field_list(field<&SearchQuestion::text>("text", "Part of a code or name, three characters or more.")
                          .required()
                          .at_most(60),
                      field<&SearchQuestion::limit>("limit", "Most finds to answer with.").between(1, 1000));
  }
};
struct Find {
  std::string noun, code, name, item, issuer;
  std::string bears;
  static constexpr auto fields() {
    using F = Find;
    return field_list(field<&F::noun>("noun", "What was found: lot, item, partner, address, place, document, order."),
                      field<&F::code>("code", "Its code; of a lot, the own code."),
                      field<&F::name>("name", "Its name."), field<&F::item>("item", "Item, of a lot."),
                      field<&F::bears>("bears", "The code of the lot that fits, when it is not the own one."),
                      field<&F::issuer>("issuer", "Who gave that code."));
  }
};
struct SearchAnswer {
  std::vector<Find> rows;
  bool more = false;
  static constexpr auto fields() {
    return field_list(field<&SearchAnswer::rows>("rows", "What was found."),
                      field<&SearchAnswer::more>("more", "There is more: give more of the code."));
  }
};
Result<SearchAnswer> ask(const SearchQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
