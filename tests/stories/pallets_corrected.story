# What left on a pallet is corrected like other goods: the pallet had it on, or had not
# proves: R24, R32, R34, R35, R80, R81

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F2  | 10       | 340063810000000018 |
  | FLOUR | F1  | 20       |                    |
  | FLOUR | F2  | 80       |                    |
receive supplier=PARTS document=D-2 to=ST1
  | item | lot | serials       | sscc               |
  | DISK | DL  | ["D-1"]       | 340063810000000018 |
  | DISK | DL  | ["D-2","D-3"] |                    |
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
  -> entry $left
see entry
  lines:
    | lot | quantity |
    | F1  | 60       |
    | F2  | 10       |
    | DL  | 1        |

# Fewer left: the others lie loose where it stood. Then more.
correct entry=$left reason="counted wrongly"
  | line | quantity |
  | 0    | 55       |
  -> entry $fewer
ask handling_unit sscc=340063810000000018
  place: customer
  goods:
    | lot | quantity |
    | F1  | 55       |
    | F2  | 10       |
    | DL  | 1        |
dispatch customer=HOTEL document=N-2
  | item  | lot | quantity | from |
  | FLOUR | F1  | 25       | ST1  |
  -> entry $loose
undo entries=$loose reason="not yet"
correct entry=$fewer reason="counted wrongly again"
  | line | quantity |
  | 0    | 62       |
  -> entry $more
ask delivery_note document=N-1
  lines:
    | lot | quantity | sscc               | change  |
    | F1  | 62       | 340063810000000018 | changed |
    | F2  | 10       | 340063810000000018 |         |
    | DL  | 1        | 340063810000000018 |         |
correct entry=$more reason="counted wrongly again"
  | line | quantity |
  | 0    | 81       |
  -> refused in_the_way /lines
correct entry=$more reason="stood elsewhere"
  | line | from |
  | 0    | COLD |
  -> refused cannot_be_corrected /lines/0/from "void the dispatch"

# Another lot and another unit were on it, and a line was not.
replace entry=$more item=FLOUR lot=F1 with=F2 reason="label read wrongly"
  -> entry $other
ask handling_unit sscc=340063810000000018
  goods:
    | lot | serial | quantity |
    | F2  |        | 72       |
    | DL  | D-1    | 1        |
replace entry=$other item=DISK serial=D-1 with_serial=D-2 reason="read wrongly"
  -> entry $disk
correct entry=$disk reason="was not on it"
  | line | remove |
  | 1    | yes    |
  -> entry $gone
ask handling_unit sscc=340063810000000018
  goods:
    | lot | serial | quantity |
    | F2  |        | 62       |
    | DL  | D-2    | 1        |
see stock
  | item  | lot | place | quantity |
  | FLOUR | F1  | ST1   | 80       |
  | FLOUR | F2  | ST1   | 28       |
  | DISK  | DL  | ST1   | 2        |

# It never left: it stands elsewhere, with what is known to be on it.
void_dispatch document=N-1 to=COLD reason="truck broke down"
ask handling_unit sscc=340063810000000018
  place: COLD
  goods:
    | lot | serial | quantity |
    | F2  |        | 62       |
    | DL  | D-2    | 1        |
see stock
  | item  | lot | place | quantity |
  | FLOUR | F1  | ST1   | 80       |
  | FLOUR | F2  | ST1   | 28       |
  | FLOUR | F2  | COLD  | 62       |
  | DISK  | DL  | ST1   | 2        |
  | DISK  | DL  | COLD  | 1        |

# A case left alone, and never left: its pallet is elsewhere by now, so it stands by itself.
pack sscc=340063810000000025 place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 5        |
pack sscc=340063810000000032 place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 30       |
nest_unit sscc=340063810000000025 into=340063810000000032
dispatch customer=CAFE document=N-3 handling_units=340063810000000025
move_unit sscc=340063810000000032 to=COLD
void_dispatch document=N-3 to=ST1 reason="left standing"
ask handling_unit sscc=340063810000000025
  place: ST1
  inside: ""
  goods:
    | lot | quantity |
    | F1  | 5        |
# While its pallet is there, it stands on it again.
move_unit sscc=340063810000000032 to=ST1
nest_unit sscc=340063810000000025 into=340063810000000032
dispatch customer=CAFE document=N-4 handling_units=340063810000000025
void_dispatch document=N-4 to=ST1 reason="left standing"
ask handling_unit sscc=340063810000000025
  inside: 340063810000000032

# An empty pallet leaves, too, and can be void.
unpack sscc=340063810000000018
dispatch customer=CAFE document=N-5 handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  place: customer
ask delivery_note document=N-5
  is_void: false
  handling_units: 340063810000000018
void_dispatch document=N-5 to=ST1 reason="stayed"
void_dispatch document=N-5 to=ST1 reason="stayed"
  -> refused not_dispatched /document
ask delivery_note document=N-5
  version: 2
  is_void: true
ask handling_unit sscc=340063810000000018
  place: ST1
