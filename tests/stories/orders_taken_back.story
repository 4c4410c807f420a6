# An order whose entries are taken back keeps its sums and its state
# proves: R32, R64, R68

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
release_order document=PO-1 place=BAKE
at 2026-03-02T09:00Z
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
  -> entry $first
give_back document=PO-1
  | item  | lot | quantity | to  |
  | FLOUR | F1  | 4        | ST1 |
  -> entry $back

# What came back had gone in.
undo entries=$first reason="wrong order"
  -> refused in_the_way entry=$back
correct entry=$first reason="weighed again"
  | line | quantity |
  | 0    | 3        |
  -> refused in_the_way entry=$back
replace entry=$first item=FLOUR lot=F1 with=F2 reason="other bag"
  -> refused in_the_way entry=$back

# Closed, it stays closed when its first line is taken back.
consume document=PO-1
  | item  | lot | quantity | from |
  | FLOUR | F2  | 50       | ST1  |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | B1  | 50       | COLD |
close_order document=PO-1 reason=done
undo entries=[$first,$back] reason="wrong order"
  -> entry $undone
ask orders
  rows:
    | number | state  |
    | PO-1   | closed |
reopen_order document=PO-1 reason="one more bag"
undo entries=$undone reason="it was right"
ask orders
  rows:
    | number | state |
    | PO-1   | open  |

# What opened an order is not taken back under the goods that were posted to it.
consume document=PO-2 open_order=yes
  | item  | lot | quantity | from |
  | FLOUR | F2  | 5        | ST1  |
  -> entry $opened
consume document=PO-2
  | item  | lot | quantity | from |
  | FLOUR | F2  | 6        | ST1  |
  -> entry $more
undo entries=$opened reason="wrong order"
  -> refused in_the_way entry=$more
undo entries=[$opened,$more] reason="wrong order"
ask orders
  rows:
    | number | state     |
    | PO-1   | open      |
    | PO-2   | cancelled |

# Nor does an order become given up again under goods that were posted since.
release_order document=PO-3 place=BAKE
cancel_order document=PO-3 reason="not today"
  -> entry $cancelled
undo entries=$cancelled reason="today after all"
  -> entry $revived
consume document=PO-3
  | item  | lot | quantity | from |
  | FLOUR | F2  | 5        | ST1  |
  -> entry $used
undo entries=$revived reason="not today"
  -> refused in_the_way entry=$used
