# A laptop is built of units, sold, sent back, repaired, and both what it was and what it is can be asked
# proves: R54, R73, R78, R79

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=SCREEN name=Screen  unit=EA tracking=serial
set_item code=BOARD  name=Board   unit=EA tracking=serial
set_item code=DISK   name=Disk    unit=EA tracking=serial
set_item code=CELL   name=Battery unit=EA tracking=serial
set_item code=LAPTOP name=Laptop  unit=EA tracking=serial
set_item code=GLUE   name=Glue    unit=EA tracking=serial unit2=KGM
  -> refused not_a_choice /tracking

# Nothing serial-tracked comes in without its numbers, and each number once.
at 2026-03-02T08:00Z
receive supplier=PARTS document=D-1 to=ST1
  | item   | supplier_lot | quantity | serials       |
  | SCREEN | L1           | 2        |               |
  | BOARD  | L1           | 3        | ["B-1","B-2"] |
  | DISK   | L1           |          | ["D-1","D-1"] |
  | FLOUR  | F1           | 2        | ["F-1","F-2"] |
  -> refused serials_needed /lines/0/serials
  -> refused serials_miscounted /lines/1/quantity
  -> refused serial_repeated /lines/2/serials/1
  -> refused serials_unwanted /lines/3/serials
receive supplier=PARTS document=D-1 to=ST1
  | item   | lot | supplier_lot | quantity | serials             |
  | SCREEN | SL  | L1           | 2        | ["S-1","S-2"]       |
  | BOARD  | BL  | L1           |          | ["B-1","B-2"]       |
  | DISK   | DL  | L1           | 3        | ["D-1","D-2","D-3"] |
  | CELL   | CL  | L1           |          | ["C-1","C-2"]       |
  -> entry $receipt
receive supplier=PARTS document=D-2 to=ST1
  | item | lot | supplier_lot | serials       |
  | DISK | DM  | L2           | ["D-3","D-4"] |
  -> refused serial_taken /lines/0/serials/0 "in lot DL; it is in ST1" serial=D-3
receive supplier=PARTS document=D-2 to=ST1
  | item | lot | supplier_lot | serials |
  | DISK | DM  | L2           | ["D-4"] |
  | DISK | DN  | L3           | ["D-4"] |
  -> refused serial_repeated /lines

see stock
  | item   | lot | place | quantity |
  | SCREEN | SL  | ST1   | 2        |
  | BOARD  | BL  | ST1   | 2        |
  | DISK   | DL  | ST1   | 3        |
  | CELL   | CL  | ST1   | 2        |

# A unit moves from where it is; who scans it need not know its lot.
at 2026-03-02T09:00Z
move
  | item | serials       | from | to   |
  | DISK | ["D-1","D-9"] | ST1  | BAKE |
  | CELL | ["C-1"]       | COLD | BAKE |
  -> refused unknown_serial /lines/0/serials/1
  -> refused serial_elsewhere /lines/1/serials/0 "in ST1" serial=C-1 place=ST1
move
  | item   | lot | serials       | from | to   |
  | SCREEN | SL  | ["S-1","S-2"] | ST1  | BAKE |
  | BOARD  |     | ["B-1"]       | ST1  | BAKE |
  | DISK   |     | ["D-1"]       | ST1  | BAKE |
  | CELL   |     | ["C-1","C-2"] | ST1  | BAKE |
ask serials item=DISK lot=DL
  rows, in order:
    | serial | issuer | place |
    | D-1    | PARTS  | BAKE  |
    | D-2    | PARTS  | ST1   |
    | D-3    | PARTS  | ST1   |
ask serials item=DISK lot=DL place=ST1 limit=1
  next: D-2
  rows:
    | serial | place |
    | D-2    | ST1   |

# Two laptops of one order: each knows its parts.
at 2026-03-02T10:00Z
produce document=PO-1 place=BAKE reason="parts become one"
  inputs:
    | item   | serials       | from | into_serial |
    | SCREEN | ["S-1"]       | BAKE | LT-1        |
    | SCREEN | ["S-2"]       | BAKE | LT-2        |
    | BOARD  | ["B-1"]       | BAKE | LT-1        |
    | DISK   | ["D-1"]       | BAKE | LT-1        |
    | CELL   | ["C-1","C-2"] | BAKE | LT-1        |
  outputs:
    | item   | lot | serials         | to   |
    | LAPTOP | LA  | ["LT-1"]        | SHIP |
    | LAPTOP | LB  | ["LT-2","LT-3"] | SHIP |
  -> entry $built
ask serial item=LAPTOP serial=LT-1
  lot: LA
  place: SHIP
  as_built:
    | level | item   | serial | lot | inside_serial | entry  |
    | 1     | SCREEN | S-1    | SL  | LT-1          | $built |
    | 1     | BOARD  | B-1    | BL  | LT-1          | $built |
    | 1     | DISK   | D-1    | DL  | LT-1          | $built |
    | 1     | CELL   | C-1    | CL  | LT-1          | $built |
    | 1     | CELL   | C-2    | CL  | LT-1          | $built |
ask serial item=DISK serial=D-1
  place: process
  inside_item: LAPTOP
  inside_serial: LT-1
move
  | item | serials | from | to  |
  | DISK | ["D-1"] | BAKE | ST1 |
  -> refused serial_elsewhere /lines/0/serials/0 "installed in unit LT-1 of LAPTOP"

# It leaves, once, and comes back.
at 2026-03-03T08:00Z
dispatch customer=CAFE document=N-1
  | item   | serials         | from |
  | LAPTOP | ["LT-1"]        | SHIP |
  | LAPTOP | ["LT-2","LT-3"] | SHIP |
dispatch customer=CAFE document=N-2
  | item   | serials  | from |
  | LAPTOP | ["LT-1"] | SHIP |
  -> refused serial_elsewhere /lines/0/serials/0 "with a customer"
install item=LAPTOP serial=LT-1
  | item | serials | from |
  | DISK | ["D-2"] | ST1  |
  -> refused serial_elsewhere /serial
at 2026-03-10T08:00Z
return_goods customer=CAFE document=R-1 reference=N-1
  | item   | lot | serials  | to   |
  | LAPTOP | LA  | ["LT-1"] | BACK |
return_goods customer=CAFE document=R-1 reference=N-1
  | item   | lot | serials  | to   |
  | LAPTOP | LA  | ["LT-1"] | BACK |
  -> refused more_than_dispatched /lines/0/quantity

# In the repair its disk is replaced.
at 2026-03-11T08:00Z
move
  | item   | serials  | from | to   |
  | LAPTOP | ["LT-1"] | BACK | BAKE |
remove item=LAPTOP serial=LT-1 reason="disk broken"
  | item | serials | to   |
  | DISK | ["D-3"] | QUAR |
  -> refused serial_elsewhere /lines/0/serials/0 "not built into LT-1"
remove item=LAPTOP serial=LT-1 reason="disk broken"
  | item | serials | to   |
  | DISK | ["D-1"] | QUAR |
install item=LAPTOP serial=LT-1
  | item | serials | from |
  | DISK | ["D-2"] | ST1  |
  -> entry $repair
ask serial item=LAPTOP serial=LT-1
  place: BAKE
  as_is:
    | level | item   | serial | inside_serial | entry   |
    | 1     | SCREEN | S-1    | LT-1          | $built  |
    | 1     | BOARD  | B-1    | LT-1          | $built  |
    | 1     | CELL   | C-1    | LT-1          | $built  |
    | 1     | CELL   | C-2    | LT-1          | $built  |
    | 1     | DISK   | D-2    | LT-1          | $repair |
  as_built, at least:
    | item | serial |
    | DISK | D-1    |
ask serial item=DISK serial=D-1
  place: QUAR
  inside_serial: ""
dispatch customer=CAFE document=N-3
  | item   | serials  | from |
  | LAPTOP | ["LT-1"] | BAKE |

# A fault of the disks' lot reaches the lot of the laptop they went into, and who had it; the other lot has none.
ask trace_forward item=DISK lot=DL
  customers:
    | partner | item   | dispatched | returned |
    | CAFE    | LAPTOP | 2          | 1        |

# What came later is in the way of taking the first back.
undo entries=$receipt reason="wrong delivery"
  -> refused in_the_way
undo entries=$built reason="wrong order"
  -> refused in_the_way

# A laptop is taken apart: its units come back as themselves, as what they were.
at 2026-03-12T08:00Z
return_goods customer=CAFE document=R-2
  | item   | lot | serials  | to   |
  | LAPTOP | LB  | ["LT-2"] | BACK |
move
  | item   | serials  | from | to   |
  | LAPTOP | ["LT-2"] | BACK | BAKE |
disassemble item=LAPTOP lot=LB serials=["LT-2"] from=BAKE
  | item   | lot | serials | to  |
  | SCREEN | SL  | ["S-2"] | ST1 |
ask serial item=SCREEN serial=S-2
  place: ST1
  inside_serial: ""
ask serial item=LAPTOP serial=LT-2
  place: process
  as_is: none
