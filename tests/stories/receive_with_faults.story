# What stands on the dock can always be booked in: with its faults, on hold, or refused at the dock
# proves: R37, R39, R47, R55

use bakery
set_item code=MILK name=Milk unit=LTR decimals=1 minimum_life_at_receipt_days=5 expiry_required=yes
at 2026-03-02T08:00Z

receive supplier=DAIRY document=A-1 to=DOCK
  | item  | quantity | supplier_lot | expires_on | hold_reason | refused_because |
  | FLOUR | 100      | 88A1         |            | wet bags    |                 |
  | FLOUR | 50       | 88A2         |            |             | torn bags       |
  | YEAST | 2        | Y1           | 2026-03-20 |             |                 |
  | MILK  | 60       | M1           | 2026-03-05 |             |                 |
  | MILK  | 60       | M2           | 2026-03-07 |             |                 |
  | MILK  | 60       | M3           |            |             |                 |
  | MILK  | 60       | M4           | 2026-03-01 |             |                 |
  -> lot FLOUR $wet
  -> lot YEAST $yeast
  -> lot MILK $short
  -> lot MILK $fresh
  -> lot MILK $undated
  -> lot MILK $old
  -> warning received_on_hold
  -> warning date_missing

# Refused at the dock is never stock.
see lots
  | item  | lot      | status     | quality    | on_hand |
  | FLOUR | $wet     | hold       | released   | 100     |
  | YEAST | $yeast   | quarantine | quarantine | 2       |
  | MILK  | $short   | hold       | released   | 60      |
  | MILK  | $fresh   | released   | released   | 60      |
  | MILK  | $undated | quarantine | quarantine | 60      |
  | MILK  | $old     | hold       | released   | 60      |

see entry
  kind: receive
  facts, at least:
    | fact         | detail       |
    | dock_refused | 50 torn bags |

# Expiry from shelf life: the day of production is day 0; without one, the day of receipt.
receive supplier=DAIRY document=A-2 to=COLD
  | item  | quantity | supplier_lot | produced_on |
  | CREAM | 5        | C1           | 2026-03-01  |
  | CREAM | 5        | C2           |             |
  -> lot CREAM $made
  -> lot CREAM $came

see lots item=CREAM
  | lot   | produced_on | received_on | expires_on | expiry_calculated |
  | $made | 2026-03-01  | 2026-03-02  | 2026-03-04 | true              |
  | $came |             | 2026-03-02  | 2026-03-05 | true              |

# A month without a day is its last day.
receive supplier=DAIRY document=A-3 to=COLD
  | item  | quantity | supplier_lot | expires_on |
  | CREAM | 5        | C3           | 2026-06    |
  -> lot CREAM $june
see lots lot=$june
  | expires_on | expiry_calculated |
  | 2026-06-30 | false             |
