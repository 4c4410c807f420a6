# Who had it stays listed at net zero; what was voided or corrected away is listed as withdrawn, in no total
# proves: R36, R81, R85, R86, R89, R92

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=SHIP
  | item | lot | quantity | supplier_lot |
  | CAKE | C1  | 100      | 55           |
  -> entry $receipt
dispatch customer=CAFE address=CAFE-1 document=N-1
  | item | lot | quantity | from |
  | CAKE | C1  | 40       | SHIP |
  -> entry $n1
dispatch customer=CAFE document=N-2
  | item | lot | quantity | from |
  | CAKE | C1  | 5        | SHIP |
dispatch customer=HOTEL address=HOTEL-1 document=N-3
  | item | lot | quantity | from |
  | CAKE | C1  | 10       | SHIP |
  -> entry $n3
dispatch customer=MARKET document=N-4
  | item | lot | quantity | from |
  | CAKE | C1  | 7        | SHIP |
  -> entry $n4
return_goods customer=CAFE document=R-1 reference=N-1
  | item | lot | quantity | to   |
  | CAKE | C1  | 40       | BACK |
at 2026-03-03T08:00Z
void_dispatch document=N-3 to=SHIP reason="truck did not come"
  -> entry $void
undo entries=$n4 reason="typed for the wrong lot"
  -> entry $undone

ask trace_forward item=CAKE lot=C1
  complete: true
  lots:
    | item | lot | level |
    | CAKE | C1  | 0     |
  customers:
    | partner | address | dispatched | returned | quantity |
    | CAFE    | CAFE-1  | 40         | 40       | 0        |
    | CAFE    |         | 5          | 0        | 5        |
  lots/0/on_hand:
    | place | kind    | quantity |
    | SHIP  | staging | 55       |
    | BACK  | returns | 40       |
  withdrawn:
    | entry | kind       | lot | quantity | partner | document | by_entry | why                     |
    | $n3   | dispatched | C1  | 10       | HOTEL   | N-3      | $void    | truck did not come      |
    | $n4   | dispatched | C1  | 7        | MARKET  | N-4      | $undone  | typed for the wrong lot |

ask trace_back item=CAKE lot=C1
  suppliers:
    | partner | lot | supplier_lot | documents | quantity |
    | MILL    | C1  | 55           | D-1       | 100      |
  withdrawn: none
ask balance item=CAKE lot=C1
  balances:
    | received | returned | dispatched | on_hand | difference |
    | 100      | 40       | 45         | 95      | 0          |

# As known before, nothing was withdrawn.
ask trace_forward item=CAKE lot=C1 at_entry=$n4
  customers:
    | partner | address | dispatched | returned |
    | CAFE    | CAFE-1  | 40         | 0        |
    | CAFE    |         | 5          | 0        |
    | HOTEL   | HOTEL-1 | 10         | 0        |
    | MARKET  |         | 7          | 0        |
  withdrawn: none

# A receipt that was corrected away is withdrawn from the trace backwards.
receive supplier=TRADE document=D-2 to=SHIP
  | item | lot | quantity |
  | CAKE | C2  | 10       |
  -> entry $second
undo entries=$second reason="never came"
  -> entry $gone
ask trace_back item=CAKE lot=C2
  suppliers: none
  withdrawn:
    | entry   | kind     | quantity | partner | by_entry |
    | $second | received | 10       | TRADE   | $gone    |
