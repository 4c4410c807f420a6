// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

namespace lotbook {

/// Finds things by part of their code or name, without regard to case, blanks or dashes: what is called just so, then
/// what begins so, then what has it further in; the newest lots first.
struct SearchQuestion {
  std::string text;
  int limit = 100;
  std::string after;
  static constexpr auto fields() {
    using Q = SearchQuestion;
    return field_list(
        field<&Q::text>("text", "Part of a code or name, three characters or more; a shorter code as a whole.")
            .required()
            .at_most(60),
        field<&Q::limit>("limit", "Most finds to answer with.").between(1, 1000),
        field<&Q::after>("after", "Go on after this place: `next` of the page before.").at_most(40));
  }
};
struct Find {
  std::string noun, code, name, item, issuer;
  std::string bears;
  static constexpr auto fields() {
    using F = Find;
    return field_list(
        field<&F::noun>("noun",
                        "What was found: lot, unit, item, partner, address, place, document, order, handling_unit."),
        field<&F::code>("code", "Its code; of a lot, the own code; of a unit, its number."),
        field<&F::name>("name", "Its name."), field<&F::item>("item", "Item, of a lot or unit."),
        field<&F::bears>("bears", "The code of the lot that fits, when it is not the own one."),
        field<&F::issuer>("issuer", "Who gave that code, or the number of the unit."));
  }
};
struct SearchAnswer {
  std::vector<Find> rows;
  std::string next;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using A = SearchAnswer;
    return field_list(field<&A::rows>("rows", "What was found."),
                      field<&A::next>("next", "There is more: ask again with `after` this, or give more of the code."),
                      field<&A::entry>("entry", "The newest entry that was looked at."));
  }
};
/// Asks the index that follows the book and looks itself at the few entries that it does not know yet; without one, or
/// when it is far behind, reads through all names. The answer is the same.
Result<SearchAnswer> ask(const SearchQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
