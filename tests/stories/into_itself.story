# A rework order may put a lot into itself, but not later than it came out
# proves: R66, R71

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
consume document=RW-1 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
yield document=RW-1
  | item  | lot | quantity | to  |
  | DOUGH | B1  | 10       | ST1 |
at 2026-03-02T09:00Z
consume document=RW-1
  | item  | lot | quantity | from | into |
  | DOUGH | B1  | 2        | ST1  | B1   |
  -> refused later_than_output /lines/0/into
consume document=RW-1
  | item  | lot | quantity | from | into |
  | DOUGH | B1  | 2        | ST1  |      |
