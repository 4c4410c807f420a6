# Clocks on the wall are not exact: a book may add a slack to typed times
# proves: R26, R27

use bakery
set_book time_zone=Europe/Berlin time_slack_seconds=120
at 2026-03-04T08:00Z
receive supplier=MILL document=D-1 to=ST1 occurred_at=2026-03-04T06:00Z
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
# The minute that was typed, two minutes more on both sides; it settles where it was typed.
see entry
  settled_at: 2026-03-04T06:00:00Z
  earliest: 2026-03-04T05:58:00Z
  latest: 2026-03-04T06:02:59.999999Z
# What a clock stamped is that instant.
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 10       | ST1  | BAKE |
see entry
  earliest: 2026-03-04T08:00:00Z
  latest: 2026-03-04T08:00:00Z

# Two typed times that the slack lets overlap may have been in either order.
yield document=PO-1 open_order=yes occurred_at=2026-03-04T07:00Z
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 10       | COLD |
consume document=PO-1 occurred_at=2026-03-04T07:05Z
  | item  | lot | quantity | from | into |
  | FLOUR | F1  | 5        | ST1  | B1   |
  -> refused later_than_output /lines/0/into
consume document=PO-1 occurred_at=2026-03-04T07:04Z
  | item  | lot | quantity | from | into |
  | FLOUR | F1  | 5        | ST1  | B1   |
  -> posted
