# Every delivery opens a lot of its own, whatever the label says
# proves: R2, R4, R5, R6

use bakery
at 2026-03-02T08:00Z

receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 500      | 88A1         | 2026-11-30 |
  | FLOUR | 250      | 88A1         | 2026-11-30 |
  | FLOUR | 100      | 88A2         |            |
  | FLOUR | 5        |              |            |
  -> posted
  -> lot FLOUR $first
  -> lot FLOUR $second
  -> lot FLOUR $unlabelled

see stock
  | item  | lot         | place | quantity |
  | FLOUR | $first      | DOCK  | 750      |
  | FLOUR | $second     | DOCK  | 100      |
  | FLOUR | $unlabelled | DOCK  | 5        |

# The same label on the next delivery is another lot with the same name.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot | expires_on |
  | FLOUR | 40       | 88A1         | 2026-11-30 |
  -> lot FLOUR $third

see lots item=FLOUR
  | lot         | names     | expires_on |
  | $first      | MILL:88A1 | 2026-11-30 |
  | $second     | MILL:88A2 |            |
  | $unlabelled |           |            |
  | $third      | MILL:88A1 | 2026-11-30 |
