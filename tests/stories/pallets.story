# A pallet of mixed lots: packed, dispatched, voided, packed anew, dispatched again, partly returned
# proves: R24, R28, R80, R81, R82

use bakery
set_book name="Bakery" time_zone=UTC gs1_company_prefix=12345
  -> refused not_a_code /gs1_company_prefix
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 100      |                    |
  | FLOUR | F2  | 60       | 12345              |
  | FLOUR | F3  | 40       | 340063810000000016 |
  -> refused not_an_sscc /lines/1/sscc "18 digits"
  -> refused not_an_sscc /lines/2/sscc
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 100      |                    |
  | FLOUR | F2  | 60       | 340063810000000018                |
  | FLOUR | F3  | 40       | 340063810000000018                |

# What is on it lies where it stands.
ask handling_unit sscc=340063810000000018
  place: ST1
  goods:
    | item  | lot | quantity |
    | FLOUR | F2  | 60       |
    | FLOUR | F3  | 40       |
ask handling_units place=ST1
  rows:
    | sscc | lots |
    | 340063810000000018  | 2    |
see stock
  | item  | lot | place | quantity |
  | FLOUR | F1  | ST1   | 100      |
  | FLOUR | F2  | ST1   | 60       |
  | FLOUR | F3  | ST1   | 40       |

# Loose goods are taken loose; what is on a pallet goes with it, or is unpacked first.
dispatch customer=CAFE document=N-0
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
  -> refused on_handling_unit /lines/0/quantity "are on handling unit"
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F2  | 70       |
  | FLOUR | F1  | 1        |
  -> refused not_on_handling_unit /lines/0/quantity "are 60"
  -> refused not_on_handling_unit /lines/1/quantity
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F2  | 10       |
pack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 101      |
  -> refused on_handling_unit /lines
pack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 30       |

# A case stands on it, and both go together.
pack sscc=340063810000000025
  | item  | lot | quantity |
  | FLOUR | F1  | 5        |
  -> refused missing /place
pack sscc=340063810000000025 place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 5        |
nest_unit sscc=340063810000000025 into=340063810000000025
  -> refused place_not_allowed /into
nest_unit sscc=340063810000000025 into=340063810000000018
nest_unit sscc=340063810000000018 into=340063810000000025
  -> refused place_not_allowed /into
at 2026-03-02T09:00Z
move_unit sscc=340063810000000018 to=SHIP
  -> entry $moved
ask handling_unit sscc=340063810000000018
  place: SHIP
  goods:
    | sscc | lot | quantity |
    | 340063810000000018  | F1  | 30       |
    | 340063810000000018  | F2  | 50       |
    | 340063810000000018  | F3  | 40       |
    | 340063810000000025  | F1  | 5        |
see stock
  | lot | place | quantity |
  | F1  | ST1   | 65       |
  | F1  | SHIP  | 35       |
  | F2  | ST1   | 10       |
  | F2  | SHIP  | 50       |
  | F3  | SHIP  | 40       |
undo entries=$moved reason="wrong lane"
ask handling_unit sscc=340063810000000025
  place: ST1
  inside: 340063810000000018
move_unit sscc=340063810000000018 to=COLD

# It leaves with all that is on it; its label is used for ever.
at 2026-03-03T08:00Z
dispatch customer=CAFE address=CAFE-1 document=N-1
  -> refused missing /lines
dispatch customer=CAFE address=CAFE-1 document=N-1 handling_units=340063810000000018
see entry
  lines:
    | lot | from | to       | quantity |
    | F1  | COLD | customer | 30       |
    | F2  | COLD | customer | 50       |
    | F3  | COLD | customer | 40       |
    | F1  | COLD | customer | 5        |
ask handling_unit sscc=340063810000000018
  place: customer
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity | sscc |
  | FLOUR | F9  | 10       | 340063810000000018  |
  -> refused sscc_used /lines/0/sscc
move_unit sscc=340063810000000018 to=ST1
  -> refused unknown_handling_unit /sscc

# It never left: it stands in the store again, packed as it was. It is packed anew, and goes.
void_dispatch document=N-1 to=ST1 reason="truck broke down"
ask handling_unit sscc=340063810000000018
  place: ST1
  goods:
    | sscc | lot | quantity |
    | 340063810000000018  | F1  | 30       |
    | 340063810000000018  | F2  | 50       |
    | 340063810000000018  | F3  | 40       |
    | 340063810000000025  | F1  | 5        |
unpack sscc=340063810000000018
pack sscc=340063810000000032 place=ST1
  | item  | lot | quantity |
  | FLOUR | F2  | 60       |
  | FLOUR | F3  | 15       |
at 2026-03-04T08:00Z
dispatch customer=CAFE address=CAFE-1 document=N-2 handling_units=340063810000000032
return_goods customer=CAFE document=R-1 reference=N-2
  | item  | lot | quantity | to   |
  | FLOUR | F3  | 5        | BACK |
see stock
  | lot | place | quantity |
  | F1  | ST1   | 100      |
  | F3  | ST1   | 25       |
  | F3  | BACK  | 5        |
ask trace_forward item=FLOUR lot=F3
  customers:
    | partner | dispatched | returned | quantity |
    | CAFE    | 15         | 5        | 10       |

# What was done behind it stands in the way.
undo entries=$moved reason="again"
  -> refused already_corrected /entries/0
ask scans code=340063810000000025
  meaning/0/kind: handling_unit
