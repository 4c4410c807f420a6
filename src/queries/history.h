// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "queries/entry_card.h"
#include "queries/find.h"

namespace lotbook {

enum class Subject : std::uint8_t {
  lot,
  order,
  hold,
  item,
  partner,
  address,
  place,
  recipe,
  attribute,
  factor,
  book,
  serial,
  complaint,
  defect,
  user
};
template <>
struct Choices<Subject> {
  static constexpr std::array<std::string_view, 15> names{"lot",     "order",  "hold",      "item",      "partner",
                                                          "address", "place",  "recipe",    "attribute", "factor",
                                                          "book",    "serial", "complaint", "defect",    "user"};
};

/// Everything that was ever recorded of one thing, with who, when and why.
struct HistoryQuestion {
  Subject noun = Subject::lot;
  std::string code, item;
  std::uint64_t after = 0;
  int limit = 100;
  static constexpr auto fields() {
    using Q = HistoryQuestion;
    return field_list(field<&Q::noun>("noun", "What kind of thing."),
                      field<&Q::code>("code", "Its code or number; of a lot, its own code.").at_most(200),
                      field<&Q::item>("item", "Item, for a lot or a unit.").at_most(60),
                      field<&Q::after>("after", "Only entries after this one."),
                      field<&Q::limit>("limit", "Most entries to answer with.").between(1, 1000));
  }
};
struct EntriesAnswer {
  std::vector<EntryCard> entries;
  std::uint64_t next = 0;
  static constexpr auto fields() {
    return field_list(field<&EntriesAnswer::entries>("entries", "Entries, in order."),
                      field<&EntriesAnswer::next>("next", "Ask again with \"after\" set to this; 0: these were all."));
  }
};
Result<EntriesAnswer> ask(const HistoryQuestion& question, const Snapshot& snapshot);

/// The feed: every entry in order, to be taken up again where it was left.
struct EntriesQuestion {
  std::uint64_t after = 0;
  int limit = 100;
  std::vector<EntryKind> kinds;
  static constexpr auto fields() {
    using Q = EntriesQuestion;
    return field_list(field<&Q::after>("after", "Only entries after this one."),
                      field<&Q::limit>("limit", "Most entries to answer with.").between(1, 1000),
                      field<&Q::kinds>("kinds", "Only entries of these kinds; left out: all.").at_most(41));
  }
};
Result<EntriesAnswer> ask(const EntriesQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
