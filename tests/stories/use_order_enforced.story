# Where the item says so, what goes first is used first; passing it over takes the right and a reason
# proves: R44, R51, R53, R69, R75

use bakery
set_item code=MILK name=Milk unit=LTR decimals=1 enforce_use_order=yes fefo_tolerance_days=1
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1
  | item  | lot | quantity | to     | expires_on |
  | MILK  | M10 | 40       | COLD   | 2026-03-10 |
  | MILK  | M11 | 40       | COLD   | 2026-03-11 |
  | MILK  | M20 | 40       | COLD   | 2026-03-20 |
  | MILK  | M05 | 40       | LIS-ST | 2026-03-05 |
  | CREAM | C10 | 40       | COLD   | 2026-03-10 |
  | CREAM | C20 | 40       | COLD   | 2026-03-20 |

as Ben: operate
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | CREAM | C20 | 5        | COLD |
  | MILK  | M20 | 5        | COLD |
  -> refused not_first_to_go /lines/1/lot "M10" lot=M10 place=COLD available=40
consume document=PO-1 open_order=yes override_fefo=yes reason="M10 is behind the lift"
  | item | lot | quantity | from |
  | MILK | M20 | 5        | COLD |
  -> refused right_needed /override_fefo
# Where it is not enforced, work goes on, and it is written down.
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | CREAM | C20 | 5        | COLD |
  -> warning used_out_of_order
# A day is tolerated. All of what goes first and more of the next is in order, whichever is written first.
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M11 | 5        | COLD |
  -> warnings none
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  | MILK | M10 | 40       | COLD |
  | MILK | M11 | 35       | COLD |
  -> warnings none
as Ann
receive supplier=DAIRY document=D-2 to=COLD
  | item | lot | quantity | expires_on |
  | MILK | M08 | 10       | 2026-03-08 |
as Eva: operate, override_fefo
consume document=PO-1 override_fefo=yes
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> refused missing /reason
consume document=PO-1 override_fefo=yes reason="M08 is behind the lift"
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> warning override_fefo
produce document=PO-2
  inputs:
    | item | lot | quantity | from |
    | MILK | M20 | 1        | COLD |
  outputs:
    | item  | lot | quantity | to   |
    | DOUGH | T1  | 1        | COLD |
  -> refused not_first_to_go /inputs/0/lot "M08"
produce document=PO-2 override_fefo=yes reason="M08 smells, quality looks at it"
  inputs:
    | item | lot | quantity | from |
    | MILK | M20 | 1        | COLD |
  outputs:
    | item  | lot | quantity | to   |
    | DOUGH | T1  | 1        | COLD |
  -> warning override_fefo
ask overrides
  rows:
    | code          | lot | who | why                             | kind    | document |
    | override_fefo | M20 | Eva | M08 is behind the lift          | consume | PO-1     |
    | override_fefo | M20 | Eva | M08 smells, quality looks at it | produce | PO-2     |

# What is on hold is no reason to wait, and what is worked again was chosen for other reasons.
as Ann
consume document=RW-1 open_order=yes kind=rework
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> warnings none
hold reason=sour
  | item | lot |
  | MILK | M08 |
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> warnings none

# A silo gives what is lowest: what lies above cannot go first, but what lies elsewhere can.
set_place code=SILO name=Silo kind=vessel mixing=fifo parent=HOME
set_item code=GRAIN name=Grain unit=KGM enforce_use_order=yes
receive supplier=MILL document=D-3 to=ST1
  | item  | lot | quantity | expires_on |
  | GRAIN | G2  | 50       | 2026-05-02 |
  | GRAIN | G1  | 50       | 2026-05-01 |
fill vessel=SILO
  | item  | lot | quantity | from |
  | GRAIN | G2  | 50       | ST1  |
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from |
  | GRAIN |     | 10       | SILO |
  -> refused not_first_to_go /lines/0/lot "G1"
fill vessel=SILO
  | item  | lot | quantity | from |
  | GRAIN | G1  | 50       | ST1  |
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from |
  | GRAIN |     | 10       | SILO |
  -> warnings none

# Nobody names lots in a backflush, so there the order cannot be kept.
set_item code=OIL name=Oil unit=LTR backflush=yes enforce_use_order=yes
receive supplier=MILL document=D-4 to=ST1
  | item | lot | quantity |
  | OIL  | O1  | 10       |
backflush document=PO-3 item=OIL quantity=1 from=ST1
  -> refused backflush_not_allowed /item "enforced"
