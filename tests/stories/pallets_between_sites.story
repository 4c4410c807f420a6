# A pallet goes to another site whole, and is on the road with all that is on it
# proves: R21, R24, R38

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F2  | 40       | 340063810000000018 |
  | FLOUR | F1  | 10       | 340063810000000025 |
  | FLOUR | F1  | 30       |                    |
nest_unit sscc=340063810000000025 into=340063810000000018
move_unit sscc=340063810000000018 to=LIS-ST
  -> refused not_the_same_site /to "transfer out"

# Named twice, or beside what it stands on, at its own site, and nothing at all.
transfer_out document=T-1 to_site=LIS handling_units=340063810000000018,340063810000000025
  -> refused malformed /handling_units/1 "stands on 340063810000000018"
transfer_out document=T-1 to_site=LIS handling_units=340063810000000018,340063810000000018
  -> refused malformed /handling_units/1 "named twice"
transfer_out document=T-1 to_site=HOME handling_units=340063810000000018
  -> refused not_the_same_site /to_site
transfer_out document=T-1 to_site=LIS
  -> refused missing /lines

# Only quality sends what is held.
hold number=H-1 reason=wet handling_units=["340063810000000018"]
as Olga: operate
transfer_out document=T-1 to_site=LIS handling_units=340063810000000018
  -> refused right_needed /handling_units/0 "H-1"
as tester
transfer_out document=T-1 to_site=LIS handling_units=340063810000000018
  | item  | lot | quantity | from |
  | FLOUR | F1  | 5        | ST1  |
  -> entry $out
lift_hold number=H-1 reason="dried"
see stock
  | lot | place      | quantity |
  | F1  | ST1        | 25       |
  | F1  | in_transit | 75       |
  | F2  | in_transit | 40       |
ask handling_unit sscc=340063810000000018
  place: in_transit
move_unit sscc=340063810000000018 to=LIS-ST
  -> refused place_is_blocked /sscc "transfer_in"
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
  -> refused place_is_blocked /handling_units/0

# Its goods do not arrive without it.
transfer_in document=T-1
  | item  | lot | quantity | to     |
  | FLOUR | F1  | 6        | LIS-ST |
  -> refused on_handling_unit /lines/0/quantity "arrive whole"
transfer_in document=T-9 to=LIS-ST handling_units=340063810000000018
  -> refused more_than_in_transit /handling_units/0 "did not leave under T-9"
transfer_in document=T-1 handling_units=340063810000000018
  -> refused missing /to

# It did not leave after all, then it does.
undo entries=$out reason="truck full"
ask handling_unit sscc=340063810000000025
  place: ST1
  inside: 340063810000000018
transfer_out document=T-2 to_site=LIS handling_units=340063810000000018
transfer_in document=T-2 to=LIS-ST handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  place: LIS-ST
  goods:
    | sscc               | lot | quantity |
    | 340063810000000018 | F1  | 60       |
    | 340063810000000018 | F2  | 40       |
    | 340063810000000025 | F1  | 10       |
transfer_in document=T-2 to=LIS-ST handling_units=340063810000000018
  -> refused more_than_in_transit /handling_units/0 "not on its way"

# Back again, and it comes in parts: what came is unpacked, and the rest stays in transit.
transfer_out document=T-3 to_site=HOME handling_units=340063810000000018
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F2  | 40       |
transfer_in document=T-3
  | item  | lot | quantity | to  |
  | FLOUR | F2  | 38       | ST1 |
transfer_in document=T-3 to=ST1 handling_units=340063810000000018
see stock
  | lot | place      | quantity |
  | F1  | ST1        | 100      |
  | F2  | ST1        | 38       |
  | F2  | in_transit | 2        |
