# From a bin that nobody reads labels at: what was taken is booked, and every lot that lay there is linked
# proves: R69, R85, R90

use bakery
set_item code=SALT name=Salt unit=KGM decimals=3 backflush=yes
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=BAKE
  | item  | lot | quantity | produced_on |
  | SALT  | S1  | 10       | 2026-02-01  |
  | SALT  | S2  | 10       | 2026-02-10  |
  | FLOUR | F1  | 50       |             |
receive supplier=DAIRY document=D-2 to=COLD
  | item | lot | quantity |
  | SALT | S3  | 10       |

consume document=PO-1 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 50       | BAKE |
at 2026-03-02T10:00Z
backflush document=PO-1 item=FLOUR quantity=1 from=BAKE
  -> refused backflush_not_allowed /item
backflush document=PO-1 item=SALT quantity=1 from=COLD
  -> posted
backflush document=PO-1 item=SALT quantity=4 from=BAKE
  -> posted
backflush document=PO-1 item=SALT quantity=99 from=BAKE
  -> refused not_enough /quantity
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 60       | COLD |
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | DOUGH | B1  | 20       | COLD |

# The first in is taken, and both that lay there may be in it.
see stock item=SALT
  | lot | place | quantity |
  | S1  | BAKE  | 6        |
  | S2  | BAKE  | 10       |
  | S3  | COLD  | 9        |
ask trace_back item=DOUGH lot=B1
  lots:
    | item  | lot | level |
    | DOUGH | B1  | 0     |
    | FLOUR | F1  | 1     |
    | SALT  | S1  | 1     |
    | SALT  | S2  | 1     |
    | SALT  | S3  | 1     |
  transformations/0/inputs:
    | lot | quantity | assumed |
    | F1  | 50       | false   |
    | S1  | 4        | false   |
    | S1  | 10       | true    |
    | S2  | 10       | true    |
    | S3  | 1        | false   |
    | S3  | 10       | true    |
ask trace_forward item=SALT lot=S2
  lots:
    | item  | lot | level |
    | SALT  | S2  | 0     |
    | DOUGH | B1  | 1     |
  customers:
    | partner | item  | dispatched |
    | CAFE    | DOUGH | 20         |
