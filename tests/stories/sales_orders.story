# Sales orders are reserved, picked first expired first, and leave on delivery notes
# proves: R20, R40, R41, R50, R51, R52, R53, R80, R81

use bakery
set_place code=SHIP2 name="Second ramp" kind=staging parent=HOME
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item | lot | quantity | to   | expires_on |
  | CAKE | C20 | 60       | ST1  | 2026-03-20 |
  | CAKE | C10 | 20       | ST1  | 2026-03-10 |
  | CAKE | C10 | 10       | COLD | 2026-03-10 |
  | CAKE | C01 | 30       | ST1  | 2026-03-02 |
  | CAKE | C05 | 15       | ST1  | 2026-03-05 |
  | CAKE | C06 | 15       | DOCK | 2026-03-06 |
hold reason="labels wrong"
  | item | lot |
  | CAKE | C05 |
at 2026-03-03T08:00Z

set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME due_on=2026-03-04
  | line | item | quantity |
  | 1    | CAKE | 40       |
  -> kind set_order
  -> order SO-1
  -> entry $set

# The same again changes nothing and answers the same, under whatever key.
set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME due_on=2026-03-04
  | line | item | quantity |
  | 1    | CAKE | 40       |
  -> entry $set

ask availability item=CAKE site=HOME
  usable: 90
  reserved: 40
  available: 50

# What expires first goes first; what expired, is held, or lies on the dock is not proposed.
ask pick_list order=SO-1
  take, in order:
    | line | lot | place | quantity | why                      |
    | 1    | C10 | COLD  | 10       | goes first: due 2026-03-10 |
    | 1    | C10 | ST1   | 20       | next: due 2026-03-10       |
    | 1    | C20 | ST1   | 10       | next: due 2026-03-20       |
  lacking: none

release_pick order=SO-1
  -> kind release_pick
  -> entry $released
release_pick order=SO-1
  -> entry $released

# Not more than is open, and only into staging.
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 41       | ST1  |
  -> refused more_than_ordered /lines/0/quantity
pick order=SO-1 to=COLD
  | line | lot | quantity | from |
  | 1    | C10 | 1        | ST1  |
  -> refused place_not_allowed /to
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 2    | C10 | 1        | ST1  |
  -> refused not_found /lines/0/line

# An expired lot goes to nobody, and neither does a held one.
pick order=SO-1 to=SHIP override_fefo=yes reason=urgent
  | line | lot | quantity | from |
  | 1    | C01 | 1        | ST1  |
  -> refused lot_has_expired /lines/0/lot
pick order=SO-1 to=SHIP override_fefo=yes reason=urgent
  | line | lot | quantity | from |
  | 1    | C05 | 1        | ST1  |
  -> refused lot_is_on_hold /lines/0/lot

# The lots of a line may be fetched in any order, as long as those that go first stay chosen.
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 10       | ST1  |
  -> kind pick
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 1        | ST1  |
  -> refused not_first_to_go /lines/0/lot "lot C10 of CAKE, due 2026-03-10, goes before"

pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 20       | ST1  |
ask trade_order number=SO-1
  lines:
    | line | ordered | open | reserved | bound | picked | done |
    | 1    | 40      | 10   | 10       | 10    | 30     | 0    |
see stock item=CAKE
  | lot | place | quantity |
  | C20 | ST1   | 50       |
  | C20 | SHIP  | 10       |
  | C10 | SHIP  | 20       |
  | C10 | COLD  | 10       |
  | C01 | ST1   | 30       |
  | C05 | ST1   | 15       |
  | C06 | DOCK  | 15       |

# What is picked is for that order alone.
move
  | item | lot | quantity | from | to  |
  | CAKE | C20 | 1        | SHIP | ST1 |
  -> refused picked_for_order /lines/0/quantity "SO-1"
dispatch customer=HOTEL document=N-0
  | item | lot | quantity | from |
  | CAKE | C20 | 1        | SHIP |
  -> refused picked_for_order /lines/0/quantity

# An order that is being picked is neither changed nor cancelled.
set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME due_on=2026-03-04
  | line | item | quantity |
  | 1    | CAKE | 50       |
  -> refused order_has_begun /number "line 1: 30 picked"
cancel_trade_order kind=sales number=SO-1
  -> refused order_has_begun /number "line 1: 30 picked"

# A part leaves.
dispatch_order order=SO-1 document=N-1
  | line | lot | quantity | from |
  | 1    | C10 | 20       | SHIP |
  -> kind dispatch
see entry
  kind: dispatch
  partner: CAFE
  address: CAFE-1
  document: N-1
  reference: SO-1
  lines:
    | item | lot | from | to       | quantity |
    | CAKE | C10 | SHIP | customer | 20       |
ask trace_forward item=CAKE lot=C10
  customers:
    | partner | item | dispatched |
    | CAFE    | CAKE | 20         |

# It never left: it is picked for the order again, since it lies in staging.
void_dispatch document=N-1 to=SHIP2 reason="truck broke down"
ask trade_order number=SO-1
  lines:
    | line | open | bound | picked | done |
    | 1    | 10   | 10    | 30     | 0    |
dispatch_order order=SO-1 document=N-2
  -> kind dispatch
  -> entry $left
dispatch_order order=SO-1 document=N-3
  -> refused not_picked /order

# The rest is put on hold after it was picked: it goes back.
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 10       | COLD |
hold reason="found damaged"
  | item | lot |
  | CAKE | C10 |
dispatch_order order=SO-1 document=N-3
  -> refused lot_is_on_hold /lines
ask pick_list order=SO-1
  take: none
  put_back:
    | line | lot | place | quantity | why            |
    | 1    | C10 | SHIP  | 10       | lot_is_on_hold |
put_back order=SO-1
  | line | lot | quantity | from | to  |
  | 1    | C10 | 11       | SHIP | ST1 |
  -> refused not_picked /lines/0/quantity
put_back order=SO-1
  | line | lot | quantity | from | to   |
  | 1    | C10 | 10       | SHIP | QUAR |
ask pick_list order=SO-1
  take:
    | line | lot | place | quantity |
    | 1    | C20 | ST1   | 10       |
  put_back: none
pick order=SO-1 to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 10       | ST1  |

# A count that finds less in staging takes it from the order.
count place=SHIP reason=dropped confirmed_by=Zoe
  | item | lot | quantity |
  | CAKE | C20 | 7        |
  -> warning picked_goods_lost
ask trade_order number=SO-1
  lines:
    | line | open | bound | picked | done |
    | 1    | 3    | 0     | 7      | 30   |
close_trade_order kind=sales number=SO-1 reason="customer has enough"
  -> refused order_has_begun /number
dispatch_order order=SO-1 document=N-3
close_trade_order kind=sales number=SO-1 reason="customer has enough"
ask trade_orders state=closed
  rows:
    | number | partner | state  | is_done |
    | SO-1   | CAFE    | closed | false   |
set_sales_order number=SO-1 customer=CAFE address=CAFE-1 site=HOME due_on=2026-03-04
  | line | item | quantity |
  | 1    | CAKE | 50       |
  -> refused order_not_open /number
