# Goods of ours in a customer's store: ours until he takes them, and told of in every recall
# proves: R20, R22, R23, R40, R82

use bakery
set_place code=PANTRY   name="Hotel, pantry" kind=external parent=HOME partner=HOTEL
set_place code=PANTRY-1 name="Top shelf"     kind=bin      parent=PANTRY
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | supplier_lot |
  | FLOUR | F1  | 100      | 88A1         |
produce document=PO-1
  inputs:
    | item  | lot | quantity | from |
    | FLOUR | F1  | 40       | ST1  |
  outputs:
    | item | lot | quantity | to  | expires_on |
    | CAKE | C1  | 100      | ST1 | 2026-03-10 |
move document=K-1
  | item | lot | quantity | from | to       |
  | CAKE | C1  | 40       | ST1  | PANTRY-1 |

# It is on hand, and not to be had for anything of ours or for anybody else.
see stock item=CAKE
  | lot | place    | quantity |
  | C1  | ST1      | 60       |
  | C1  | PANTRY-1 | 40       |
ask fefo item=CAKE
  rows:
    | lot | available | on_hand |
    | C1  | 60        | 100     |
dispatch customer=CAFE document=N-1
  | item | lot | quantity | from     |
  | CAKE | C1  | 5        | PANTRY-1 |
  -> refused place_is_blocked /lines/0/lot
release_order document=PO-2 place=BAKE
consume document=PO-2
  | item | lot | quantity | from     |
  | CAKE | C1  | 5        | PANTRY-1 |
  -> refused place_is_blocked /lines/0/lot
set_sales_order number=SO-1 customer=HOTEL site=HOME
  | line | item | quantity |
  | 1    | CAKE | 80       |
ask pick_list order=SO-1
  take:
    | lot | place | quantity |
    | C1  | ST1   | 60       |

# A recall finds it with the hotel, though it was never sold.
ask trace_forward item=FLOUR lot=F1
  customers: none
  ours:
    | partner | place    | item | lot | quantity |
    | HOTEL   | PANTRY-1 | CAKE | C1  | 40       |

# The hotel takes fifteen: they are sold from where they lie.
dispatch customer=HOTEL address=HOTEL-1 document=N-2
  | item | lot | quantity | from     |
  | CAKE | C1  | 15       | PANTRY-1 |
  -> warnings none
dispatch customer=HOTEL document=N-3
  | item | lot | quantity | from     |
  | CAKE | C1  | 26       | PANTRY-1 |
  -> refused not_enough /lines/0/quantity
ask trace_forward item=FLOUR lot=F1
  customers:
    | partner | item | dispatched |
    | HOTEL   | CAKE | 15         |
  ours:
    | partner | quantity |
    | HOTEL   | 25       |
ask trace_back item=CAKE lot=C1
  suppliers:
    | partner | item  | lot | supplier_lot |
    | MILL    | FLOUR | F1  | 88A1         |
  ours: none

# What was sold comes back as a return; what was not is fetched, and was ours all the time.
return_goods customer=HOTEL document=R-1 reference=N-2
  | item | lot | quantity | to   |
  | CAKE | C1  | 3        | BACK |
move document=K-2
  | item | lot | quantity | from     | to  |
  | CAKE | C1  | 5        | PANTRY-1 | ST1 |
# What is not on the shelf any more and nobody signed for is counted.
count place=PANTRY-1 confirmed_by=Ben
  | item | lot | quantity |
  | CAKE | C1  | 18       |
see stock item=CAKE
  | lot | place    | quantity |
  | C1  | ST1      | 65       |
  | C1  | PANTRY-1 | 18       |
  | C1  | BACK     | 3        |

# Held, or expired, it is not sold there either.
hold number=H-1 reason="glass in the flour"
  | item | lot |
  | CAKE | C1  |
dispatch customer=HOTEL document=N-4
  | item | lot | quantity | from     |
  | CAKE | C1  | 1        | PANTRY-1 |
  -> refused lot_is_on_hold /lines/0/lot
lift_hold number=H-1 reason="it was sugar"
at 2026-03-11T08:00Z
dispatch customer=HOTEL document=N-4
  | item | lot | quantity | from     |
  | CAKE | C1  | 1        | PANTRY-1 |
  -> refused lot_has_expired /lines/0/lot
dispose reason=expired
  | item | lot | quantity | from     |
  | CAKE | C1  | 18       | PANTRY-1 |
ask trace_forward item=CAKE lot=C1
  customers:
    | partner | dispatched | returned | quantity |
    | HOTEL   | 15         | 3        | 12       |
  ours: none

# A supplier's goods in our store are his, and not in this book (R23), until we take them: then they are received.
receive supplier=TRADE document=K-9 to=BAKE
  | item  | lot | quantity | supplier_lot |
  | YEAST | Y1  | 2        | 7            |
ask trace_back item=YEAST lot=Y1
  suppliers:
    | partner | documents |
    | TRADE   | K-9   |
