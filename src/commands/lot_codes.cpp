// SPDX-License-Identifier: Apache-2.0
#include "commands/lot_codes.h"

#include <algorithm>

#include "base/text.h"

namespace lotbook {

std::optional<Code> fault_of_code(const std::string& code, const BookSettings& book) {
  const std::size_t length = length_in_characters(code);
  if (length < 1 || length > 60 || has_forbidden_character(code)) return Code::not_a_code;
  const std::string plain = folded(code);
  const auto is_it = [&](const std::string& placeholder) { return folded(placeholder) == plain; };
  if (std::any_of(book.placeholder_codes.begin(), book.placeholder_codes.end(), is_it)) return Code::placeholder_code;
  return std::nullopt;
}

std::string code_of_series(const Masters& masters, Id<Lot> lot, Id<Place> place) {
  const Place* site = masters.places.find(masters.site_of(place));
  std::string number = std::to_string(lot.value);
  if (number.size() < 6) number.insert(0, 6 - number.size(), '0');
  return (site && !site->series_prefix.empty() ? site->series_prefix : masters.book.series_prefix) + number;
}

}  // namespace lotbook
