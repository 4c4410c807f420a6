# Dates are corrected by who works, extended only by quality with a reason
# proves: R33, R45, R48

use bakery
at 2026-03-02T08:00Z
receive supplier=DAIRY document=A-1 to=COLD
  | item  | lot | quantity | produced_on |
  | CREAM | C1  | 10       | 2026-03-01  |
see lots lot=C1
  | produced_on | expires_on | expiry_calculated |
  | 2026-03-01  | 2026-03-04 | true              |
as Olga: operate
change_dates item=CREAM lot=C1
  -> refused already_so
change_dates item=CREAM lot=C9 expires_on=2026-03-03
  -> refused unknown_lot /lot
change_dates item=CREAM lot=C1 expires_on=2026-03-05 reason="tested"
  -> refused right_needed /expires_on
change_dates item=CREAM lot=C1 expires_on=2026-02-28
  -> refused dates_contradict /expires_on
change_dates item=CREAM lot=C1 produced_on=2026-03-03
  -> refused in_the_future /produced_on
  -> refused dates_contradict /produced_on
change_dates item=CREAM lot=C1 expires_on=2026-03-03
  -> entry $shorter
see lots lot=C1
  | expires_on | expiry_calculated |
  | 2026-03-03 | false             |
as Quinn: operate, quality
change_dates item=CREAM lot=C1 expires_on=2026-03-06
  -> refused missing /reason
change_dates item=CREAM lot=C1 expires_on=2026-03-06 reason="tested"
  -> entry $longer
undo entries=$shorter reason="label read again"
  -> refused in_the_way
undo entries=$longer reason="wrong lot"
undo entries=$shorter reason="label read again"
see lots lot=C1
  | expires_on | expiry_calculated |
  | 2026-03-04 | true              |
