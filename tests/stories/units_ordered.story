# Units are picked, put back and dispatched for orders one by one, and come back under warranty
# proves: R20, R52, R78, R80

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_place code=STAGE name=Staging kind=staging parent=HOME
set_item code=DISK   name=Disk   unit=EA tracking=serial
set_item code=LAPTOP name=Laptop unit=EA tracking=serial warranty_months=24

at 2026-03-02T08:00Z
receive supplier=PARTS document=D-1 to=ST1
  | item | lot | serials             |
  | DISK | DL  | ["D-1","D-2","D-3"] |
produce document=PO-1 place=BAKE reason="parts become one"
  inputs:
    | item | serials | from | into_serial |
    | DISK | ["D-1"] | ST1  | LT-1        |
    | DISK | ["D-2"] | ST1  | LT-2        |
  outputs:
    | item   | lot | serials                | to  |
    | LAPTOP | LA  | ["LT-1","LT-2","LT-3"] | ST1 |

set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item   | quantity |
  | 1    | LAPTOP | 2        |
set_sales_order number=SO-2 customer=HOTEL site=HOME
  | line | item   | quantity |
  | 1    | LAPTOP | 1        |

# A pick names its units; the lot follows from them.
pick order=SO-1 to=STAGE
  | line | quantity | from |
  | 1    | 1        | ST1  |
  -> refused serials_needed /lines/0/serials
  -> refused lot_needed /lines/0/lot
pick order=SO-1 to=STAGE
  | line | serials         | from |
  | 1    | ["LT-1","LT-9"] | ST1  |
  -> refused unknown_serial /lines/0/serials/1
pick order=SO-1 to=STAGE
  | line | serials                | from |
  | 1    | ["LT-1","LT-2","LT-3"] | ST1  |
  -> refused more_than_ordered /lines/0/quantity
pick order=SO-1 to=STAGE
  | line | serials         | from |
  | 1    | ["LT-1","LT-2"] | ST1  |
pick order=SO-2 to=STAGE
  | line | serials  | from |
  | 1    | ["LT-3"] | ST1  |

# In staging each unit is for its own order, though all are of one lot.
dispatch_order order=SO-2 document=N-2
  | line | serials  | from  |
  | 1    | ["LT-2"] | STAGE |
  -> refused not_picked /lines/0/serials
put_back order=SO-1
  | line | serials  | from  | to  |
  | 1    | ["LT-3"] | STAGE | ST1 |
  -> refused not_picked /lines/0/serials
put_back order=SO-1
  | line | serials  | from  | to  |
  | 1    | ["LT-2"] | STAGE | ST1 |
ask serials_at place=STAGE
  rows, in order:
    | item   | serial | lot | is_held |
    | LAPTOP | LT-1   | LA  | false   |
    | LAPTOP | LT-3   | LA  | false   |
at 2026-03-03T23:30Z
dispatch_order order=SO-1 document=N-1
ask serial item=LAPTOP serial=LT-1
  place: customer
  warranty_from: 2026-03-04
  warranty_until: 2028-03-04
ask serial item=LAPTOP serial=LT-3
  place: STAGE
  warranty_from: ""
ask trade_order kind=sales number=SO-1
  lines:
    | line | ordered | open | picked | done |
    | 1    | 2       | 1    | 0      | 1    |

# A repair does not make the warranty longer; another customer gets one of his own.
at 2026-06-01T08:00Z
return_goods customer=CAFE document=R-1 reference=N-1
  | item   | serials  | to   |
  | LAPTOP | ["LT-1"] | BACK |
move
  | item   | serials  | from | to   |
  | LAPTOP | ["LT-1"] | BACK | BAKE |
remove item=LAPTOP serial=LT-1 reason="disk broken"
  | item | serials | to   |
  | DISK | ["D-1"] | QUAR |
install item=LAPTOP serial=LT-1
  | item | serials | from |
  | DISK | ["D-3"] | ST1  |
dispatch customer=CAFE document=N-3
  | item   | serials  | from |
  | LAPTOP | ["LT-1"] | BAKE |
ask serial item=LAPTOP serial=LT-1
  warranty_from: 2026-03-04
  as_is:
    | item | serial |
    | DISK | D-3    |
  as_built:
    | item | serial |
    | DISK | D-1    |
set_warranty item=LAPTOP serial=LT-1 reason=nothing
  -> refused missing /starts_on
set_warranty item=LAPTOP serial=LT-1 starts_on=2026-06-01 months=36 reason="goodwill after the repair"
  -> entry $goodwill
ask serial item=LAPTOP serial=LT-1
  warranty_from: 2026-06-01
  warranty_until: 2029-06-01
undo entries=$goodwill reason="not agreed"
ask serial item=LAPTOP serial=LT-1
  warranty_until: 2028-03-04
at 2026-07-01T08:00Z
return_goods customer=CAFE document=R-2 reference=N-3
  | item   | serials  | to   |
  | LAPTOP | ["LT-1"] | BACK |
move
  | item   | serials  | from | to   |
  | LAPTOP | ["LT-1"] | BACK | SHIP |
dispatch customer=HOTEL document=N-4
  | item   | serials  | from |
  | LAPTOP | ["LT-1"] | SHIP |
ask serial item=LAPTOP serial=LT-1
  warranty_from: 2026-07-01
  warranty_until: 2028-07-01

# Pages of units in a place.
ask serials_at place=ST1
  rows:
    | item   | serial |
    | LAPTOP | LT-2   |
ask serials_at place=QUAR item=DISK limit=1
  rows:
    | item | serial |
    | DISK | D-1    |
  next: ""
