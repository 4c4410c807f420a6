// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/usable.h"
#include "queries/entry_card.h"
#include "queries/find.h"
#include "queries/finding.h"
#include "queries/lot.h"

namespace lotbook {

/// Everything about one unit (R78, R79).
struct SerialQuestion {
  std::string item, serial, issuer;
  static constexpr auto fields() {
    using Q = SerialQuestion;
    return field_list(
        field<&Q::item>("item", "Item.").required().at_most(60),
        field<&Q::serial>("serial", "Serial number.").required().at_most(60),
        field<&Q::issuer>("issuer", "Who gave it, where units of two makers bear the same number.").at_most(60));
  }
};
/// A unit that is or was part of another one.
struct ComponentRow {
  int level = 1;
  std::string item, serial, lot, inside_item, inside_serial;
  std::uint64_t entry = 0;
  static constexpr auto fields() {
    using R = ComponentRow;
    return field_list(field<&R::level>("level", "1: in the unit itself; 2: in one of those; and so on."),
                      field<&R::item>("item", "Item of the component."),
                      field<&R::serial>("serial", "Its serial number."), field<&R::lot>("lot", "Own code of its lot."),
                      field<&R::inside_item>("inside_item", "Item of the unit it is in."),
                      field<&R::inside_serial>("inside_serial", "Serial number of that unit."),
                      field<&R::entry>("entry", "Entry that built it in."));
  }
};
struct SerialAnswer {
  std::string item, item_name, serial, issuer, lot, place, inside_item, inside_serial;
  std::uint32_t id = 0;
  Standing standing = Standing::released;
  std::vector<ComponentRow> as_built, as_is;
  std::vector<EntryCard> history;
  std::uint64_t entry = 0;
  std::vector<LotHold> holds;
  Date warranty_from, warranty_until;
  std::vector<FindingRow> complaints, defects;
  static constexpr auto fields() {
    using A = SerialAnswer;
    return field_list(
        field<&A::item>("item", "Item."), field<&A::item_name>("item_name", "Name of the item."),
        field<&A::serial>("serial", "Serial number."), field<&A::issuer>("issuer", "Who gave it; empty: this book."),
        field<&A::id>("id", "Number of the unit in this book."), field<&A::lot>("lot", "Own code of its lot."),
        field<&A::place>("place", "Where it lies, or the end it went to, such as \"customer\"."),
        field<&A::inside_item>("inside_item", "Item of the unit it is built into."),
        field<&A::inside_serial>("inside_serial", "Serial number of that unit."),
        field<&A::standing>("standing", "Status there today: the stricter of its own and its lot's (R39)."),
        field<&A::as_built>("as_built", "What it was built of, level by level."),
        field<&A::as_is>("as_is", "What is in it now, level by level."),
        field<&A::history>("history", "The first 1000 entries that speak of it."),
        field<&A::entry>("entry", "Entry that the answer reflects."),
        field<&A::holds>("holds", "Holds on this unit alone; those on its lot stand with the lot."),
        field<&A::warranty_from>("warranty_from", "First day of the warranty: when it first went to this customer."),
        field<&A::warranty_until>("warranty_until", "Last day of the warranty."),
        field<&A::complaints>("complaints", "What customers complained about, newest first."),
        field<&A::defects>("defects", "Faults that were found, newest first."));
  }
};
Result<SerialAnswer> ask(const SerialQuestion& question, const Snapshot& snapshot);

/// Units of one lot, page by page.
struct SerialsQuestion {
  std::string item, lot, place, after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = SerialsQuestion;
    return field_list(
        field<&Q::item>("item", "Item.").required().at_most(60),
        field<&Q::lot>("lot", "Own code of the lot.").required().at_most(60),
        field<&Q::place>("place", "Only units that lie in exactly this location.").at_most(60),
        field<&Q::after>("after", "Only numbers after this one: \"next\" of the answer before.").at_most(60),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct SerialRow {
  std::string serial, issuer, place, inside_item, inside_serial;
  static constexpr auto fields() {
    using R = SerialRow;
    return field_list(field<&R::serial>("serial", "Serial number."),
                      field<&R::issuer>("issuer", "Who gave it; empty: this book."),
                      field<&R::place>("place", "Where it lies, or the end it went to."),
                      field<&R::inside_item>("inside_item", "Item of the unit it is built into."),
                      field<&R::inside_serial>("inside_serial", "Serial number of that unit."));
  }
};
struct SerialsAnswer {
  std::vector<SerialRow> rows;
  std::string next;
  static constexpr auto fields() {
    return field_list(field<&SerialsAnswer::rows>("rows", "Units, in order of serial number."),
                      field<&SerialsAnswer::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<SerialsAnswer> ask(const SerialsQuestion& question, const Snapshot& snapshot);

/// Units of all lots that lie in one place, page by page.
struct SerialsAtQuestion {
  std::string place, item, after;
  int limit = 100;
  static constexpr auto fields() {
    using Q = SerialsAtQuestion;
    return field_list(
        field<&Q::place>("place", "Location; what lies in locations below it is not meant.").required().at_most(60),
        field<&Q::item>("item", "Only units of this item.").at_most(60),
        field<&Q::after>("after", "Go on here: \"next\" of the answer before.").at_most(200),
        field<&Q::limit>("limit", "Most rows to answer with.").between(1, 1000));
  }
};
struct SerialAtRow {
  std::string item, serial, issuer, lot;
  bool is_held = false;
  static constexpr auto fields() {
    using R = SerialAtRow;
    return field_list(field<&R::item>("item", "Item."), field<&R::serial>("serial", "Serial number."),
                      field<&R::issuer>("issuer", "Who gave it; empty: this book."),
                      field<&R::lot>("lot", "Own code of its lot."),
                      field<&R::is_held>("is_held", "A hold is on this unit alone."));
  }
};
struct SerialsAtAnswer {
  std::vector<SerialAtRow> rows;
  std::string next;
  static constexpr auto fields() {
    using A = SerialsAtAnswer;
    return field_list(field<&A::rows>("rows", "Units, by item and number."),
                      field<&A::next>("next", "Where the next page begins; empty when this is the last."));
  }
};
Result<SerialsAtAnswer> ask(const SerialsAtQuestion& question, const Snapshot& snapshot);

}  // namespace lotbook
