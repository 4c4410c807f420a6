# Outside, goods keep the code that their issuer gave them; goods that were made here bear our own
# proves: R3, R11

use bakery
at 2026-03-02T08:00Z
receive supplier=TRADE document=D-1 to=ST1
  | item  | lot | quantity | supplier_lot | issuer |
  | FLOUR | F1  | 100      | X7           | MILL   |
  | FLOUR | F2  | 100      |              |        |
ask lot item=FLOUR lot=F1
  lot: F1
  traceability_code: X7
ask lot item=FLOUR lot=F2
  traceability_code: F2

# A second name does not replace it, nor does a new own code.
add_name item=FLOUR lot=F1 issuer=TRADE code=W-55
rename item=FLOUR lot=F1 code=F11 reason="typed wrongly"
ask lot item=FLOUR lot=F11
  traceability_code: X7

# What is made of it, or gets new labels, is ours.
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F11 | 50       | ST1  |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 70       | COLD |
ask lot item=DOUGH lot=B1
  traceability_code: B1
relabel item=FLOUR lot=F11 from=ST1 new_lot=F12 quantity=10
ask lot item=FLOUR lot=F12
  traceability_code: F12
ask trace_back item=FLOUR lot=F12
  suppliers:
    | partner | lot | supplier_lot |
    | TRADE   | F11 | X7           |
