// SPDX-License-Identifier: Apache-2.0
#include "model/handling_unit.h"

#include <algorithm>

namespace lotbook {

char gs1_check_digit(std::string_view digits) {
  int sum = 0, weight = 3;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, weight = 4 - weight)
    sum += (*digit - '0') * weight;
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_sscc(std::string_view text) {
  return text.size() == 18 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         text.back() == gs1_check_digit(text.substr(0, 17));
}

std::string make_sscc(std::string_view company_prefix, std::uint64_t reference) {
  // Extension digit, prefix and serial reference are 17 digits together; the reference's leading digit is the
  // extension.
  std::string serial = std::to_string(reference);
  const std::size_t room = 17 - company_prefix.size();
  if (serial.size() < room) serial.insert(0, room - serial.size(), '0');
  serial = serial.substr(serial.size() - room);
  std::string digits = serial.substr(0, 1) + std::string(company_prefix) + serial.substr(1);
  digits += gs1_check_digit(digits);
  return digits;
}

}  // namespace lotbook
