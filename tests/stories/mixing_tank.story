# A mixing tank: heel and inflow become a new lot, and what nobody declared emptied may be in the next fill
# proves: R48, R60, R74, R76

use bakery
set_place code=TANK  name="Cream tank" kind=vessel parent=HOME mixing=mixes capacity=300
set_item code=CREAM name="Cream filling" unit=KGM decimals=3
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1 to=COLD
  | item  | lot | quantity | expires_on |
  | CREAM | C1  | 200      | 2026-03-20 |
  | CREAM | C2  | 100      | 2026-03-15 |
  | CREAM | C3  | 50       | 2026-03-25 |
  | CREAM | C4  | 80       | 2026-03-30 |

# Into the clean tank it goes as the lot that it is.
fill vessel=TANK new_lot=T0
  | item  | lot | quantity | from |
  | CREAM | C1  | 120      | COLD |
  -> refused lot_unwanted /new_lot
fill vessel=TANK
  | item  | lot | quantity | from |
  | CREAM | C1  | 120      | COLD |
see stock lot=C1
  | place | quantity |
  | COLD  | 80       |
  | TANK  | 120      |

# More of the same stays the same lot; another one cannot just be moved in.
move
  | item  | lot | quantity | from | to   |
  | CREAM | C1  | 30       | COLD | TANK |
move
  | item  | lot | quantity | from | to   |
  | CREAM | C2  | 50       | COLD | TANK |
  -> refused vessel_has_content /lines/0/quantity "Use the command fill"

# Nor can it be received or found there; the place is named, and what to do.
receive supplier=DAIRY document=D-2
  | item  | lot | quantity | to   |
  | CREAM | C8  | 10       | COLD |
  | CREAM | C9  | 10       | TANK |
  -> refused vessel_has_content /lines/1/to "Name another location for the goods, then use the command fill"
receive supplier=DAIRY document=D-2 to=TANK
  | item  | lot | quantity |
  | CREAM | C9  | 10       |
  -> refused vessel_has_content /to "holds lot C1 of CREAM"
found item=CREAM lot=C9 place=TANK quantity=1
  -> refused vessel_has_content /place "Name another location for the goods, then use the command fill"
open_stock
  | item  | lot | quantity | to   |
  | CREAM | C9  | 10       | TANK |
  -> refused vessel_has_content /lines/0/to
yield document=PO-1 open_order=yes
  | item  | lot | quantity | to   |
  | CREAM | C9  | 10       | TANK |
  -> refused vessel_has_content /lines/0/to "then use the command fill"

at 2026-03-03T08:00Z
fill vessel=TANK new_lot=MIX1
  | item  | lot | quantity | from |
  | CREAM | C2  | 50       | COLD |
  -> lot CREAM MIX1
  -> entry $mixed
see entry
  lines:
    | lot  | from       | to         | quantity |
    | C1   | TANK       | conversion | 150      |
    | C2   | COLD       | conversion | 50       |
    | MIX1 | conversion | TANK       | 200      |
see lots lot=MIX1
  | expires_on | on_hand |
  | 2026-03-15 | 200     |
ask vessel vessel=TANK
  state: filled
  layers:
    | lot  | quantity |
    | MIX1 | 200      |

# It is all drawn, and more than the book has: whoever holds it says so once.
at 2026-03-04T08:00Z
move
  | item  | quantity | from | to   |
  | CREAM | 210      | TANK | BAKE |
  -> refused not_enough /lines/0/quantity
move confirm_here=yes
  | item  | quantity | from | to   |
  | CREAM | 210      | TANK | BAKE |
  -> warning have_it_here
see stock lot=MIX1
  | place | quantity |
  | BAKE  | 210      |

# Nobody said that the tank was emptied: the next fill is a lot of its own, and MIX1 may be in it.
at 2026-03-05T08:00Z
fill vessel=TANK new_lot=MIX2
  | item  | lot | quantity | from |
  | CREAM | C3  | 50       | COLD |
  -> lot CREAM MIX2
ask trace_forward item=CREAM lot=C2
  lots:
    | lot  | level |
    | C2   | 0     |
    | MIX1 | 1     |
    | MIX2 | 2     |
ask trace_back item=CREAM lot=MIX2
  lots:
    | lot  | level |
    | MIX2 | 0     |
    | C3   | 1     |
    | MIX1 | 1     |
    | C1   | 2     |
    | C2   | 2     |

# Cleaned in between, it is not.
at 2026-03-06T08:00Z
dispose reason="end of the week"
  | item  | quantity | from |
  | CREAM | 50       | TANK |
clean vessel=TANK
fill vessel=TANK
  | item  | lot | quantity | from |
  | CREAM | C4  | 60       | COLD |
ask trace_back item=CREAM lot=C4
  lots:
    | lot | level |
    | C4  | 0     |

# A mixture on hold lets nothing more come to it; a fill taken back leaves the tank as it was.
hold number=H-1 lots=[{"item":"CREAM","lot":"C4"}] reason="sour"
fill vessel=TANK
  | item  | lot | quantity | from |
  | CREAM | C1  | 10       | COLD |
  -> refused lot_is_on_hold /vessel
lift_hold number=H-1 reason="sweet again"
fill vessel=TANK new_lot=MIX3
  | item  | lot | quantity | from |
  | CREAM | C1  | 10       | COLD |
  -> entry $late
undo entries=$late reason="went to the other tank"
ask vessel vessel=TANK
  layers:
    | lot | quantity |
    | C4  | 60       |
undo entries=$mixed reason="too late"
  -> refused in_the_way
