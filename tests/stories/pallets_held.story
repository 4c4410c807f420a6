# A hold on a pallet keeps what is on it; loose goods of the same lots stay usable
# proves: R24, R38, R40, R51

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 40       |                    |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F2  | 10       | 340063810000000025 |
  -> entry $came
nest_unit sscc=340063810000000025 into=340063810000000018

# It is named by its SSCC, and held wherever it is.
hold reason=wet handling_units=340063810000000032
  -> refused unknown_handling_unit /handling_units/0
hold reason=wet handling_units=340063810000000018 place=ST1
  -> refused hold_scope /handling_units
hold number=H-1 reason=wet handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  holds: H-1
ask handling_unit sscc=340063810000000025
  holds: H-1
ask handling_units place=ST1
  rows:
    | sscc               | is_held |
    | 340063810000000018 | true    |
    | 340063810000000025 | true    |
ask holds
  rows:
    | number | lots_covered | handling_units_covered | handling_units         |
    | H-1    | 0            | 1                      | 340063810000000018     |
ask lot item=FLOUR lot=F1
  standing: released
  held_apart: 60

# It does not leave, nor does what is on it; goods may be put on it, and quality moves it.
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
  -> refused handling_unit_is_held /handling_units/0 "is on hold H-1 (wet)"
dispatch customer=CAFE document=N-1 handling_units=340063810000000025
  -> refused handling_unit_is_held /handling_units/0
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 10       |
  -> refused handling_unit_is_held /sscc "What is on it stays on it"
unpack sscc=340063810000000025
  -> refused handling_unit_is_held /sscc
nest_unit sscc=340063810000000025
  -> refused handling_unit_is_held /sscc "It stays where it stands"
move_unit sscc=340063810000000025 to=COLD
  -> refused handling_unit_is_held /sscc
undo entries=$came reason="never came"
  -> refused in_the_way
as Olga: operate
move_unit sscc=340063810000000018 to=QUAR
  -> refused right_needed /sscc "only quality moves it"
as tester
pack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 5        |
  -> entry $packed
undo entries=$packed reason="not that one"
  -> refused handling_unit_is_held
move_unit sscc=340063810000000018 to=QUAR
move_unit sscc=340063810000000018 to=ST1

# Loose goods are proposed, picked and sent; those on the pallet are not.
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item  | quantity |
  | 1    | FLOUR | 50       |
ask pick_list order=SO-1
  take:
    | lot | place | quantity |
    | F1  | ST1   | 35       |
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | F1  | 35       | ST1  |
dispatch_order order=SO-1 document=N-1

# A hold that is lifted, and not after all.
lift_hold number=H-1 reason="dry again" handling_units=340063810000000025
  -> refused already_so /handling_units "is not on handling unit 340063810000000025 itself"
lift_hold number=H-1 reason="dry again"
  -> entry $lifted
undo entries=$lifted reason="not yet"
dispatch customer=HOTEL document=N-2 handling_units=340063810000000018
  -> refused handling_unit_is_held /handling_units/0

# Of two on one hold, one is set free, and goes like any other. What has left is held by its lots.
pack sscc=340063810000000032 place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 1        |
  -> refused on_handling_unit /lines
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F3  | 20       | 340063810000000049 |
  | FLOUR | F3  | 20       | 340063810000000056 |
hold number=H-2 reason=torn handling_units=["340063810000000049","340063810000000056"]
lift_hold number=H-2 reason="only the foil" handling_units=340063810000000049
ask holds
  rows:
    | number | handling_units         |
    | H-1    | 340063810000000018     |
    | H-2    | 340063810000000056     |
dispatch customer=HOTEL document=N-3 handling_units=340063810000000049
hold reason=torn handling_units=340063810000000049
  -> refused unknown_handling_unit /handling_units/0 "has left"
lift_hold number=H-1 reason="dry again"
dispatch customer=HOTEL document=N-2 handling_units=340063810000000018
