# A code typed wrongly is put right, and the old one still finds the lot; two lots found to be one are joined
# proves: R3, R8, R10, R12

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot   | quantity |
  | FLOUR | F-100 | 30       |
  | FLOUR | F-200 | 20       |
dispatch customer=CAFE document=N-1
  | item  | lot   | quantity | from |
  | FLOUR | F-100 | 5        | ST1  |

rename item=FLOUR lot=F-100 code=F-101
  -> refused missing /reason
rename item=FLOUR lot=F-100 code=F-100 reason=typo
  -> refused already_so /code
rename item=FLOUR lot=F-100 code=F-200 reason=typo
  -> refused lot_code_taken /code
rename item=FLOUR lot=F-100 code=f200 reason=typo
  -> refused lot_code_resembles /code
rename item=FLOUR lot=F-100 code=none reason=typo
  -> refused placeholder_code /code
rename item=FLOUR lot=NOPE code=F-101 reason=typo
  -> refused unknown_lot /lot
# Its own old code is no other lot.
rename item=FLOUR lot=F-100 code=F100 reason="no dash"
see lots item=FLOUR
  | lot   | names | on_hand |
  | F100  | F-100 | 25      |
  | F-200 |       | 20      |
# The old code finds it, in commands and in questions.
move
  | item  | lot   | quantity | from | to   |
  | FLOUR | F-100 | 5        | ST1  | BAKE |
ask lot item=FLOUR lot=F-100
  lot: F100
  on_hand: 25
# And stays taken for other lots.
receive supplier=MILL document=D-2 to=ST1
  | item  | lot   | quantity |
  | FLOUR | F-100 | 30       |
  -> refused lot_code_taken /lines/0/lot

add_name item=FLOUR lot=F100 issuer=NOBODY code=X7
  -> refused unknown_partner /issuer
add_name item=FLOUR lot=F100 issuer=TRADE code=X7
add_name item=FLOUR lot=F100 issuer=TRADE code=X7
  -> refused already_named /code
add_name item=FLOUR lot=F-200 issuer=TRADE code=X7
  -> warning name_shared
move
  | item  | lot | quantity | from | to   |
  | FLOUR | X7  | 5        | ST1  | BAKE |
  -> refused ambiguous_lot /lines/0/lot lot=F100 lot=F-200

as Olga: operate
join item=FLOUR lot=F100 with=F-200 reason="one pallet"
  -> refused right_needed
as tester
join item=FLOUR lot=F100 with=F100 reason="one pallet"
  -> refused already_joined /with
join item=FLOUR lot=F100 with=F-200
  -> refused missing /reason
join item=FLOUR lot=F100 with=F-200 reason="one pallet"
  -> entry $joined
join item=FLOUR lot=F-200 with=F100 reason="one pallet"
  -> refused already_joined /with
ask trace_forward item=FLOUR lot=F-200
  lots:
    | lot   | level |
    | F-200 | 0     |
    | F100  | 0     |
  customers:
    | partner | dispatched |
    | CAFE    | 5          |
# Withdrawn, they are two again.
undo entries=$joined reason="two pallets"
ask trace_forward item=FLOUR lot=F-200
  lots:
    | lot   | level |
    | F-200 | 0     |
  customers: none
