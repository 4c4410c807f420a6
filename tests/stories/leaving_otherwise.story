# Samples, disposal, and back to the supplier: each is an end of its own
# proves: R40, R57, R58, R83, R85, R89

use bakery
at 2026-03-02T08:00Z
open_stock document=GO-LIVE supplier=MILL
  | item  | lot | quantity | to  | supplier_lot | expires_on |
  | FLOUR | OLD | 40       | ST1 | 77           | 2026-12-31 |
  | FLOUR | OLD | 10       | COLD |             |            |
open_stock
  | item  | lot | quantity | to   | expires_on |
  | FLOUR | OLD | 1        | ST1  | 2027-12-31 |
  -> refused expiry_differs /lines/0/lot
open_stock
  | item  | lot | quantity | to   | supplier_lot |
  | FLOUR | NEW | 1        | ST1  | 99           |
  -> refused missing /lines/0/issuer
open_stock
  | item  | lot | quantity | to      |
  | WATER | W1  | 1        | ST1     |
  | SALT  | S1  | 1        | ST1     |
  | FLOUR | X1  | 1        | NOWHERE |
  -> refused lot_unwanted /lines/0/lot
  -> refused unknown_item /lines/1/item
  -> refused unknown_place /lines/2/to
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |

sample to=ST1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 1        | COLD |
  -> refused place_not_allowed /to
sample to=KEEP reason=retained
  | item  | lot | quantity | from |
  | FLOUR | F1  | 1.5      | ST1  |
sample reason="falling number"
  | item  | lot | quantity | from |
  | FLOUR | F1  | 0.25     | ST1  |
sample
  | item  | lot | quantity | from |
  | FLOUR | F1  | 100      | ST1  |
  -> refused not_enough /lines/0/quantity
dispose
  | item  | lot | quantity | from |
  | FLOUR | F1  | 2        | ST1  |
  -> refused missing /reason
dispose reason=mould
  | item  | lot | quantity | from |
  | FLOUR | F1  | 2        | ST1  |

return_to_supplier supplier=MILL document=B-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused missing /reference
return_to_supplier supplier=MILL document=B-1 reference=D-9
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused unknown_entry /reference
return_to_supplier supplier=TRADE document=B-1 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused unknown_entry /reference
return_to_supplier supplier=CAFE document=B-1 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
  -> refused unknown_partner /supplier
return_to_supplier supplier=MILL document=B-1 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 20       | ST1  |
# Adding a second return above what came.
adjust reason=found confirmed_by=Paul
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | more  | 50       | ST1   |
return_to_supplier supplier=MILL document=B-2 reference=D-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 81       | ST1  |
  -> refused more_than_received /lines/0/quantity
return_to_supplier supplier=MILL document=B-2 confirm_more=yes
  | item  | lot | quantity | from |
  | FLOUR | OLD | 3        | ST1  |
  -> warning return_unproven

ask trace_forward item=FLOUR lot=F1
  complete: true
  customers: none
  ends:
    | kind                 | lot | quantity | partner |
    | sampled              | F1  | 0.25     |         |
    | disposed             | F1  | 2        |         |
    | returned_to_supplier | F1  | 20       | MILL    |
  lots/0/on_hand:
    | place | kind     | quantity |
    | ST1   | storage  | 126.25   |
    | KEEP  | retained | 1.5      |
ask balance item=FLOUR lot=F1
  balances:
    | item  | lot | received | count_gains | back_to_supplier | disposed | sampled | on_hand | total_in | total_out | difference |
    | FLOUR | F1  | 100      | 50          | 20               | 2        | 0.25    | 127.75  | 150      | 150       | 0          |
ask balance item=FLOUR lot=OLD
  balances:
    | lot | opened | back_to_supplier | on_hand | difference |
    | OLD | 50     | 3                | 47      | 0          |
ask trace_back item=FLOUR lot=OLD
  lots:
    | lot | origin |
    | OLD | opened |
