# Taken apart: known lots come back as themselves, all else is new and linked to the whole
# proves: R73, R85

use bakery
set_item code=PUMP  name=Pump  unit=EA
set_item code=MOTOR name=Motor unit=EA
set_item code=CASE  name=Case  unit=EA
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | supplier_lot |
  | MOTOR | M1  | 5        | MX           |
  | CASE  | K1  | 5        |              |
produce document=PO-1 reason="put together" inputs=[{"item":"MOTOR","lot":"M1","quantity":"2","from":"ST1"},{"item":"CASE","lot":"K1","quantity":"2","from":"ST1"}]
  outputs=[{"item":"PUMP","lot":"P1","quantity":"2","to":"ST1"}]
disassemble item=PUMP lot=P1 quantity=1 from=ST1 document=DIS-1
  parts:
    | item  | lot | quantity | to  |
    | MOTOR | M1  | 1        | ST1 |
    | CASE  | K9  | 1        | ST1 |
  -> lot CASE K9
see stock
  | item  | lot | place | quantity |
  | MOTOR | M1  | ST1   | 4        |
  | CASE  | K1  | ST1   | 3        |
  | CASE  | K9  | ST1   | 1        |
  | PUMP  | P1  | ST1   | 1        |

# The motor came back as itself; the case came out of the pump, and is of both cases' and motors' making.
ask trace_back item=CASE lot=K9
  lots:
    | item  | lot | level |
    | CASE  | K9  | 0     |
    | PUMP  | P1  | 1     |
    | CASE  | K1  | 2     |
    | MOTOR | M1  | 2     |
ask trace_forward item=MOTOR lot=M1
  lots:
    | item  | lot | level |
    | MOTOR | M1  | 0     |
    | PUMP  | P1  | 1     |
    | CASE  | K9  | 2     |
ask balance item=MOTOR lot=M1
  balances:
    | received | yielded | consumed | on_hand | difference |
    | 5        | 1       | 2        | 4       | 0          |

disassemble item=PUMP lot=P1 quantity=1 from=ST1
  parts:
    | item  | lot | quantity | to   |
    | MOTOR | M1  | 1        | NOPE |
  -> refused unknown_place /parts/0/to
disassemble item=PUMP lot=P1 quantity=2 from=ST1
  parts:
    | item  | lot | quantity | to  |
    | MOTOR | M1  | 1        | ST1 |
  -> refused not_enough /quantity
