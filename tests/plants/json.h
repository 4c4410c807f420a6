// SPDX-License-Identifier: Apache-2.0
// The little JSON that the judge writes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "history.h"

namespace plants {

inline std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      result.append(1, '\\').append(1, letter);
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(letter)));
      result += escape;
    } else {
      result += letter;
    }
  }
  return result += '"';
}

inline std::string lot_text(const History& history, const Lot& lot) {
  const std::string item = "[" + quoted(history.items[lot.item].code) + ",";
  if (!lot.code.empty()) return item + quoted(lot.code) + "]";
  return item + "null," + quoted(lot.supplier_lot) + "," + quoted(lot.document) + "]";
}

}  // namespace plants
