# Pallets come back from customers whole or in parts, are destroyed whole, and goods are taken off in the same command
# proves: R24, R57, R82, R83, R85

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 60       | 340063810000000018 |
  | FLOUR | F2  | 40       | 340063810000000018 |
  | FLOUR | F1  | 10       | 340063810000000025 |
  | FLOUR | F1  | 30       | 340063810000000032 |
nest_unit sscc=340063810000000025 into=340063810000000018
ask handling_units place=HOME
  rows:
    | sscc               | place |
    | 340063810000000018 | ST1   |
    | 340063810000000025 | ST1   |
    | 340063810000000032 | ST1   |
ask search text="3400 63810000000032"
  rows:
    | noun          | code               |
    | handling_unit | 340063810000000032 |
ask search text=0000032
  rows:
    | noun          | code               |
    | handling_unit | 340063810000000032 |

# Taken off in the same command.
sample to=KEEP reason=ash
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 2        | ST1  | 340063810000000032 |
dispose reason=wet document=W-1
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 3        | ST1  | 340063810000000032 |
  | FLOUR | F1  | 30       | ST1  | 340063810000000032 |
  -> refused not_on_handling_unit /lines/1/quantity "are 25 of that"
dispose reason=wet document=W-1
  | item  | lot | quantity | from | sscc               |
  | FLOUR | F1  | 3        | ST1  | 340063810000000032 |
ask handling_unit sscc=340063810000000032
  goods:
    | lot | quantity |
    | F1  | 25       |

# Sent, and sent back whole.
dispatch customer=CAFE document=N-1 handling_units=340063810000000018
return_goods customer=HOTEL document=R-0 to=BACK handling_units=340063810000000018
  -> refused not_dispatched /handling_units/0 "another customer"
return_goods customer=CAFE document=R-1 handling_units=340063810000000018
  -> refused missing /to
return_goods customer=CAFE document=R-1 to=ST1 handling_units=340063810000000018
  -> refused place_not_allowed /to
return_goods customer=CAFE document=R-1 to=BACK handling_units=340063810000000032
  -> refused unknown_handling_unit /handling_units/0
return_goods customer=CAFE document=R-1 reference=N-1 to=BACK handling_units=340063810000000018
  -> entry $whole
ask handling_unit sscc=340063810000000018
  place: BACK
  goods:
    | sscc               | lot | quantity |
    | 340063810000000018 | F1  | 60       |
    | 340063810000000018 | F2  | 40       |
    | 340063810000000025 | F1  | 10       |
undo entries=$whole reason="came in parts"

# In parts: what is in no line stayed with the customer, and so did the case.
return_goods customer=CAFE document=R-2 reference=N-1
  | item  | lot | quantity | to   | sscc               |
  | FLOUR | F1  | 70       | BACK | 340063810000000018 |
  -> refused not_on_handling_unit /lines/0/quantity "had left 60"
return_goods customer=CAFE document=R-2 reference=N-1
  | item  | lot | quantity | to   | sscc               |
  | FLOUR | F1  | 20       | BACK | 340063810000000018 |
  | FLOUR | F2  | 40       | BACK |                    |
ask handling_unit sscc=340063810000000018
  place: BACK
  goods:
    | sscc               | lot | quantity |
    | 340063810000000018 | F1  | 20       |
ask handling_unit sscc=340063810000000025
  place: customer
  inside: ""
return_goods customer=CAFE document=R-3 to=BACK handling_units=340063810000000025
see stock
  | lot | place | quantity |
  | F1  | ST1   | 25       |
  | F1  | KEEP  | 2        |
  | F1  | BACK  | 30       |
  | F2  | BACK  | 40       |

# Destroyed whole; only quality moves what came back for use, and nothing is destroyed twice.
dispose reason=stale document=W-2
  -> refused missing /lines
dispose reason=stale document=W-2 handling_units=340063810000000018
ask handling_unit sscc=340063810000000018
  place: disposed
dispose reason=stale document=W-3 handling_units=340063810000000018
  -> refused unknown_handling_unit /handling_units/0

# Everything that could be affected, from the pallet.
ask trace_forward handling_units=340063810000000032
  lots:
    | item  | lot |
    | FLOUR | F1  |
  customers:
    | partner | dispatched | returned |
    | CAFE    | 70         | 30       |
ask trace_back handling_units=340063810000000094
  -> refused unknown_handling_unit /handling_units/0

# The book says which SSCC it made.
set_book name="Bakery" time_zone=UTC gs1_company_prefix=4006381
pack place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 0.5      |
  -> refused on_handling_unit /lines
unpack sscc=340063810000000032
pack place=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 25       |
  -> handling_unit $sscc
ask handling_unit sscc=$sscc
  place: ST1
