# What is dated back is held against what lay there then and lies there still
# proves: R29, R30, R44, R53

use bakery
set_item code=MILK name=Milk unit=LTR decimals=1 enforce_use_order=yes
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1 to=COLD
  | item  | lot | quantity | expires_on |
  | MILK  | M20 | 40       | 2026-03-20 |
  | MILK  | M10 | 40       | 2026-03-10 |
  | CREAM | C20 | 40       | 2026-03-20 |
  | CREAM | C10 | 40       | 2026-03-10 |
at 2026-03-04T08:00Z
receive supplier=DAIRY document=D-2 to=COLD
  | item | lot | quantity | expires_on |
  | MILK | M08 | 10       | 2026-03-08 |

# Yesterday M10 lay there and lies there now: a date does not help past it.
as Ben: operate
consume document=PO-1 open_order=yes occurred_at=2026-03-03
  | item | lot | quantity | from |
  | MILK | M20 | 5        | COLD |
  -> refused not_first_to_go /lines/0/lot "M10"
consume document=PO-1 open_order=yes occurred_at=2026-03-03T10:00Z
  | item | lot | quantity | from |
  | MILK | M20 | 5        | COLD |
  -> refused not_first_to_go /lines/0/lot "M10"
# M08, which goes first today, was not there yet; nor was it at seven this morning.
consume document=PO-1 open_order=yes occurred_at=2026-03-03
  | item | lot | quantity | from |
  | MILK | M10 | 5        | COLD |
  -> warnings none
consume document=PO-1 occurred_at=2026-03-04T07:00Z
  | item | lot | quantity | from |
  | MILK | M10 | 5        | COLD |
  -> warnings none
# Of this day nobody knows whether it was before M08 came.
consume document=PO-1 occurred_at=2026-03-04
  | item | lot | quantity | from |
  | MILK | M10 | 5        | COLD |
  -> warnings none
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M10 | 5        | COLD |
  -> refused not_first_to_go /lines/0/lot "M08"
as Eva: operate, override_fefo
consume document=PO-1 override_fefo=yes reason="M10 was behind the lift" occurred_at=2026-03-03
  | item | lot | quantity | from |
  | MILK | M20 | 5        | COLD |
  -> warning override_fefo
# Where it is not enforced, it is written down, as it would have been on that day.
consume document=PO-1 occurred_at=2026-03-03
  | item  | lot | quantity | from |
  | CREAM | C20 | 5        | COLD |
  -> warning used_out_of_order

# Before the lot came, all was in order; and what was held then and is free since was no reason to wait.
as Ann
consume document=PO-1 occurred_at=2026-03-02T07:00Z reason=early
  | item | lot | quantity | from |
  | MILK | M20 | 5        | COLD |
  -> refused before_goods_arrived /lines/0/quantity
hold number=H-1 reason=sour
  | item | lot |
  | MILK | M10 |
at 2026-03-05T08:00Z
lift_hold number=H-1 reason="sweet again"
consume document=PO-1 occurred_at=2026-03-04T09:00Z
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> refused not_first_to_go /lines/0/lot "M08"
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M08 | 10       | COLD |
consume document=PO-1 occurred_at=2026-03-04T09:00Z
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> warnings none
consume document=PO-1
  | item | lot | quantity | from |
  | MILK | M20 | 1        | COLD |
  -> refused not_first_to_go /lines/0/lot "M10"
