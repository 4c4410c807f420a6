// SPDX-License-Identifier: Apache-2.0
#include "model/lot.h"

#include <algorithm>

namespace lotbook {

Date Lot::governing_day() const {
  const Date hard = std::min(expires_on, retest_on);
  return hard.is_set() ? hard : best_before_on;
}

}  // namespace lotbook
