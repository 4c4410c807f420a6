# Goods move inside a site, and only what is there
# proves: R14, R20, R21, R28, R40

use bakery
at 2026-03-02T08:00Z

receive supplier=MILL document=D-1 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 500      | 88A1         |
  | WATER | 100      |              |
  -> lot FLOUR $flour

move document=M-1
  | item  | lot    | quantity | from | to    |
  | FLOUR | $flour | 300      | DOCK | ST1-A |
  | WATER |        | 40       | DOCK | BAKE  |

see stock
  | item  | lot    | place | quantity |
  | FLOUR | $flour | DOCK  | 200      |
  | FLOUR | $flour | ST1-A | 300      |
  | WATER |        | DOCK  | 60       |
  | WATER |        | BAKE  | 40       |

move
  | item  | lot    | quantity | from   | to     |
  | SALT  | 1      | 1        | DOCK   | ST1    |
  | FLOUR | NOPE   | 1        | DOCK   | ST1    |
  | FLOUR |        | 1        | DOCK   | ST1    |
  | WATER | W1     | 1        | DOCK   | ST1    |
  | FLOUR | $flour | 1        | NOPE   | ST1    |
  | FLOUR | $flour | 1        | DOCK   | NOPE   |
  | FLOUR | $flour | 1        | DOCK   | DOCK   |
  | FLOUR | $flour | 1        | DOCK   | LIS-ST |
  | FLOUR | $flour | 0        | DOCK   | ST1    |
  | FLOUR | $flour | 1        | DOCK   | ST1    |
  -> refused unknown_item /lines/0/item
  -> refused unknown_lot /lines/1/lot
  -> refused lot_needed /lines/2/lot
  -> refused lot_unwanted /lines/3/lot
  -> refused unknown_place /lines/4/from
  -> refused unknown_place /lines/5/to
  -> refused same_place /lines/6/to
  -> refused not_the_same_site /lines/7/to
  -> refused quantity_not_positive /lines/8/quantity

move
  | item  | lot    | quantity | from | to  |
  | FLOUR | $flour | 200.001  | DOCK | ST1 |
  -> refused not_enough /lines/0/quantity "There is 200.000 KGM" lot=$flour place=DOCK had=200 lacking=0.001

# Two lines of one command add up.
move
  | item  | lot    | quantity | from | to  |
  | FLOUR | $flour | 150      | DOCK | ST1 |
  | FLOUR | $flour | 51       | DOCK | ST1 |
  -> refused not_enough /lines/1/quantity lot=$flour place=DOCK had=200 lacking=1

move
  | item  | lot  | quantity | from | to  |
  | FLOUR | 88A1 | 200      | DOCK | ST1 |

# The label names one lot only as long as one lot bears it.
receive supplier=MILL document=D-2 to=DOCK
  | item  | quantity | supplier_lot |
  | FLOUR | 10       | 88A1         |
  -> lot FLOUR $second
move
  | item  | lot  | quantity | from | to  |
  | FLOUR | 88A1 | 10       | DOCK | ST1 |
  -> refused ambiguous_lot /lines/0/lot lot=$flour lot=$second
