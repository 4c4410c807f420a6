# What stands on a pallet goes into production, a blend, a tank, a bin or back to its supplier straight off it
# proves: R24, R57, R64, R73, R74, R77

use bakery
set_place code=TANK name="Tank" kind=vessel parent=HOME mixing=mixes
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 100      | 340063810000000018 |
  | FLOUR | F2  | 40       | 340063810000000018 |
  | FLOUR | F1  | 5        |                    |

# Unsaid, loose goods are taken; said, what is on the pallet, and no more than that.
consume document=B-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused on_handling_unit /lines/0/quantity
consume document=B-1 open_order=yes
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F2  | 41       | ST1  | 340063810000000018 |
  -> refused not_on_handling_unit /lines/0/quantity "are 40 of that"
consume document=B-1 open_order=yes
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 20       | ST1  | 340063810000000018 |
  | FLOUR | F1  | 5        | ST1  |                    |
  -> entry $used
ask handling_unit sscc=340063810000000018
  goods:
    | lot | quantity |
    | F1  | 80       |
    | F2  | 40       |
undo entries=$used reason="Wrong order"
ask handling_unit sscc=340063810000000018
  goods:
    | lot | quantity |
    | F1  | 100      |
    | F2  | 40       |

produce document=B-2
  inputs:
    | item  | lot | quantity | from | sscc               |
    | FLOUR | F1  | 10       | ST1  | 340063810000000018 |
  outputs:
    | item  | lot | quantity | to  |
    | CAKE  | B1  | 10       | ST1 |
blend item=FLOUR new_lot=F12 to=ST1
  | lot | quantity | from | sscc               |
  | F1  | 10       | ST1  | 340063810000000018 |
  | F2  | 10       | ST1  | 340063810000000018 |
fill vessel=TANK new_lot=T1
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 5        | ST1  | 340063810000000018 |
  | FLOUR | F2  | 5        | ST1  | 340063810000000018 |
move
  | item  | lot | quantity | from | to   | sscc               |
  | FLOUR | F2  | 5        | ST1  | COLD | 340063810000000018 |
ask handling_unit sscc=340063810000000018
  goods:
    | lot | quantity |
    | F1  | 75       |
    | F2  | 20       |
see stock item=FLOUR
  | lot | place | quantity |
  | F1  | ST1   | 80       |
  | F2  | ST1   | 20       |
  | F2  | COLD  | 5        |
  | F12 | ST1   | 20       |
  | T1  | TANK  | 10       |

# The whole pallet goes back; the receipt did not bring more than that.
return_to_supplier supplier=MILL reference=D-1
  -> refused missing /lines
return_to_supplier supplier=MILL reference=D-1 handling_units=340063810000000018
  | item  | lot | quantity | from |
  | FLOUR | F1  | 31       | ST1  |
  -> refused more_than_received /handling_units/0 "has 74"
return_to_supplier supplier=MILL reference=D-1 handling_units=340063810000000018
  -> entry $back
see stock item=FLOUR
  | lot | place | quantity |
  | F1  | ST1   | 5        |
  | F2  | COLD  | 5        |
  | F12 | ST1   | 20       |
  | T1  | TANK  | 10       |
undo entries=$back reason="They do not take it"
ask handling_unit sscc=340063810000000018
  place: ST1
  goods:
    | lot | quantity |
    | F1  | 75       |
    | F2  | 20       |
