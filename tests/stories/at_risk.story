# Goods used at risk make goods that wait; a hold that flows reaches what is made later, and nothing else
# proves: R37, R40, R41, R42, R48

use bakery
set_item code=YEAST name="Fresh yeast" unit=KGM decimals=3 quarantine_on_receipt=yes use_at_risk=yes
at 2026-03-02T06:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
  | YEAST | Y1  | 10       |

# At risk: the output waits for quality. A late input at risk reaches what was yielded before it.
consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | A   | 5        | COLD |
see lots lot=A
  | status   |
  | released |
consume document=PO-1
  | item  | lot | quantity | from |
  | YEAST | Y1  | 1        | ST1  |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B   | 5        | COLD |
see lots item=DOUGH
  | lot | status     |
  | A   | quarantine |
  | B   | quarantine |

# Three holds on one flour: for the lot, for what was made of it, and also for what still will be.
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
yield document=PO-2
  | item  | lot | quantity | to   |
  | DOUGH | C   | 5        | COLD |
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | DOUGH | C   | 1        | COLD |
hold reason=lot number=H-LOT flow=lot
  | item  | lot |
  | FLOUR | F2  |
hold reason=descendants number=H-DESC flow=descendants
  | item  | lot |
  | FLOUR | F2  |
  -> warning already_dispatched
hold reason="and new" number=H-NEW flow=descendants_and_new
  | item  | lot |
  | FLOUR | F2  |
yield document=PO-2
  | item  | lot | quantity | to   |
  | DOUGH | D   | 5        | COLD |
see lots item=DOUGH
  | lot | status     | holds                  |
  | A   | quarantine |                        |
  | B   | quarantine |                        |
  | C   | hold       | H-DESC, H-NEW          |
  | D   | hold       | H-NEW                  |
see lots lot=F2
  | holds                |
  | H-LOT, H-DESC, H-NEW |
# A held lot enters no order.
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
  -> refused lot_is_on_hold /lines/0/lot

# Lifted from one lot with what was made of it; lifted wholly.
lift_hold number=H-NEW flow=descendants reason="tested"
  | item  | lot |
  | DOUGH | D   |
see lots lot=D
  | status   | holds |
  | released |       |
lift_hold number=H-NEW reason="tested"
lift_hold number=H-DESC reason="tested"
see lots lot=C
  | status   | holds |
  | released |       |
see lots lot=F2
  | status | holds |
  | hold   | H-LOT |
