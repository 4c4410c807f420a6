# Goods go to another site by two entries; what is on the road is on hand and not for use
# proves: R20, R21, R22, R28

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |

transfer_out to_site=HOME document=T-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 40       | ST1  |
  -> refused not_the_same_site /to_site
transfer_out to_site=NOWHERE document=T-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 40       | ST1  |
  -> refused unknown_place /to_site
transfer_out to_site=LIS
  | item  | lot | quantity | from |
  | FLOUR | F1  | 40       | ST1  |
  -> refused missing /document
transfer_out to_site=LIS document=T-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 101      | ST1  |
  -> refused not_enough /lines/0/quantity
transfer_out to_site=LIS document=T-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 40       | ST1  |
see stock
  | item  | lot | place      | quantity |
  | FLOUR | F1  | ST1        | 60       |
  | FLOUR | F1  | in_transit | 40       |
see lots
  | lot | on_hand |
  | F1  | 100     |

at 2026-03-04T08:00Z
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 41       | LIS-ST |
  -> refused more_than_in_transit /lines/0/quantity
transfer_in document=T-2
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 40       | LIS-ST |
  -> refused more_than_in_transit /lines/0/quantity
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 38       | LIS-ST |
see stock
  | item  | lot | place      | quantity |
  | FLOUR | F1  | ST1        | 60       |
  | FLOUR | F1  | in_transit | 2        |
  | FLOUR | F1  | LIS-ST     | 38       |
# It cannot have arrived before it left.
transfer_in document=T-1 occurred_at=2026-03-01
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 2        | LIS-ST |
  -> refused before_goods_arrived /lines/0/quantity
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 2        | LIS-ST |
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 1        | LIS-ST |
  -> refused more_than_in_transit /lines/0/quantity

# Lent to a partner: a move inside the site that lends.
move
  | item  | lot | quantity | from | to  |
  | FLOUR | F1  | 10       | ST1  | SUB |
ask trace_forward item=FLOUR lot=F1
  lots/0/on_hand:
    | place  | quantity |
    | ST1    | 50       |
    | SUB    | 10       |
    | LIS-ST | 40       |

# What is on the road is nobody's to use, and a trace finds it there.
transfer_out to_site=LIS document=T-9
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
ask trace_forward item=FLOUR lot=F1
  ours:
    | partner | place | quantity |
    | CAFE    | SUB   | 10       |
  lots/0/on_hand:
    | place      | kind       | quantity |
    | ST1        | storage    | 30       |
    | SUB        | external   | 10       |
    | in_transit | in_transit | 20       |
    | LIS-ST     | storage    | 40       |
ask fefo item=FLOUR
  rows:
    | lot | site | available | on_hand |
    | F1  | HOME | 30        | 40      |
    | F1  | LIS  | 40        | 40      |
    | F1  |      | 0         | 20      |
count place=LIS-ST confirmed_by=Ben
  | item  | lot | quantity |
  | FLOUR | F1  | 40       |
move
  | item  | lot | quantity | from | to     |
  | FLOUR | F1  | 10       | ST1  | LIS-ST |
  -> refused not_the_same_site /lines/0/to "transfer"
