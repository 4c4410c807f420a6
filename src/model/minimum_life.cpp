// SPDX-License-Identifier: Apache-2.0
#include "model/minimum_life.h"

#include <algorithm>

namespace lotbook {

LifeAsked life_asked(const Masters& masters, const Item& item, Id<Partner> customer, Id<Address> address) {
  const Partner* partner = masters.partners.find(customer);
  const Address* to = masters.addresses.find(address);
  return {std::max(item.minimum_life_at_dispatch_days, partner ? partner->minimum_life_days : 0),
          to ? to->transit_days : 0};
}

}  // namespace lotbook
