# What a rework order gives has the earliest days and the strictest status of all that went in
# proves: R40, R48, R65, R71

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | expires_on | best_before_on | retest_on  |
  | FLOUR | F1  | 100      | 2026-06-30 | 2026-06-20     | 2026-06-10 |
  | FLOUR | F2  | 100      | 2026-05-30 | 2026-05-20     | 2026-05-10 |
  | YEAST | Y1  | 10       |            |                |            |
set_item code=YEAST name="Fresh yeast" unit=KGM decimals=3 quarantine_on_receipt=yes use_at_risk=yes

# A late input reaches what was yielded before it, with each of its days.
consume document=RW-1 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
yield document=RW-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 8        | COLD |
consume document=RW-1
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
see lots lot=B1
  | expires_on | best_before_on | retest_on  |
  | 2026-05-30 | 2026-05-20     | 2026-05-10 |

# Into a lot that it took: no longer-lived than what was mixed in, in one entry or in several.
produce document=RW-2 kind=rework reason=mixed
  inputs:
    | item  | lot | quantity | from |
    | FLOUR | F1  | 10       | ST1  |
    | FLOUR | F2  | 10       | ST1  |
  outputs:
    | item  | lot | quantity | to  |
    | FLOUR | F1  | 20       | ST1 |
see lots lot=F1
  | expires_on | best_before_on | retest_on  | quality  |
  | 2026-05-30 | 2026-05-20     | 2026-05-10 | released |
consume document=RW-3 open_order=yes kind=rework
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
  | YEAST | Y1  | 1        | ST1  |
yield document=RW-3
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 11       | ST1 |
see lots lot=F1
  | expires_on | quality    |
  | 2026-05-30 | quarantine |
