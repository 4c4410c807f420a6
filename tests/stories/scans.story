# A scan says what a code means here and now, and never guesses
# proves: R8, R9, R10

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial
set_item code=SUGAR name=Sugar unit=KGM gtins=[{"gtin":"4006381333931"}]
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item  | lot  | supplier_lot | quantity | to   |
  | FLOUR | F-1  | 88A1         | 500      | ST1-A |
  | SUGAR | F-1  | S7           | 100      | COLD |
  | FLOUR | F-02 | 88A2         | 50       | ST1  |
receive supplier=PARTS document=D-2 to=ST1
  | item | lot | serials       |
  | DISK | DL  | ["D-7","D-8"] |

# One thing: what it is, and what may be done with it.
ask scans code=ST1
  meaning/0/kind: place
  meaning/0/code: ST1
  candidates: none
ask scans code=4006381333931
  meaning/0/kind: item
  meaning/0/code: SUGAR
ask scans code=88A2
  meaning/0/kind: lot
  meaning/0/code: F-02
  meaning/0/item: FLOUR
  meaning/0/is_usable: true
  meaning/0/next: move, count, consume, dispatch, hold
ask scans code=D-7
  meaning/0/kind: unit
  meaning/0/text: "Unit D-7 of DISK, lot DL, in ST1"

# Two lots bear the code: both are named, none is chosen.
ask scans code=F-1
  text: "2 things bear the code F-1: choose one."
  candidates:
    | kind | item  | code |
    | lot  | FLOUR | F-1  |
    | lot  | SUGAR | F-1  |
# The place where one stands tells them apart, with what lies below it; the other is named all the same.
ask scans code=F-1 where=ST1
  meaning/0/item: FLOUR
  elsewhere:
    | item  | code | why_not  |
    | SUGAR | F-1  | not_here |
ask scans code=F-1 where=SHIP
  candidates:
    | item  | is_usable | why_not  |
    | FLOUR | false     | not_here |
    | SUGAR | false     | not_here |
# So does the open order.
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item  | quantity |
  | 1    | SUGAR | 10       |
ask scans code=F-1 doing=SO-1
  meaning/0/item: SUGAR
  meaning/0/next: pick
ask scans code=F-1 doing=SO-9
  -> refused unknown_order /doing
receive supplier=MILL document=D-3 to=ST1
  | item  | lot  | quantity |
  | CAKE  | F-1  | 5        |
ask scans code=F-1 doing=D-3
  meaning/0/item: CAKE
  elsewhere, at least:
    | item  |
    | FLOUR |
ask scans code=F-1 where=SO-1
  -> refused unknown_place /where
ask scans code=SO-1
  meaning/0/kind: sales_order
  meaning/0/next: release_pick, pick, dispatch_order
ask scans code=D-1
  meaning/0/kind: document

# A label of our own is one thing, whatever else bears the code.
ask scans code=LB:lot:SUGAR:F-1
  meaning/0/item: SUGAR
ask scans code=LB:unit:DISK:D-8
  meaning/0/kind: unit
ask scans code=LB:do:receive
  meaning/0/kind: command
  meaning/0/next: receive
ask scans code=LB:lot:SUGAR:F-9
  text: "Nothing in this book bears the code LB:lot:SUGAR:F-9."

# Just so goes before without regard to case; what only looks alike is offered, never taken.
ask scans code=d-7
  meaning/0/code: D-7
ask scans code=F-O2
  resembling:
    | kind | code |
    | lot  | F-02 |

# Whether it may be used here.
hold reason="wet bags"
  | item  | lot |
  | SUGAR | F-1 |
ask scans code=S7 doing=SO-1
  meaning/0/is_usable: false
  meaning/0/why_not: lot_is_on_hold
hold reason="fell down"
  units:
    | item | serials |
    | DISK | ["D-7"] |
release_order document=PO-1 place=BAKE
ask scans code=D-7 doing=PO-1
  meaning/0/is_usable: false
  meaning/0/why_not: lot_is_on_hold
ask scans code=D-8 doing=PO-1
  meaning/0/next: consume
