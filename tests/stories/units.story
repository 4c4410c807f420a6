# Quantities are exact in the base unit, rounded once when they enter, and what was typed is kept
# proves: R14, R15, R17, R18

use bakery
set_item code=CHEESE name="Cheese wheel" unit=EA unit2=KGM decimals2=3
set_item code=HONEY  name=Honey unit=KGM decimals=3
at 2026-03-02T08:00Z

receive supplier=DAIRY document=A-1 to=DOCK
  | item  | quantity | unit | supplier_lot |
  | FLOUR | 1        | LBR  | P1           |
  | FLOUR | 0.5      | TNE  | P2           |
  | FLOUR | 0.0005   |      | P3           |
  | FLOUR | 0.0014   |      | P4           |
  -> lot FLOUR $pound
  -> lot FLOUR $tonne
  -> lot FLOUR $half
  -> lot FLOUR $down

see stock
  | lot    | quantity |
  | $pound | 0.454    |
  | $tonne | 500      |
  | $half  | 0.001    |
  | $down  | 0.001    |

see entry
  facts:
    | fact  | detail  |
    | typed | 1 LBR   |
    | typed | 0.5 TNE |

receive supplier=DAIRY document=A-2 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 0.0004   | P5           |
  -> refused quantity_not_positive /lines/0/quantity

# Across dimensions a factor is needed; changing it changes no past line.
receive supplier=DAIRY document=A-3 to=DOCK
  | item  | quantity | unit | supplier_lot |
  | HONEY | 10       | LTR  | H1           |
  -> refused no_factor /lines/0/quantity
set_factor item=HONEY unit=LTR factor=1.42
receive supplier=DAIRY document=A-3 to=DOCK
  | item  | quantity | unit | supplier_lot |
  | HONEY | 10       | LTR  | H1           |
  -> lot HONEY $honey
set_factor item=HONEY unit=LTR factor=1.4
see stock item=HONEY
  | lot    | quantity |
  | $honey | 14.2     |

# Catch weight: both numbers on every line.
receive supplier=DAIRY document=A-4 to=COLD
  | item   | quantity | quantity2 | supplier_lot |
  | CHEESE | 12       | 41.380    | K1           |
  -> lot CHEESE $cheese
move
  | item   | lot     | quantity | quantity2 | from | to   |
  | CHEESE | $cheese | 5        | 17.215    | COLD | SHIP |
see stock item=CHEESE
  | lot     | place | quantity | quantity2 |
  | $cheese | COLD  | 7        | 24.165    |
  | $cheese | SHIP  | 5        | 17.215    |
move
  | item   | lot     | quantity | from | to   |
  | CHEESE | $cheese | 5        | COLD | SHIP |
  -> refused second_quantity_needed /lines/0/quantity2
move
  | item  | lot    | quantity | quantity2 | from | to   |
  | FLOUR | $tonne | 5        | 5         | DOCK | ST1  |
  -> refused second_quantity_unwanted /lines/0/quantity2
# Never below zero holds for both.
move
  | item   | lot     | quantity | quantity2 | from | to   |
  | CHEESE | $cheese | 1        | 24.166    | COLD | SHIP |
  -> refused not_enough /lines/0/quantity
# The base unit stays once goods have moved.
set_item code=HONEY name=Honey unit=GRM decimals=3
  -> refused item_is_fixed /unit
