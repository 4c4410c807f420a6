# The order of use says which lots may be used today, by the days that count for it
# proves: R44, R49, R50

use bakery
set_item code=BUN name=Bun unit=EA minimum_life_at_dispatch_days=5
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item | lot | quantity | expires_on | best_before_on | retest_on  |
  | BUN  | A   | 10       |            | 2026-03-05     |            |
  | BUN  | B   | 10       | 2026-03-20 |                | 2026-03-06 |
  | BUN  | C   | 10       | 2026-03-08 |                |            |
at 2026-03-06T08:00Z
# A is past its best-before; B waits for its retest later and lives long enough; C lives two days.
ask fefo item=BUN
  rows, in order:
    | lot | usable | why_not                |
    | A   | false  | best_before_has_passed |
    | B   | true   |                        |
    | C   | false  | too_short_lived        |
