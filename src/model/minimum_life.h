// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/masters.h"

namespace lotbook {

/// R49: what goods must still have on arrival, the strictest of item and customer, and how long they travel.
struct LifeAsked {
  int days = 0;  ///< 0: nothing is asked
  int transit_days = 0;
  int left_on_arrival(Date expires_on, Date leaves_on) const { return expires_on.day - leaves_on.day - transit_days; }
  bool is_met(Date expires_on, Date leaves_on) const {
    return days == 0 || !expires_on || left_on_arrival(expires_on, leaves_on) >= days;
  }
};
LifeAsked life_asked(const Masters& masters, const Item& item, Id<Partner> customer, Id<Address> address);

}  // namespace lotbook
