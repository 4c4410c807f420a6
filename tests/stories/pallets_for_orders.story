# The pick list says which pallet goods are taken off; a pallet is picked, put back and sent whole
# proves: R20, R24, R41, R51, R52, R80

use bakery
set_attribute code=TEMP name="Temperature" kind=number unit=CEL asked_at=dispatch required=yes category=cold
set_item code=CREAM name="Cream filling" unit=KGM decimals=3 category=cold
at 2026-03-02T08:00Z
receive supplier=DAIRY document=D-1 to=ST1
  | item  | lot | quantity | expires_on | sscc               |
  | CREAM | C1  | 60       | 2026-04-01 | 340063810000000018 |
  | CREAM | C2  | 30       | 2026-05-01 | 340063810000000025 |
  | FLOUR | F1  | 10       |            | 340063810000000025 |
  | CREAM | C2  | 5        | 2026-05-01 |                    |
set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME
  | line | item  | quantity |
  | 1    | CREAM | 95       |
  | 3    | FLOUR | 4        |
release_pick order=SO-1
ask pick_list order=SO-1
  take:
    | line | lot | quantity | place | sscc               |
    | 1    | C1  | 60       | ST1   | 340063810000000018 |
    | 1    | C2  | 5        | ST1   |                    |
    | 1    | C2  | 30       | ST1   | 340063810000000025 |
    | 3    | F1  | 4        | ST1   | 340063810000000025 |

# Loose goods are not taken off a pallet unsaid; said, they are. More than is on it is not.
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 3    | F1  | 4        | ST1  |
  -> refused on_handling_unit /lines/0/quantity
pick order=SO-1 to=SHIP
  | line | lot | quantity | from | sscc               |
  | 3    | F1  | 4        | ST1  | 340063810000000018 |
  -> refused not_on_handling_unit /lines/0/quantity "are 0 of that"
pick order=SO-1 to=SHIP
  | line | lot | quantity | from | sscc               |
  | 3    | F1  | 4        | COLD | 340063810000000025 |
  -> refused place_not_allowed /lines/0/from "stands in ST1"
pick order=SO-1 to=SHIP
  | line | lot | quantity | from | sscc               |
  | 3    | F1  | 4        | ST1  | 340063810000000025 |
  -> entry $flour
correct entry=$flour reason="one more was taken"
  | line | quantity |
  | 0    | 3        |
ask handling_unit sscc=340063810000000025
  goods:
    | lot | quantity |
    | C2  | 30       |
    | F1  | 7        |

# A full pallet goes to staging whole, shared among the lines that want what is on it; not one with more than that.
pick order=SO-1 to=SHIP
  -> refused missing /lines
pick order=SO-1 to=SHIP handling_units=340063810000000025
  -> refused more_than_ordered /handling_units/0 "are 6 of lot F1"
pick order=SO-1 to=SHIP handling_units=340063810000000018
  -> entry $picked
see entry
  lines:
    | lot | from | to   | quantity |
    | C1  | ST1  | SHIP | 60       |
ask handling_unit sscc=340063810000000018
  place: SHIP
ask trade_order kind=sales number=SO-1
  lines:
    | line | picked | bound |
    | 1    | 60     | 35    |
    | 3    | 3      | 1     |

# It goes back, and is picked again.
put_back order=SO-1 handling_units=340063810000000018
  -> refused missing /to
put_back order=SO-1 to=COLD handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  place: COLD
put_back order=SO-1 to=ST1 handling_units=340063810000000018
  -> refused not_picked /handling_units/0 "were not picked for order SO-1"
pick order=SO-1 to=SHIP handling_units=340063810000000018
dispatch_order order=SO-1 document=N-1 handling_units=["340063810000000018","340063810000000018"]
  | line | lot | quantity | from | attributes                          |
  | 1    | C1  | 60       | SHIP | [{"attribute":"TEMP","value":"4"}]  |
  -> refused malformed /handling_units/1 "named twice"
dispatch_order order=SO-1 document=N-1 handling_units=340063810000000018
  | line | lot | quantity | from | attributes                          |
  | 1    | C1  | 60       | SHIP | [{"attribute":"TEMP","value":"4"}]  |
ask delivery_note document=N-1
  lines:
    | lot | quantity | sscc               |
    | C1  | 60       | 340063810000000018 |

# What the book asks for at dispatch is asked of pallets, too, once for all that is on them.
dispatch customer=HOTEL document=N-2 handling_units=340063810000000025
  -> refused attribute_needed /attributes "TEMP"
dispatch customer=HOTEL document=N-2 attributes=[{"attribute":"TEMP","value":"5"}]
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 1        | ST1  | 340063810000000025 |
  -> refused malformed /attributes
dispatch customer=HOTEL document=N-2 handling_units=340063810000000025 attributes=[{"attribute":"TEMP","value":"5"}]

# What is on one is shared among the lines that want it.
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity | sscc               |
  | DOUGH | X1  | 7        | 340063810000000032 |
set_sales_order number=SO-2 customer=CAFE address=CAFE-1 site=HOME
  | line | item  | quantity |
  | 1    | DOUGH | 3        |
  | 2    | DOUGH | 4        |
pick order=SO-2 to=SHIP handling_units=340063810000000032
ask trade_order kind=sales number=SO-2
  lines:
    | line | picked |
    | 1    | 3      |
    | 2    | 4      |
put_back order=SO-2 to=ST1 handling_units=340063810000000032
ask handling_unit sscc=340063810000000032
  place: ST1
