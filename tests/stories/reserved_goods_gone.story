# Goods that were chosen for an order leave without one: work goes on, the order is named, and its lots are chosen anew
# proves: R51, R52

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item | lot | quantity | expires_on |
  | CAKE | C10 | 40       | 2026-03-10 |
  | CAKE | C20 | 60       | 2026-03-20 |
set_sales_order number=SO-A customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 30       |
release_pick order=SO-A
ask pick_list order=SO-A
  take:
    | lot | quantity |
    | C10 | 30       |

# Ten are free; with the eleventh one is gone that was chosen.
dispatch customer=HOTEL document=N-1
  | item | lot | quantity | from |
  | CAKE | C10 | 10       | ST1  |
  -> warnings none
dispatch customer=HOTEL document=N-2
  | item | lot | quantity | from |
  | CAKE | C10 | 12       | ST1  |
  | CAKE | C10 | 8        | ST1  |
  -> warning reserved_goods_gone
  -> entry $gone

# The pick list says what is so now; released again, the order has other lots.
ask pick_list order=SO-A
  take:
    | lot | quantity |
    | C10 | 10       |
    | C20 | 20       |
release_pick order=SO-A
ask trade_order number=SO-A
  lines:
    | open | bound |
    | 30   | 30    |
pick order=SO-A to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 10       | ST1  |
  | 1    | C20 | 20       | ST1  |

# What is used, sampled or thrown away is said in the same way; picked goods are not to be had at all.
set_sales_order number=SO-B customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 40       |
release_pick order=SO-B
consume document=PO-1 open_order=yes
  | item | lot | quantity | from |
  | CAKE | C20 | 5        | ST1  |
  -> warning reserved_goods_gone
dispose reason=crushed
  | item | lot | quantity | from |
  | CAKE | C20 | 5        | ST1  |
  -> warning reserved_goods_gone
transfer_out to_site=LIS document=T-1
  | item | lot | quantity | from |
  | CAKE | C20 | 5        | ST1  |
  -> warning reserved_goods_gone
dispatch customer=HOTEL document=N-3
  | item | lot | quantity | from |
  | CAKE | C20 | 5        | SHIP |
  -> refused picked_for_order /lines/0/quantity "SO-A"

# It never left: the order finds its goods again.
void_dispatch document=N-2 to=ST1 reason="truck broke down"
ask pick_list order=SO-B
  take:
    | lot | quantity |
    | C10 | 20       |
    | C20 | 20       |
