# What is taken back never tears pallets and cases apart, and what was put on one stays right when its receipt is corrected
# proves: R24, R32, R33

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-0 to=COLD
  | item  | lot | quantity |
  | FLOUR | F0  | 100      |
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F1  | 100      |                    |
  -> entry $receipt

# A line that put too much on the pallet: what is on it is right, too.
correct entry=$receipt reason="typed wrongly"
  | line | quantity |
  | 0    | 50       |
  -> entry $fixed
ask handling_unit sscc=340063810000000018
  place: ST1
  goods:
    | lot | quantity |
    | F1  | 50       |

# A case was put on the pallet since: the receipt that opened the pallet does not go under it, nor does the pallet move
# back without it.
move_unit sscc=340063810000000018 to=COLD
  -> entry $moved
pack sscc=340063810000000025 place=COLD
  | item  | lot | quantity |
  | FLOUR | F0  | 5        |
nest_unit sscc=340063810000000025 into=340063810000000018
  -> entry $nested
undo entries=$moved reason="wrong lane"
  -> refused in_the_way "was packed, moved or emptied since"
undo entries=$fixed reason="wrong delivery"
  -> refused in_the_way

# Its pallet went elsewhere: that is no reason against another number on the paper (R33), and the pallet stays where it is.
correct entry=$fixed document=D-1A reason="typed wrongly"
ask handling_unit sscc=340063810000000018
  place: COLD

# A pallet never stands on itself, over any number of steps taken back.
nest_unit sscc=340063810000000025
  -> entry $off
nest_unit sscc=340063810000000018 into=340063810000000025
undo entries=$off reason="it stood there"
  -> refused in_the_way
nest_unit sscc=340063810000000018
pack sscc=340063810000000025
  | item  | lot | quantity |
  | FLOUR | F0  | 5        |
move_unit sscc=340063810000000018 to=ST1

# What left on a pallet does not leave twice, tracked or not; nor is it unpacked behind its customer's back.
receive supplier=MILL document=D-2 to=ST1
  | item  | quantity | sscc               |
  | WATER | 60       | 340063810000000032 |
dispatch customer=CAFE document=N-1 handling_units=340063810000000032
dispatch customer=CAFE document=N-2 handling_units=340063810000000032
  -> refused unknown_handling_unit /handling_units/0 "has left"
unpack sscc=340063810000000032
  -> refused unknown_handling_unit /sscc
