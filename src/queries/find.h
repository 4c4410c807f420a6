// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "queries/question.h"

// How questions find what they name, with a refusal that says what to do when there is none.

namespace lotbook {

/// A lot as a question names it.
struct LotAsked {
  std::string item, lot;
  static constexpr auto fields() {
    return field_list(field<&LotAsked::item>("item", "Item.").required().at_most(60),
                      field<&LotAsked::lot>("lot", "Own code of the lot.").at_most(60));
  }
};

/// The lot with this own code; else the one lot that bears it as any other name (R8, R12).
Result<const LotState*> find_lot(const View& view, const LotAsked& asked, std::string_view pointer);
Result<Id<Item>> find_item(const View& view, std::string_view code, std::string_view pointer);
/// None for an empty code.
Result<Id<Place>> find_place(const View& view, std::string_view code, std::string_view pointer);

std::string place_code(const Masters& masters, Id<Place> place);
/// The calendar day at the site of a place; without one, by the time zone of the book.
Date today_at(const Masters& masters, Id<Place> place, Instant now);

/// How many rows an answer may have.
constexpr std::size_t most_rows = 1000, usual_rows = 100;
inline std::size_t rows_allowed(int limit) {
  return limit <= 0 ? usual_rows : std::min(static_cast<std::size_t>(limit), most_rows);
}

}  // namespace lotbook
