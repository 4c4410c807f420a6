# A delivery note stays as it was issued; what is corrected later issues a new version that says what changed
# proves: R11, R80

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | supplier_lot | quantity |
  | FLOUR | F1  | M-77         | 100      |
  | FLOUR | F2  | M-78         | 60       |
dispatch customer=CAFE address=CAFE-1 document=N-1 reference=SO-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  | FLOUR | F2  | 5        | ST1  |
  -> entry $left
ask delivery_note document=N-9
  -> refused not_dispatched /document
ask delivery_note document=N-1
  version: 1
  customer: CAFE
  customer_name: "Cafe Central"
  address_name: "Cafe Central, kitchen"
  order: SO-1
  is_void: false
  lines:
    | item  | item_name     | lot | outside_code | quantity | change |
    | FLOUR | Wheat flour   | F1  | M-77         | 20       |        |
    | FLOUR | Wheat flour   | F2  | M-78         | 5        |        |

# The other lot was used, names change, the lot is called otherwise: version 1 stays.
at 2026-03-03T08:00Z
replace entry=$left item=FLOUR lot=F2 with=F1 reason="label read wrongly"
set_partner code=CAFE name="Cafe Moderne" roles=customer
set_item code=FLOUR name="Flour T550" unit=KGM decimals=3
rename item=FLOUR lot=F2 code=F2-B reason="typed wrongly"
ask delivery_note document=N-1
  version: 2
  lines:
    | item  | lot | quantity | change  | before |
    | FLOUR | F1  | 25       | changed | 20     |
    | FLOUR | F2  | 0        | removed | 5      |
  versions:
    | version | kind     | why                  |
    | 1       | dispatch |                      |
    | 2       | dispatch | label read wrongly |
ask delivery_note document=N-1 version=1
  customer_name: "Cafe Central"
  lines:
    | item  | item_name     | lot | quantity | change |
    | FLOUR | Wheat flour   | F1  | 20       |        |
    | FLOUR | Wheat flour   | F2  | 5        |        |
ask delivery_note document=N-1 version=3
  -> refused not_found /version

# It never left: that is a version, too.
void_dispatch document=N-1 to=ST1 reason="truck broke down"
ask delivery_note document=N-1
  version: 3
  is_void: true
  lines:
    | lot | quantity | change  | before |
    | F1  | 0        | removed | 25     |
