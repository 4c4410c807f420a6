# A count is the truth, also about what is on pallets; lines of one lot add up when a pallet is unpacked
# proves: R24, R38, R40, R59

use bakery
set_book name="Bakery" time_zone=UTC count_tolerance_percent=100
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F1  | 40       | 340063810000000025 |
  | FLOUR | F1  | 20       |                    |
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 40       |
  | FLOUR | F1  | 30       |
  -> refused not_on_handling_unit /lines/1/quantity "are 20 of that beside"

# Ten fewer: they may have lain loose. Thirty fewer: ten cannot, and are on no pallet any more.
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 110      |
  -> warnings none
hold number=H-1 reason=wet handling_units=["340063810000000018"]
count place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 80       |
  -> warning taken_off_by_count
  -> entry $count
ask handling_unit sscc=340063810000000025
  goods:
    | lot | quantity |
    | F1  | 20       |
ask handling_unit sscc=340063810000000018
  goods:
    | lot | quantity |
    | F1  | 60       |
undo entries=$count reason="counted wrongly"
ask handling_unit sscc=340063810000000025
  goods:
    | lot | quantity |
    | F1  | 40       |
lift_hold number=H-1 reason=dry

# One pallet is counted by itself; what lies beside it is as it was.
count place=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 55       | 340063810000000018 |
see stock
  | lot | place | quantity |
  | F1  | ST1   | 105      |
ask handling_unit sscc=340063810000000018
  goods:
    | lot | quantity |
    | F1  | 55       |
count place=COLD
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 55       | 340063810000000018 |
  -> refused place_not_allowed /lines/0/sscc "stands in ST1"
count place=ST1 occurred_at=2026-03-02T07:59Z
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 55       | 340063810000000018 |
  -> refused too_old /occurred_at

# All that is there: heaps and pallets add up.
count place=ST1 complete=yes
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 50       | 340063810000000018 |
  | FLOUR | F1  | 45       | 340063810000000025 |
  | FLOUR | F1  | 3        |                    |
see stock
  | lot | place | quantity |
  | F1  | ST1   | 98       |
ask handling_unit sscc=340063810000000025
  goods:
    | lot | quantity |
    | F1  | 45       |

# A difference found is the same truth.
adjust reason="fell down"
  | item  | lot | found | quantity | place |
  | FLOUR | F1  | less  | 5        | ST1   |
  -> warning taken_off_by_count
see stock
  | lot | place | quantity |
  | F1  | ST1   | 93       |

# Units that are not there are on no pallet; complete counts take off all that is left.
receive supplier=PARTS document=D-2 to=COLD
  | item | lot | serials       | sscc               |
  | DISK | DL  | ["D-1","D-2"] | 340063810000000032 |
count place=COLD
  | item | serials | sscc               |
  | DISK | ["D-1"] | 340063810000000032 |
  -> refused serials_unwanted /lines/0/sscc
count place=COLD
  | item | serials |
  | DISK | ["D-1"] |
  -> warning taken_off_by_count
ask handling_unit sscc=340063810000000032
  goods:
    | lot | serial |
    | DL  | D-1    |
count place=COLD complete=yes
  -> warning taken_off_by_count
ask handling_unit sscc=340063810000000032
  goods: none
see stock
  | lot | place | quantity |
  | F1  | ST1   | 93       |
