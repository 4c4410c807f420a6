# What went in and did not come out is loss, also where it is weighed and the output is counted
# proves: R15, R17, R67

use bakery
set_item code=BOX name="Cake box" unit=EA
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 500      |
  | WATER |     | 500      |
  | BOX   | X1  | 100      |

# Nothing says how much flour a cake is: no loss is reckoned, and work goes on.
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
yield document=PO-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 15       | COLD |
close_order document=PO-1
  -> warnings none

# Two cakes are one kilogram, and a litre of water is one kilogram; a box is no cake.
set_factor item=CAKE  unit=KGM factor=2
set_factor item=WATER unit=KGM factor=1
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
  | BOX   | X1  | 15       | ST1  |
yield document=PO-2
  | item | lot | quantity | to   |
  | CAKE | C2  | 15       | COLD |
close_order document=PO-2
  -> refused loss_needs_reason /reason "5 EA did not come out"
close_order document=PO-2 losses=[{"item":"CAKE","quantity":"5","reason":"burnt"}]
see entry
  facts, at least:
    | fact     | detail |
    | run_loss | loss 5 |

# Within 2 percent no reason is asked; more that came out than went in is a gain.
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 60       | ST1  |
  | WATER |     | 40       | ST1  |
yield document=PO-3
  | item  | lot | quantity | to   |
  | DOUGH | D3  | 98       | COLD |
close_order document=PO-3
see entry
  facts, at least:
    | fact     | detail |
    | run_loss | loss 2 |
consume document=PO-4 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 60       | ST1  |
  | WATER |     | 40       | ST1  |
yield document=PO-4
  | item  | lot | quantity | to   |
  | DOUGH | D4  | 103      | COLD |
close_order document=PO-4
  -> refused loss_needs_reason /reason "more came out"
close_order document=PO-4 reason="scales were off"
see entry
  facts, at least:
    | fact     | detail |
    | run_loss | gain 3 |

# The same dimension needs no factor, and one that would never be used is refused.
set_factor item=FLOUR unit=GRM factor=0.001
  -> refused already_so /unit "exactly"
set_factor item=CAKE unit=DZN factor=12
  -> refused already_so /unit
set_factor item=CAKE unit=XCT factor=12
  -> posted
