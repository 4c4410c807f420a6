# An assigned input is never later than its output, whatever is undone, dated back or corrected
# proves: R32, R34, R66

use bakery
at 2026-03-02T05:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
release_order document=PO-1 place=BAKE batches=[{"item":"DOUGH","code":"B1"},{"item":"DOUGH","code":"B2"}]

# A yield that was undone bounds nothing.
at 2026-03-02T06:00Z
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 10       | COLD |
  -> entry $wrong
undo entries=$wrong reason="other tub"
at 2026-03-02T08:00Z
consume document=PO-1
  | item  | lot | quantity | from | into |
  | FLOUR | F1  | 10       | ST1  | B1   |
  -> entry $used
yield document=PO-1 occurred_at=2026-03-02T07:00Z
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 10       | COLD |
  -> refused later_than_output /occurred_at "correct that input first" entry=$used
at 2026-03-02T09:00Z
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 10       | COLD |
  | DOUGH | B2  | 10       | COLD |
  -> entry $yield
# The first yield counts, whichever was written first.
yield document=PO-1 occurred_at=2026-03-02T07:30Z
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 1        | COLD |
  -> refused later_than_output /occurred_at
yield document=PO-1 occurred_at=2026-03-02T07:30Z
  | item  | lot | quantity | to   |
  | DOUGH | B2  | 1        | COLD |
  -> posted

# Neither end is moved past the other; both together may go by way of the input.
at 2026-03-02T10:00Z
correct entry=$used reason="clock was wrong" occurred_at=2026-03-02T09:30Z
  -> refused later_than_output /occurred_at
correct entry=$yield reason="clock was wrong" occurred_at=2026-03-02T07:45Z
  -> refused later_than_output /occurred_at
correct entry=$used reason="clock was wrong" occurred_at=2026-03-02T07:40Z
correct entry=$yield reason="clock was wrong" occurred_at=2026-03-02T07:45Z
  -> posted
ask trace_back item=DOUGH lot=B1
  lots:
    | lot | level |
    | B1  | 0     |
    | F1  | 1     |
ask trace_back item=DOUGH lot=B2
  lots:
    | lot | level |
    | B2  | 0     |

# What another order made before does not bound what a rework order puts into the same lot.
yield document=PO-2 open_order=yes
  | item  | lot | quantity | to   |
  | DOUGH | C1  | 10       | COLD |
at 2026-03-02T12:00Z
consume document=RW-1 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | DOUGH | C1  | 5        | COLD |
yield document=RW-1
  | item  | lot | quantity | to   |
  | DOUGH | C1  | 4        | COLD |
consume document=RW-1 occurred_at=2026-03-02T11:00Z
  | item  | lot | quantity | from | into |
  | FLOUR | F1  | 1        | ST1  | C1   |
  -> posted
