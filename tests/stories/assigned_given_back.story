# What went into one output and came back wholly links to that output no more
# proves: R42, R66, R68

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
release_order document=PO-1 place=BAKE
  batches=[{"item":"DOUGH","code":"B1"},{"item":"DOUGH","code":"B2"}]
consume document=PO-1
  | item  | lot | quantity | from | into |
  | FLOUR | F1  | 10       | ST1  | B1   |
  | FLOUR | F1  | 10       | ST1  |      |
  | FLOUR | F2  | 10       | ST1  | B2   |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 15       | COLD |
  | DOUGH | B2  | 14       | COLD |
give_back document=PO-1
  | item  | lot | quantity | to  | into |
  | FLOUR | F2  | 10       | ST1 | B2   |
ask trace_forward item=FLOUR lot=F2
  lots:
    | item  | lot |
    | FLOUR | F2  |
hold reason=wet flow=descendants
  lots:
    | item  | lot |
    | FLOUR | F2  |
see lots item=DOUGH
  | lot | holds |
  | B1  |       |
  | B2  |       |
