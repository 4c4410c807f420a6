# Orders that compete, and a picker who holds what the book does not have
# proves: R28, R51, R52, R60

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item | lot | quantity | to  | expires_on |
  | CAKE | C10 | 40       | ST1 | 2026-03-10 |
  | CAKE | C20 | 60       | ST1 | 2026-03-20 |
set_sales_order number=SO-A customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 60       |
set_sales_order number=SO-B customer=HOTEL site=HOME
  | line | item | quantity |
  | 1    | CAKE | 60       |

# Who came first is served first, whoever releases first.
release_pick order=SO-B
  -> warning not_all_allocated
ask trade_order number=SO-B
  lines:
    | open | reserved | bound |
    | 60   | 40       | 40    |
ask pick_list order=SO-B
  take:
    | lot | quantity |
    | C10 | 40       |
  lacking:
    | line | quantity | why                                  |
    | 1    | 20       | Orders made before want what is there. |
release_pick order=SO-A
ask trade_order number=SO-A
  lines:
    | open | reserved | bound |
    | 60   | 60       | 60    |

# C10 is chosen for the other order: it is no reason to refuse C20, and not to be had.
pick order=SO-A to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 10       | ST1  |
  -> refused reserved_for_others /lines/0/lot "SO-B"
pick order=SO-A to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 60       | ST1  |
pick order=SO-B to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 40       | ST1  |
pick order=SO-B to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 1        | ST1  |
  -> refused not_enough /lines/0/quantity "confirm_here"

# The book has none left, the picker has 20 in his hands: one confirmation more.
pick order=SO-B to=SHIP confirm_here=yes
  | line | lot | quantity | from |
  | 1    | C10 | 20       | ST1  |
  -> warning have_it_here
see stock item=CAKE
  | lot | place | quantity |
  | C10 | SHIP  | 60       |
  | C20 | SHIP  | 60       |
dispatch_order order=SO-A document=N-A
dispatch_order order=SO-B document=N-B
see stock item=CAKE
  | lot | place | quantity |

# A pick is taken back, and its goods are chosen again.
receive supplier=MILL document=D-2
  | item | lot | quantity | to  | expires_on |
  | CAKE | C30 | 10       | ST1 | 2026-03-30 |
set_sales_order number=SO-C customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 10       |
release_pick order=SO-C
pick order=SO-C to=SHIP
  | line | lot | quantity | from |
  | 1    | C30 | 10       | ST1  |
  -> entry $pick
dispatch_order order=SO-C document=N-C
  -> entry $dispatch
undo reason=wrong entries=$pick
  -> refused in_the_way
undo reason=wrong entries=$dispatch
undo reason=wrong entries=$pick
ask trade_order number=SO-C
  lines:
    | open | bound | picked | done |
    | 10   | 10    | 0      | 0    |

# Less was there than the book says.
pick order=SO-C to=SHIP
  | line | lot | quantity | from | is_short |
  | 1    | C30 | 8        | ST1  | yes      |
  -> warning short_pick
ask trade_order number=SO-C
  lines:
    | open | bound | picked | done |
    | 2    | 2     | 8      | 0    |

# Stock that orders wait for frees itself when an order is cancelled.
set_sales_order number=SO-D customer=HOTEL site=HOME
  | line | item | quantity |
  | 1    | CAKE | 5        |
release_pick order=SO-D
  -> refused nothing_to_pick /order
put_back order=SO-C
  | line | lot | quantity | from | to  |
  | 1    | C30 | 8        | SHIP | ST1 |
cancel_trade_order kind=sales number=SO-C
release_pick order=SO-D
ask trade_order number=SO-D
  lines:
    | open | reserved | bound |
    | 5    | 5        | 5     |
ask trade_orders
  rows:
    | number | state     | is_done |
    | SO-A   | open      | true    |
    | SO-B   | open      | true    |
    | SO-C   | cancelled | false   |
    | SO-D   | open      | false   |
