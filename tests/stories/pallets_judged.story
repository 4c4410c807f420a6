# Goods on a pallet are judged like loose ones: holds on units, returns, order of use, and both quantities
# proves: R18, R24, R38, R40, R51, R78, R82

use bakery
at 2026-03-02T08:00Z
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial
set_item code=CHEESE name=Cheese unit=EA unit2=KGM
receive supplier=PARTS document=D-1 to=ST1
  | item | lot | serials             |
  | DISK | DL  | ["D-1","D-2","D-3"] |

# A unit is on one pallet, and does not leave without it.
pack sscc=340063810000000018 place=ST1
  | item | serials |
  | DISK | ["D-1"] |
pack sscc=340063810000000025 place=ST1
  | item | serials |
  | DISK | ["D-1"] |
  -> refused on_handling_unit /lines "is on handling unit 340063810000000018 already"
move
  | item | serials | from | to   |
  | DISK | ["D-1"] | ST1  | COLD |
  -> refused on_handling_unit /lines/0/quantity "Unit D-1 is on handling unit 340063810000000018"

# A hold on a unit keeps its pallet.
hold number=H-1 reason=rattles units=[{"item":"DISK","serials":["D-1"]}]
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
  -> refused lot_is_on_hold /handling_units/0 serial=D-1
as Olga: operate
move_unit sscc=340063810000000018 to=COLD
  -> refused right_needed /sscc
as tester
lift_hold number=H-1 reason="does not rattle"
dispatch customer=CAFE document=N-1 handling_units=340063810000000018

# It comes back loose, and quality decides whether it is used again, on a pallet, too.
return_goods customer=CAFE document=R-1 reference=N-1
  | item | serials | to   |
  | DISK | ["D-1"] | BACK |
as Olga: operate
pack sscc=340063810000000025 place=BACK
  | item | serials |
  | DISK | ["D-1"] |
move_unit sscc=340063810000000025 to=ST1
  -> refused right_needed /to
as tester
move_unit sscc=340063810000000025 to=ST1

# What is weighed lies there in both quantities.
receive supplier=DAIRY document=D-2 to=ST1
  | item   | lot | quantity | quantity2 |
  | CHEESE | C1  | 12       | 41.380    |
pack sscc=340063810000000032 place=ST1
  | item   | lot | quantity | quantity2 |
  | CHEESE | C1  | 5        | 99        |
  -> refused on_handling_unit /lines "99 of lot C1"
pack sscc=340063810000000032 place=ST1
  | item   | lot | quantity | quantity2 |
  | CHEESE | C1  | 5        | 17.215    |

# Another lot goes before what is on the pallet: that is written down.
receive supplier=MILL document=D-3 to=ST1
  | item | lot | quantity | expires_on | sscc               |
  | CAKE | K1  | 10       | 2026-03-10 |                    |
  | CAKE | K2  | 10       | 2026-03-20 | 340063810000000049 |
dispatch customer=CAFE document=N-2 handling_units=340063810000000049
  -> warning dispatched_out_of_order
