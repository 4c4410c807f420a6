# A lot lies in many places, has one status and one set of dates, and stays in the book when it is gone
# proves: R1, R2, R21

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | expires_on |
  | FLOUR | F1  | 100      | 2026-09-30 |

# Two places, and another site: one lot.
move
  | item  | lot | quantity | from | to   |
  | FLOUR | F1  | 30       | ST1  | COLD |
transfer_out to_site=LIS document=T-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 20       | LIS-ST |
see lots
  | lot | on_hand | status   | expires_on |
  | F1  | 100     | released | 2026-09-30 |

# Its status is the same wherever it lies.
quarantine reason=smell
  | item  | lot |
  | FLOUR | F1  |
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from   |
  | FLOUR | F1  | 1        | LIS-ST |
  -> refused lot_is_in_quarantine /lines/0/lot
dispose reason=smell
  | item  | lot | quantity | from   |
  | FLOUR | F1  | 50       | ST1    |
  | FLOUR | F1  | 30       | COLD   |
  | FLOUR | F1  | 20       | LIS-ST |

# Nothing is left of it, and it is still there: to be looked up, traced, and in the way of its code.
see lots
  | lot | on_hand | status     |
  | F1  | 0       | quarantine |
ask lot item=FLOUR lot=F1
  on_hand: 0
  expires_on: 2026-09-30
  places: none
ask trace_back item=FLOUR lot=F1
  suppliers:
    | partner | lot | quantity |
    | MILL    | F1  | 100      |
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  -> refused lot_code_taken /lines/0/lot
# Another item may have the same code.
receive supplier=MILL document=D-2 to=ST1
  | item | lot | quantity |
  | CAKE | F1  | 10       |
