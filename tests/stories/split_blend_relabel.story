# A split keeps everything of its lot, a blend takes the earliest, new labels are a new lot
# proves: R12, R16, R38, R48, R77, R85

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | expires_on | produced_on |
  | FLOUR | F1  | 100      | 2026-11-30 | 2026-01-05  |
  | FLOUR | F2  | 50       | 2026-10-31 |             |
  | FLOUR | F3  | 10       |            |             |

# Shared out: rounded down, the last part takes the rest.
split item=FLOUR lot=F3 from=ST1 equal_parts=3
  -> lot FLOUR $a
  -> lot FLOUR $b
  -> lot FLOUR $c
see stock item=FLOUR place=ST1
  | lot | quantity |
  | F1  | 100      |
  | F2  | 50       |
  | $a  | 3.333    |
  | $b  | 3.333    |
  | $c  | 3.334    |

# 40 of 100 are wet: split off, held, and the rest stays usable. Parts keep the dates.
split item=FLOUR lot=F1 from=ST1
  | lot    | quantity | to   |
  | F1-WET | 40       | QUAR |
  -> lot FLOUR F1-WET
hold reason=wet
  | item  | lot    |
  | FLOUR | F1-WET |
see lots item=FLOUR
  | lot    | status   | expires_on | produced_on | on_hand |
  | F1     | released | 2026-11-30 | 2026-01-05  | 60      |
  | F2     | released | 2026-10-31 |             | 50      |
  | F3     | gone     |            |             | 0       |
  | F1-WET | hold     | 2026-11-30 | 2026-01-05  | 40      |
  | $a     | released |            |             | 3.333   |
  | $b     | released |            |             | 3.333   |
  | $c     | released |            |             | 3.334   |
split item=FLOUR lot=F1 from=ST1
  | lot | quantity |
  | F2  | 1        |
  -> refused lot_code_taken /parts/0/lot
split item=FLOUR lot=F9 from=NOWHERE equal_parts=2
  -> refused unknown_lot /lot
  -> refused unknown_place /from

# A blend has the earliest date of what went in.
blend item=FLOUR to=ST1 new_lot=MIX
  | lot | quantity | from |
  | F1  | 20       | ST1  |
  | F2  | 30       | ST1  |
  -> lot FLOUR MIX
see lots lot=MIX
  | status   | expires_on | on_hand |
  | released | 2026-10-31 | 50      |
blend item=FLOUR to=ST1 new_lot=MIX2
  | lot    | quantity | from |
  | F1-WET | 20       | QUAR |
  | F2     | 1        | ST1  |
  -> refused place_is_blocked /lines/0/lot

# New labels: a new lot with the same dates, linked to the old.
relabel item=FLOUR lot=MIX from=ST1 new_lot=MIX-NEW quantity=10 reason="torn labels"
  -> lot FLOUR MIX-NEW
see lots lot=MIX-NEW
  | expires_on | on_hand |
  | 2026-10-31 | 10      |
ask trace_back item=FLOUR lot=MIX-NEW
  complete: true
  lots:
    | lot     | level |
    | MIX-NEW | 0     |
    | MIX     | 1     |
    | F1      | 2     |
    | F2      | 2     |
# Children of F1; its siblings' own goods are not affected.
ask trace_forward item=FLOUR lot=F1
  lots:
    | lot     | level |
    | F1      | 0     |
    | F1-WET  | 1     |
    | MIX     | 1     |
    | MIX-NEW | 2     |
ask balance item=FLOUR lot=F1
  balances:
    | received | converted_out | on_hand | difference |
    | 100      | 60            | 40      | 0          |
ask balance item=FLOUR lot=MIX
  balances:
    | converted_in | converted_out | on_hand | difference |
    | 50           | 10            | 40      | 0          |
