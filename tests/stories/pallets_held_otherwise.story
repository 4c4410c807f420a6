# A held case on a free pallet, corrections around a held pallet, and what it leaves to others
# proves: R24, R38, R51

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F2  | 10       | 340063810000000025 |
nest_unit sscc=340063810000000025 into=340063810000000018
hold number=H-1 reason=wet handling_units=340063810000000025

# The case keeps the pallet here; it is not proposed, and nobody takes from it unsaid.
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
  -> refused handling_unit_is_held /handling_units/0 "340063810000000025 is on hold H-1"
dispose reason=old
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
  -> refused on_handling_unit /lines/0/quantity
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item  | quantity |
  | 1    | FLOUR | 70       |
ask pick_list order=SO-1
  take:
    | lot | place | quantity |
    | F1  | ST1   | 60       |
as Olga: operate
move_unit sscc=340063810000000018 to=QUAR
  -> refused right_needed /sscc "340063810000000025"
as tester

# Off the pallet, it stays alone.
nest_unit sscc=340063810000000025
dispatch customer=CAFE document=N-1 handling_units=340063810000000018

# A correction may say that more came on a held pallet, not that less did, nor that none came.
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity | sscc               |
  | YEAST | Y1  | 60       | 340063810000000032 |
  -> entry $came
hold number=H-2 reason=torn handling_units=340063810000000032
  -> entry $held
undo entries=$came reason="never came"
  -> refused handling_unit_is_held "stays in the book"
correct entry=$came reason=miscounted
  | line | quantity |
  | 0    | 50       |
  -> refused handling_unit_is_held /lines "What is on it stays on it"
correct entry=$came reason=miscounted
  | line | quantity |
  | 0    | 70       |
  -> entry $more
undo entries=[$held,$more] reason="neither nor"
ask handling_unit sscc=340063810000000032
  holds: none
  place: ST1
undo entries=$came reason="never came"
ask handling_unit sscc=340063810000000032
  -> refused unknown_handling_unit /sscc

# A hold that is back covers its pallet when that never left.
receive supplier=MILL document=D-3 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F3  | 20       | 340063810000000049 |
hold number=H-3 reason=wet handling_units=340063810000000049
lift_hold number=H-3 reason=dry
  -> entry $lifted
dispatch customer=CAFE document=N-2 handling_units=340063810000000049
  -> entry $left
undo entries=$lifted reason="wet after all"
undo entries=$left reason="it stayed"
ask handling_unit sscc=340063810000000049
  holds: H-3
  place: ST1
dispatch customer=CAFE document=N-3 handling_units=340063810000000049
  -> refused handling_unit_is_held /handling_units/0
