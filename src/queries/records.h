// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/find.h"

// Master data as it stands, in order of code.

namespace lotbook {

/// Every list of records is asked alike.
struct ListQuestion {
  std::string starts_with, after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = ListQuestion;
    return field_list(
        field<&Q::starts_with>("starts_with", "Only codes that begin so.").at_most(60),
        field<&Q::after>("after", "Only codes after this one: \"next\" of the answer before.").at_most(200),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
template <class T>
struct RecordsQuestion : ListQuestion {};

template <class T>
struct RecordsAnswer {
  std::vector<T> rows;
  std::string next;
  static constexpr auto fields() {
    return field_list(
        field<&RecordsAnswer::rows>("rows", "Records, in order of code."),
        field<&RecordsAnswer::next>("next", "Where the next page begins; empty when this is the last.").at_most(200));
  }
};

Result<RecordsAnswer<Item>> ask(const RecordsQuestion<Item>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Partner>> ask(const RecordsQuestion<Partner>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Address>> ask(const RecordsQuestion<Address>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Place>> ask(const RecordsQuestion<Place>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Recipe>> ask(const RecordsQuestion<Recipe>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Attribute>> ask(const RecordsQuestion<Attribute>& question, const Snapshot& snapshot);
Result<RecordsAnswer<Factor>> ask(const RecordsQuestion<Factor>& question, const Snapshot& snapshot);

/// What holds for the whole book.
struct BookQuestion {
  static constexpr auto fields() { return field_list(); }
};
Result<BookSettings> ask(const BookQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
