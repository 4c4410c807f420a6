# When it happened, and the order in which things happened
# proves: R25, R26, R27, R28, R29, R30

use bakery
at 2026-03-04T08:00Z

receive supplier=MILL document=D-1 to=DOCK occurred_at=2026-03-03
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  -> entry $receipt
# A day alone is that whole day at the site; nothing else of the lot that day, so it settles at its start.
see entry
  settled_at: 2026-03-02T23:00:00Z
  earliest: 2026-03-02T23:00:00Z
  latest: 2026-03-03T22:59:59.999999Z

move occurred_at=2026-03-03T10:00+01:00
  | item  | lot | quantity | from | to  |
  | FLOUR | F1  | 60       | DOCK | ST1 |
  -> entry $moved
see entry
  settled_at: 2026-03-03T09:00:00Z
  earliest: 2026-03-03T09:00:00Z
  latest: 2026-03-03T09:00:59.999999Z

# A day alone settles at the latest settled instant of the same lots on that day.
move occurred_at=2026-03-03
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 10       | ST1  | BAKE |
see entry
  settled_at: 2026-03-03T09:00:00Z

# As it was at an instant.
see stock item=FLOUR as_of=2026-03-03T08:59:00Z
  | lot | place | quantity |
  | F1  | DOCK  | 100      |
see stock item=FLOUR as_of=2026-03-03T09:00:00Z
  | lot | place | quantity |
  | F1  | DOCK  | 40       |
  | F1  | ST1   | 50       |
  | F1  | BAKE  | 10       |
see stock item=FLOUR known_at=$receipt
  | lot | place | quantity |
  | F1  | DOCK  | 100      |

# Before the goods came there were none.
dispatch customer=CAFE document=N-1 occurred_at=2026-03-02
  | item  | lot | quantity | from |
  | FLOUR | F1  | 1        | DOCK |
  -> refused before_goods_arrived /lines/0/quantity

# There is enough now, and there was enough at that instant, but not later on: what would be left without goods is named.
dispatch customer=CAFE document=N-1 occurred_at=2026-03-03T08:00Z
  | item  | lot | quantity | from |
  | FLOUR | F1  | 41       | DOCK |
  -> refused not_enough /lines/0/quantity
receive supplier=MILL document=D-2 to=DOCK
  | item | lot | quantity |
  | CAKE | C1  | 50       |
move
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 50       | DOCK | SHIP |
  -> entry $emptied
at 2026-03-04T12:00Z
move
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 50       | SHIP | DOCK |
dispatch customer=CAFE document=N-2 occurred_at=2026-03-04T08:00:00Z
  | item | lot | quantity | from |
  | CAKE | C1  | 1        | DOCK |
  -> refused before_goods_arrived /lines/0/quantity

# The future, and too long ago.
move occurred_at=2026-03-04T12:04Z
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
move occurred_at=2026-03-04T12:06Z
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
  -> refused in_the_future /occurred_at
move occurred_at=2026-03-05
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
  -> refused in_the_future /occurred_at

at 2026-03-20T12:00Z
as Olga: operate
move occurred_at=2026-03-12T12:00Z reason="sheet found"
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
  -> refused too_old /occurred_at "right to backdate"
as Olga: operate, backdate
move occurred_at=2026-03-12T12:00Z
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
  -> refused too_old /reason
move occurred_at=2026-03-12T12:00Z reason="sheet found"
  | item | lot | quantity | from | to   |
  | CAKE | C1  | 1        | DOCK | SHIP |
  -> posted
