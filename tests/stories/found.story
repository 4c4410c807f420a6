# Goods that the book has never seen wait for quality; goods without a code may be any lot that was there
# proves: R12, R61, R63, R90

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 30       | ST1    |
  | FLOUR | F2  | 20       | COLD   |
  | FLOUR | F3  | 20       | LIS-ST |
  | FLOUR | F4  | 5        | ST1    |
at 2026-03-02T09:00Z
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F4  | 5        | ST1  |

found item=FLOUR lot=X77 quantity=10 place=ST1
  -> lot FLOUR X77
see lots lot=X77
  | status     | origin | on_hand |
  | quarantine | found  | 10      |
see entry
  lines:
    | lot | from  | to  | quantity |
    | X77 | count | ST1 | 10       |
found item=FLOUR lot=F1 quantity=10 place=ST1
  -> refused lot_code_taken /lot
found item=FLOUR lot=FI quantity=10 place=ST1
  -> refused lot_code_resembles /lot "F1"
found item=WATER quantity=10 place=ST1
  -> refused lot_unwanted /item
found item=FLOUR quantity=0 place=NOWHERE
  -> refused quantity_not_positive /quantity
  -> refused unknown_place /place
found item=FLOUR quantity=1 place=ST1 candidates=F1
  -> refused lot_unwanted /candidates
found item=FLOUR quantity=1 place=ST1 unknown=yes lot=F9
  -> refused lot_unwanted /lot
found item=FLOUR quantity=1 place=ST1 unknown=yes candidates=F1,F3
  -> refused not_enough /candidates/1

# No code: on hold, and it may be every lot of the item that was at this site.
found item=FLOUR quantity=8 place=ST1 unknown=yes
  -> lot FLOUR $unknown
  -> hold $hold
see lots lot=$unknown
  | status | origin  | on_hand | holds |
  | hold   | unknown | 8       | $hold |
ask trace_back item=FLOUR lot=$unknown
  complete: false
  lots:
    | lot      | level |
    | $unknown | 0     |
    | F1       | 1     |
    | F2       | 1     |
    | F4       | 1     |
    | X77      | 1     |
  suppliers:
    | partner | lot | quantity |
    | MILL    | F1  | 30       |
    | MILL    | F2  | 20       |
    | MILL    | F4  | 5        |
ask trace_forward item=FLOUR lot=F4
  lots:
    | lot      | level |
    | F4       | 0     |
    | $unknown | 1     |
  customers:
    | partner | dispatched |
    | CAFE    | 5          |

# After a complete count of the place only what was there since may be it.
at 2026-03-03T09:00Z
count place=ST1 complete=yes
  | item  | lot      | quantity |
  | FLOUR | F1       | 30       |
  | FLOUR | X77      | 10       |
  | FLOUR | $unknown | 8        |
at 2026-03-04T09:00Z
found item=FLOUR quantity=2 place=ST1 unknown=yes candidates=F1
  -> lot FLOUR $second
ask trace_back item=FLOUR lot=$second
  lots:
    | lot     | level |
    | $second | 0     |
    | F1      | 1     |

# Known later: a join, and traces treat the two as one. It can be withdrawn.
join item=FLOUR lot=$unknown with=F2 reason="label found under the shelf"
  -> entry $joined
ask trace_forward item=FLOUR lot=F2
  lots:
    | lot      | level |
    | F2       | 0     |
    | $unknown | 0     |
