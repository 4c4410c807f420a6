# Deliveries against a purchase order: in part, over, unordered, closed short
# proves: R55

use bakery
set_item code=SUGAR name=Sugar unit=KGM decimals=3 receipt_tolerance_percent=10
at 2026-03-02T08:00Z
set_purchase_order number=PO-1 supplier=MILL site=HOME due_on=2026-03-05
  | line | item  | quantity |
  | 10   | FLOUR | 500      |
  | 20   | SUGAR | 100      |
  -> order PO-1
set_purchase_order number=PO-1 supplier=MILL site=HOME due_on=2026-03-06
  | line | item  | quantity |
  | 10   | FLOUR | 0.6      |
  | 20   | SUGAR | 100      |
set_purchase_order number=PO-1 supplier=MILL site=HOME due_on=2026-03-06
  | line | item  | quantity | unit |
  | 10   | FLOUR | 0.6      | TNE  |
  | 20   | SUGAR | 100      |      |
ask trade_order kind=purchase number=PO-1
  lines:
    | line | item  | ordered | open | done |
    | 10   | FLOUR | 600     | 600  | 0    |
    | 20   | SUGAR | 100     | 100  | 0    |

# Less than ordered leaves the line open; a little more than ordered is tolerated.
receive supplier=MILL document=D-1 reference=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 400      | ST1 |
  | SUGAR | S1  | 60       | ST1 |
  | SUGAR | S2  | 50       | ST1 |
  -> warnings none
  -> entry $first
ask trade_order kind=purchase number=PO-1
  lines:
    | line | open | done |
    | 10   | 200  | 400  |
    | 20   | 0    | 110  |

set_purchase_order number=PO-1 supplier=MILL site=HOME due_on=2026-03-06
  | line | item  | quantity |
  | 10   | FLOUR | 700      |
  -> refused order_has_begun /number "line 10: 400 received"
cancel_trade_order kind=purchase number=PO-1
  -> refused order_has_begun /number

# Over the tolerance, or not ordered: it is in the book, and waits.
receive supplier=MILL document=D-2 reference=PO-1
  | item  | lot | quantity | to  |
  | SUGAR | S3  | 1        | ST1 |
  | CAKE  | C1  | 5        | ST1 |
  -> warning received_on_hold
ask holds
  rows:
    | reason                                             |
    | over-delivered: 111 came of 100 ordered with PO-1 |
    | not ordered with PO-1                             |

# A receipt that is corrected or taken back corrects the order with it.
correct entry=$first reason="weighed again" lines=[{"line":0,"quantity":"390"}]
  -> entry $corrected
ask trade_order kind=purchase number=PO-1
  lines, at least:
    | line | open | done |
    | 10   | 210  | 390  |

close_trade_order kind=purchase number=PO-1
  -> refused missing /reason
close_trade_order kind=purchase number=PO-1 reason="mill is out of flour"
ask trade_orders kind=purchase
  rows:
    | number | state  | is_done |
    | PO-1   | closed | false   |
receive supplier=MILL document=D-3 reference=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F2  | 10       | ST1 |
  -> warning received_on_hold
set_purchase_order number=PO-2 supplier=TRADE site=HOME
  | item  | quantity |
  | FLOUR | 10       |
receive supplier=MILL document=D-4 reference=PO-2
  | item  | lot | quantity | to  |
  | FLOUR | F3  | 10       | ST1 |
  -> warning received_on_hold
cancel_trade_order kind=purchase number=PO-2
receive supplier=TRADE document=D-5 reference=PO-2
  | item  | lot | quantity | to  |
  | FLOUR | F4  | 10       | ST1 |
  -> warning received_on_hold
