# An order that wants one item by several lines shares out what there is among them
# proves: R51, R52

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1
  | item | lot | quantity | to  | expires_on |
  | CAKE | C10 | 60       | ST1 | 2026-03-10 |
set_sales_order number=SO-A customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 40       |
  | 2    | CAKE | 55       |

# The first line has its 40, the second what is left: nobody is promised what the first has.
ask trade_order number=SO-A
  lines:
    | line | open | reserved |
    | 1    | 40   | 40       |
    | 2    | 55   | 20       |
ask pick_list order=SO-A
  take:
    | line | lot | quantity |
    | 1    | C10 | 40       |
    | 2    | C10 | 20       |
  lacking:
    | line | quantity |
    | 2    | 35       |
release_pick order=SO-A
  -> warning not_all_allocated
ask trade_order number=SO-A
  lines:
    | line | open | bound |
    | 1    | 40   | 40    |
    | 2    | 55   | 20    |

# More comes in, and is for the line that lacks it.
receive supplier=MILL document=D-2
  | item | lot | quantity | to  | expires_on |
  | CAKE | C20 | 50       | ST1 | 2026-03-20 |
release_pick order=SO-A
ask pick_list order=SO-A
  take:
    | line | lot | quantity |
    | 1    | C10 | 40       |
    | 2    | C10 | 20       |
    | 2    | C20 | 35       |

# An order made later gets what both lines leave over.
set_sales_order number=SO-B customer=HOTEL site=HOME
  | line | item | quantity |
  | 1    | CAKE | 10       |
  | 2    | CAKE | 10       |
release_pick order=SO-B
  -> warning not_all_allocated
ask trade_order number=SO-B
  lines:
    | line | open | reserved | bound |
    | 1    | 10   | 10       | 10    |
    | 2    | 10   | 5        | 5     |

# Beyond what is bound, its lines together get no more of it than one line could, in one command or in two.
pick order=SO-B to=SHIP override_fefo=yes reason=test
  | line | lot | quantity | from |
  | 1    | C20 | 10       | ST1  |
  | 2    | C20 | 6        | ST1  |
  -> refused reserved_for_others /lines/1/lot
pick order=SO-B to=SHIP
  | line | lot | quantity | from |
  | 1    | C20 | 10       | ST1  |
  | 2    | C20 | 5        | ST1  |
pick order=SO-A to=SHIP
  | line | lot | quantity | from |
  | 1    | C10 | 40       | ST1  |
  | 2    | C10 | 20       | ST1  |
  | 2    | C20 | 35       | ST1  |
see stock item=CAKE
  | lot | place | quantity |
  | C10 | SHIP  | 60       |
  | C20 | SHIP  | 50       |

# A pick that took less than was written keeps the rest of the 45 chosen for its line; 5 are for SO-B before it.
receive supplier=MILL document=D-3
  | item | lot | quantity | to  | expires_on |
  | CAKE | C30 | 50       | ST1 | 2026-03-30 |
set_sales_order number=SO-C customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | CAKE | 50       |
release_pick order=SO-C
pick order=SO-C to=SHIP
  | line | lot | quantity | from |
  | 1    | C30 | 45       | ST1  |
  -> entry $wrong
correct entry=$wrong reason="Counted wrong"
  | line | quantity |
  | 0    | 30       |
ask trade_order number=SO-C
  lines:
    | line | open | bound | picked |
    | 1    | 20   | 15    | 30     |

# A pick whose goods were put back is not taken back, though the line has more than that of another lot.
receive supplier=MILL document=D-4
  | item | lot | quantity | to  | expires_on |
  | CAKE | C40 | 10       | ST1 | 2026-04-09 |
pick order=SO-C to=SHIP override_fefo=yes reason="C30 is behind a pillar"
  | line | lot | quantity | from |
  | 1    | C40 | 5        | ST1  |
  -> entry $behind
put_back order=SO-C
  | line | lot | quantity | from | to  |
  | 1    | C40 | 5        | SHIP | ST1 |
  -> entry $back
undo entries=$behind reason="never picked"
  -> refused in_the_way
undo entries=[$behind,$back] reason="never picked"
ask trade_order number=SO-C
  lines:
    | line | open | bound | picked |
    | 1    | 20   | 15    | 30     |
