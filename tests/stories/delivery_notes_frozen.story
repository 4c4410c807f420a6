# A delivery note says what left, as it was issued; what is corrected issues the next version
# proves: R11, R80, R81

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 60       |
set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME
  | line | item  | quantity |
  | 1    | FLOUR | 30       |
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | F1  | 30       | ST1  |
pack sscc=340063810000000018 place=SHIP
  | item  | lot | quantity |
  | FLOUR | F1  | 10       |
pack sscc=340063810000000025 place=SHIP
  | item  | lot | quantity |
  | FLOUR | F1  | 12       |

# One line of the order left on two pallets and loose.
dispatch_order order=SO-1 document=N-1 handling_units=340063810000000018,340063810000000025
ask delivery_note document=N-1
  customer: CAFE
  order: SO-1
  version: 1
  lines:
    | lot | quantity | sscc               | outside_code |
    | F1  | 10       | 340063810000000018 | F1           |
    | F1  | 12       | 340063810000000025 | F1           |
    | F1  | 8        |                    | F1           |
ask trade_order kind=sales number=SO-1
  lines:
    | line | done | picked |
    | 1    | 30   | 0      |
void_dispatch document=N-1 to=SHIP reason="stayed"
ask delivery_note document=N-1
  version: 2
  is_void: true
ask trade_order kind=sales number=SO-1
  lines:
    | line | done | picked |
    | 1    | 0    | 30     |

# Names and codes that change later change no version.
dispatch customer=CAFE address=CAFE-1 document=N-2
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
  -> entry $left
correct entry=$left reason="typed wrongly"
  | line | quantity |
  | 0    | 12       |
  -> entry $more
set_partner code=CAFE name="Cafe Changed" roles=customer
rename item=FLOUR lot=F1 code=F1X reason="typed wrongly"
add_name item=FLOUR lot=F1X code=ZZ issuer=MILL
ask delivery_note document=N-2 version=1
  customer_name: "Cafe Central"
  lines:
    | lot | quantity | outside_code |
    | F1  | 10       | F1           |
ask delivery_note document=N-2
  version: 2
  customer_name: "Cafe Central"
  lines:
    | lot | quantity | change  | before |
    | F1  | 12       | changed | 10     |
ask delivery_note document=N-2 version=3
  -> refused not_found /version

# Its number was typed wrongly: nothing left under that one.
correct entry=$more document=N-3 reason="typed wrongly"
ask delivery_note document=N-2
  version: 3
  is_void: true
ask delivery_note document=N-3
  is_void: false
  lines:
    | lot | quantity | outside_code |
    | F1X | 12       | ZZ           |
ask delivery_note document=N-9
  -> refused not_dispatched /document
