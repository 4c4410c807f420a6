# What is weighed and counted is there in both: the scale's rest hides no layer, and is not taken off a pallet unsaid
# proves: R18, R24, R75, R76

use bakery
set_place code=VAT name="Brine vat" kind=vessel parent=HOME mixing=mixes residue=0
set_item code=HAM name=Ham unit=KGM decimals=3 unit2=EA
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=COLD
  | item | lot | quantity | quantity2 |
  | HAM  | H1  | 20       | 10        |
  | HAM  | H2  | 20       | 10        |
fill vessel=VAT
  | item | lot | quantity | quantity2 | from |
  | HAM  | H1  | 10       | 5         | COLD |

# All that was weighed in is out; a piece too few was counted. The vat is empty, and what was in it is told.
move
  | item | lot | quantity | quantity2 | from | to   |
  | HAM  | H1  | 10       | 4         | VAT  | COLD |
ask vessel vessel=VAT
  state: not_emptied
  last_lot: H1
empty vessel=VAT
clean vessel=VAT
fill vessel=VAT
  | item | lot | quantity | quantity2 | from |
  | HAM  | H2  | 10       | 5         | COLD |
ask vessel vessel=VAT
  layers:
    | lot | quantity | quantity2 |
    | H2  | 10       | 5         |

# On a pallet one piece is left, without weight: it stays on it until it is taken off.
pack sscc=340063810000000018 place=COLD
  | item | lot | quantity | quantity2 |
  | HAM  | H2  | 10       | 5         |
unpack sscc=340063810000000018
  | item | lot | quantity | quantity2 |
  | HAM  | H2  | 10       | 4         |
dispatch customer=CAFE document=N-1
  | item | lot | quantity | quantity2 | from |
  | HAM  | H2  | 10       | 5         | COLD |
  -> refused on_handling_unit /lines/0/quantity
unpack sscc=340063810000000018
dispatch customer=CAFE document=N-1
  | item | lot | quantity | quantity2 | from |
  | HAM  | H2  | 10       | 5         | COLD |
