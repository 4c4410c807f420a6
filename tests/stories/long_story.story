# From the dock to three customers and back: two lots, two doughs, a late input, a rework, a return, a correction
# proves: R36, R65, R68, R71, R80, R82, R85, R86, R89, R90, R92

use bakery
set_item code=FLOUR name="Wheat flour" unit=KGM decimals=3 quarantine_on_receipt=yes

# --- Monday: a delivery of two lots of flour and two of yeast, waiting for quality.
at 2026-03-02T05:00Z
receive supplier=MILL document=D-100 to=DOCK
  | item  | lot | quantity | supplier_lot |
  | FLOUR | F1  | 600      | 88A1         |
  | FLOUR | F2  | 400      | 88A2         |
receive supplier=TRADE document=T-7 to=COLD
  | item  | lot | quantity | supplier_lot |
  | YEAST | Y1  | 10       | 5501         |
  | YEAST | Y2  | 10       | 5502         |
receive supplier=MILL document=W-1 to=BAKE
  | item  | quantity |
  | WATER | 1000     |
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 600      | DOCK | QUAR |
  | FLOUR | F2  | 400      | DOCK | QUAR |
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 100      | QUAR |
  -> refused place_is_blocked /lines/0/lot
at 2026-03-02T08:00Z
release certificate=COA-88
  | item  | lot |
  | FLOUR | F1  |
  | FLOUR | F2  |
  | YEAST | Y1  |
  | YEAST | Y2  |
move
  | item  | lot | quantity | from | to  |
  | FLOUR | F1  | 600      | QUAR | ST1 |
  | FLOUR | F2  | 400      | QUAR | ST1 |

# --- Two doughs. Into the second, 0.5 of Y2 is posted by mistake.
at 2026-03-02T09:00Z
produce document=PO-1 place=BAKE
  inputs:
    | item  | lot | quantity | from |
    | FLOUR | F1  | 100      | ST1  |
    | YEAST | Y1  | 2        | COLD |
    | WATER |     | 48       | BAKE |
  outputs:
    | item  | lot | quantity | to   |
    | DOUGH | DG1 | 150      | BAKE |
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 80       | ST1  |
  | YEAST | Y1  | 1        | COLD |
  | YEAST | Y2  | 0.5      | COLD |
  | WATER |     | 39       | BAKE |
  -> entry $mistake
yield document=PO-2
  | item  | lot | quantity | to   |
  | DOUGH | DG2 | 120      | BAKE |

# --- Cakes: K1 is out of the oven before the second dough goes in, K2 after.
at 2026-03-02T10:00Z
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from |
  | DOUGH | DG1 | 100      | BAKE |
at 2026-03-02T11:00Z
yield document=PO-3
  | item | lot | quantity | to   |
  | CAKE | K1  | 200      | SHIP |
at 2026-03-02T12:00Z
consume document=PO-3
  | item  | lot | quantity | from |
  | DOUGH | DG2 | 50       | BAKE |
at 2026-03-02T13:00Z
yield document=PO-3
  | item | lot | quantity | to   |
  | CAKE | K2  | 100      | SHIP |

# --- Rework: 20 of K2 are trimmed, 18 go back into K2, the crumbs go into a new dough and new cakes.
at 2026-03-03T06:00Z
produce document=RW-1 kind=rework place=BAKE reason=trimmed
  inputs:
    | item | lot | quantity | from |
    | CAKE | K2  | 20       | SHIP |
  outputs:
    | item  | lot | quantity | to   |
    | CAKE  | K2  | 18       | SHIP |
    | CRUMB | R1  | 1.25     | BAKE |
produce document=PO-5 place=BAKE
  inputs:
    | item  | lot | quantity | from |
    | FLOUR | F2  | 20       | ST1  |
    | CRUMB | R1  | 1.25     | BAKE |
  outputs:
    | item  | lot | quantity | to   |
    | DOUGH | DG3 | 21       | BAKE |
produce document=PO-6 place=BAKE
  inputs:
    | item  | lot | quantity | from |
    | DOUGH | DG3 | 15       | BAKE |
  outputs:
    | item | lot | quantity | to   |
    | CAKE | K3  | 30       | SHIP |

# --- Three customers, one return.
at 2026-03-03T08:00Z
dispatch customer=CAFE address=CAFE-1 document=N-1
  | item | lot | quantity | from |
  | CAKE | K1  | 50       | SHIP |
dispatch customer=HOTEL address=HOTEL-1 document=N-2
  | item | lot | quantity | from |
  | CAKE | K2  | 30       | SHIP |
dispatch customer=MARKET address=MARKET-1 document=N-3
  | item | lot | quantity | from |
  | CAKE | K1  | 20       | SHIP |
  | CAKE | K3  | 10       | SHIP |
at 2026-03-04T08:00Z
return_goods customer=CAFE document=R-1 reference=N-1
  | item | lot | quantity | to   |
  | CAKE | K1  | 10       | BACK |

# --- The mistake is found: Y2 never went in.
at 2026-03-05T08:00Z
ask trace_forward item=YEAST lot=Y2
  lots:
    | lot | level |
    | Y2  | 0     |
    | DG2 | 1     |
    | K1  | 2     |
    | K2  | 2     |
    | R1  | 3     |
    | DG3 | 4     |
    | K3  | 5     |
  customers:
    | partner | item | dispatched | returned | quantity |
    | CAFE    | CAKE | 50         | 10       | 40       |
    | HOTEL   | CAKE | 30         | 0        | 30       |
    | MARKET  | CAKE | 30         | 0        | 30       |
as Olga: operate
correct entry=$mistake reason="Y2 was not opened"
  | line | remove |
  | 2    | yes    |
  -> refused right_needed
as tester
correct entry=$mistake reason="Y2 was not opened"
  | line | remove |
  | 2    | yes    |
  -> entry $corrected
ask trace_forward item=YEAST lot=Y2
  lots:
    | lot | level |
    | Y2  | 0     |
  customers: none
  lots/0/on_hand:
    | place | quantity |
    | COLD  | 10       |
  withdrawn:
    | entry    | kind     | lot | quantity | by_entry   | why               |
    | $mistake | consumed | Y2  | 0.5      | $corrected | Y2 was not opened |

# --- Forward from flour F1: every lot, every customer, everything on hand.
ask trace_forward item=FLOUR lot=F1
  complete: true
  lots, in order:
    | item  | lot | level |
    | FLOUR | F1  | 0     |
    | DOUGH | DG1 | 1     |
    | CAKE  | K1  | 2     |
    | CAKE  | K2  | 2     |
    | CRUMB | R1  | 3     |
    | DOUGH | DG3 | 4     |
    | CAKE  | K3  | 5     |
  customers:
    | partner | address  | item | dispatched | returned | quantity |
    | CAFE    | CAFE-1   | CAKE | 50         | 10       | 40       |
    | HOTEL   | HOTEL-1  | CAKE | 30         | 0        | 30       |
    | MARKET  | MARKET-1 | CAKE | 30         | 0        | 30       |
  ends:
    | kind       | item  | lot | quantity | order |
    | in_process | DOUGH | DG1 | 100      | PO-3  |
  lots/0/on_hand:
    | place | quantity |
    | ST1   | 500      |
  lots/1/on_hand:
    | place | quantity |
    | BAKE  | 50       |
  lots/2/on_hand:
    | place | quantity |
    | SHIP  | 130      |
    | BACK  | 10       |
  lots/3/on_hand:
    | place | quantity |
    | SHIP  | 68       |
  lots/4/on_hand: none
  lots/5/on_hand:
    | place | quantity |
    | BAKE  | 6        |
  lots/6/on_hand:
    | place | quantity |
    | SHIP  | 20       |
  transformations:
    | order | kind       | level |
    | PO-1  | production | 1     |
    | PO-3  | production | 2     |
    | RW-1  | rework     | 3     |
    | PO-5  | production | 4     |
    | PO-6  | production | 5     |
  transformations/1/inputs:
    | lot | quantity |
    | DG1 | 100      |
  transformations/1/outputs:
    | lot | quantity |
    | K1  | 200      |
    | K2  | 100      |
  customers/2/deliveries:
    | lot | document | dispatched |
    | K1  | N-3      | 20         |
    | K3  | N-3      | 10         |

# --- Back from the cakes that left last: every supplier, and water that is not tracked.
ask trace_back item=CAKE lot=K3
  complete: false
  lots, in order:
    | item  | lot | level |
    | CAKE  | K3  | 0     |
    | DOUGH | DG3 | 1     |
    | CRUMB | R1  | 2     |
    | FLOUR | F2  | 2     |
    | CAKE  | K2  | 3     |
    | DOUGH | DG1 | 4     |
    | DOUGH | DG2 | 4     |
    | FLOUR | F1  | 5     |
    | YEAST | Y1  | 5     |
  suppliers:
    | partner | item  | lot | supplier_lot | documents | quantity | received_on |
    | MILL    | FLOUR | F1  | 88A1         | D-100     | 600      | 2026-03-02  |
    | MILL    | FLOUR | F2  | 88A2         | D-100     | 400      | 2026-03-02  |
    | TRADE   | YEAST | Y1  | 5501         | T-7       | 10       | 2026-03-02  |
  incomplete:
    | why         | item  |
    | not_tracked | WATER |
    | not_tracked | WATER |
  withdrawn:
    | entry    | kind     | lot | quantity |
    | $mistake | consumed | Y2  | 0.5      |

# --- The balances hold to the last decimal, for a lot and over several.
ask balance item=CAKE lot=K2
  balances:
    | yielded | consumed | dispatched | on_hand | difference |
    | 118     | 20       | 30         | 68      | 0          |
ask balance lots=[{"item":"CAKE","lot":"K1"},{"item":"CAKE","lot":"K2"},{"item":"CAKE","lot":"K3"},{"item":"DOUGH","lot":"DG1"}]
  balances:
    | item  | lots | yielded | returned | consumed | dispatched | on_hand | passed_inside | difference |
    | CAKE  | 3    | 330     | 10       | 2        | 110        | 228     | *             | 0          |
    | DOUGH | 1    | 150     | 0        | 100      | 0          | 50      | *             | 0          |
