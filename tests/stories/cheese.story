# Cheese is counted by the piece and weighed: both numbers go with it from the dairy to the shop and back
# proves: R16, R18, R28, R59, R82, R89

use bakery
set_item code=CHEESE name="Mountain cheese" unit=EA unit2=KGM decimals2=3
set_item code=GRATED name="Grated cheese" unit=KGM decimals=3
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1 to=COLD
  | item   | lot | quantity | expires_on |
  | CHEESE | K1  | 12       | 2026-06-01 |
  -> refused second_quantity_needed /lines/0/quantity2 "EA and KGM"
receive supplier=DAIRY document=D-1 to=COLD
  | item   | lot | quantity | quantity2 | expires_on |
  | CHEESE | K1  | 12       | 41.380    | 2026-06-01 |
  | CHEESE | K2  | 5        | 17        | 2026-07-01 |

# Shared out equally both are rounded down, and the last part takes the rest of both.
split item=CHEESE lot=K1 from=COLD quantity=5
  | lot | quantity |
  | K1A | 5        |
  -> refused second_quantity_needed /parts/0/quantity2
split item=CHEESE lot=K1 from=COLD equal_parts=2 quantity=5 quantity2=17.215
  -> lot CHEESE $a
  -> lot CHEESE $b
see stock item=CHEESE
  | lot | place | quantity | quantity2 |
  | K1  | COLD  | 7        | 24.165    |
  | $a  | COLD  | 2        | 8.607     |
  | $b  | COLD  | 3        | 8.608     |
  | K2  | COLD  | 5        | 17        |
blend item=CHEESE new_lot=K3 to=COLD
  | lot | quantity | quantity2 | from |
  | $a  | 2        | 8.607     | COLD |
  | $b  | 3        | 8.608     | COLD |
# Of what left for the other site a part arrives; both numbers are on the road.
transfer_out to_site=LIS document=T-1
  | item   | lot | quantity | quantity2 | from |
  | CHEESE | K3  | 5        | 17.215    | COLD |
transfer_in document=T-1
  | item   | lot | quantity | quantity2 | to     |
  | CHEESE | K3  | 2        | 17.216    | LIS-ST |
  -> refused more_than_in_transit /lines/0/quantity2 "17.215 KGM"
transfer_in document=T-1
  | item   | lot | quantity | quantity2 | to     |
  | CHEESE | K3  | 2        | 7         | LIS-ST |
see stock item=CHEESE lot=K3
  | place      | quantity | quantity2 |
  | in_transit | 3        | 10.215    |
  | LIS-ST     | 2        | 7         |

# Two orders of one lot in staging: neither leaves with the other's kilograms.
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item   | quantity |
  | 1    | CHEESE | 3        |
set_sales_order number=SO-2 customer=HOTEL site=HOME
  | line | item   | quantity |
  | 1    | CHEESE | 2        |
ask pick_list order=SO-1
  take:
    | lot | quantity |
    | K1  | 3        |
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | K1  | 3        | COLD |
  -> refused second_quantity_needed /lines/0/quantity2
pick order=SO-1 to=SHIP
  | line | lot | quantity | quantity2 | from |
  | 1    | K2  | 3        | 10.2      | COLD |
  -> refused not_first_to_go /lines/0/lot
pick order=SO-1 to=SHIP
  | line | lot | quantity | quantity2 | from |
  | 1    | K1  | 3        | 24.166    | COLD |
  -> refused not_enough /lines/0/quantity
pick order=SO-1 to=SHIP
  | line | lot | quantity | quantity2 | from |
  | 1    | K1  | 3        | 10.35     | COLD |
pick order=SO-2 to=SHIP
  | line | lot | quantity | quantity2 | from |
  | 1    | K1  | 2        | 6.9       | COLD |
dispatch_order order=SO-1 document=N-1
  | line | lot | quantity | quantity2 | from |
  | 1    | K1  | 3        | 10.351    | SHIP |
  -> refused not_picked /lines/0/quantity2 "10.35 KGM"
put_back order=SO-1
  | line | lot | quantity | quantity2 | from | to   |
  | 1    | K1  | 1        | 10.351    | SHIP | COLD |
  -> refused not_picked /lines/0/quantity2 "10.35 KGM"
put_back order=SO-1
  | line | lot | quantity | quantity2 | from | to   |
  | 1    | K1  | 1        | 3.45      | SHIP | COLD |
dispatch_order order=SO-1 document=N-1
  | line | lot | quantity | quantity2 | from |
  | 1    | K1  | 2        | 6.9       | SHIP |
dispatch_order order=SO-2 document=N-2
see stock item=CHEESE lot=K1
  | place | quantity | quantity2 |
  | COLD  | 3        | 10.365    |

# A return, a count that finds a piece of rind less, and grated cheese for the rest.
return_goods customer=CAFE document=R-1 reference=N-1
  | item   | lot | quantity | to   |
  | CHEESE | K1  | 1        | BACK |
  -> refused second_quantity_needed /lines/0/quantity2
return_goods customer=CAFE document=R-1 reference=N-1
  | item   | lot | quantity | quantity2 | to   |
  | CHEESE | K1  | 1        | 3.45      | BACK |
count place=COLD
  | item   | lot | quantity |
  | CHEESE | K1  | 3        |
  -> refused second_quantity_needed /lines/0/quantity2
count place=COLD
  | item   | lot | quantity | quantity2 |
  | CHEESE | K1  | 3        | 10.3      |
produce document=PO-1
  inputs:
    | item   | lot | quantity | quantity2 | from |
    | CHEESE | K1  | 2        | 6.8       | COLD |
  outputs:
    | item   | lot | quantity | to   |
    | GRATED | G1  | 6.5      | COLD |
  -> posted
ask lot item=CHEESE lot=K1
  on_hand: 2
  on_hand2: 6.95
see stock item=CHEESE lot=K1
  | place | quantity | quantity2 |
  | COLD  | 1        | 3.5       |
  | BACK  | 1        | 3.45      |
sample reason=taste
  | item   | lot | quantity | quantity2 | from |
  | CHEESE | K1  | 1        | 3.501     | COLD |
  -> refused not_enough /lines/0/quantity
dispose reason=mould
  | item   | lot | quantity | quantity2 | from |
  | CHEESE | K1  | 1        | 3.5       | COLD |
  -> entry $gone
undo entries=$gone reason="only dust"
see stock item=CHEESE lot=K1
  | place | quantity | quantity2 |
  | COLD  | 1        | 3.5       |
  | BACK  | 1        | 3.45      |
ask trace_forward item=CHEESE lot=K1
  customers, at least:
    | partner | dispatched | returned |
    | CAFE    | 2          | 1        |
    | HOTEL   | 2          | 0        |
