# Goods lent to a subcontractor are used there in his own order, and nowhere else
# proves: R20, R22

use bakery
set_partner code=MIXER name="Mixer & Co" roles=supplier
set_place code=MIX   name="At the mixer's"   kind=external parent=HOME partner=MIXER
set_place code=MIX-2 name="Mixer's second"   kind=external parent=HOME partner=MIXER
set_place code=MIX-A name="Mixer's bay"      kind=bin      parent=MIX
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
move
  | item  | lot | quantity | from | to    |
  | FLOUR | F1  | 20       | ST1  | MIX-A |
  | FLOUR | F1  | 20       | ST1  | SUB   |

# Not in an order of our own, nor in another subcontractor's, and nothing leaves from there.
release_order document=PO-1 place=BAKE
consume document=PO-1
  | item  | lot | quantity | from  |
  | FLOUR | F1  | 5        | MIX-A |
  -> refused place_is_blocked /lines/0/lot
release_order document=PO-2 place=MIX
consume document=PO-2
  | item  | lot | quantity | from |
  | FLOUR | F1  | 5        | SUB  |
  -> refused place_is_blocked /lines/0/lot
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from  |
  | FLOUR | F1  | 5        | MIX-A |
  -> refused place_is_blocked /lines/0/lot
# Nor is it fetched by saying "I have it here".
consume document=PO-1 confirm_here=yes
  | item  | lot | quantity | from |
  | FLOUR | F1  | 70       | ST1  |
  -> refused place_is_blocked /lines/0/quantity

# What he makes is a production order at his place.
consume document=PO-2
  | item  | lot | quantity | from  |
  | FLOUR | F1  | 5        | MIX-A |
yield document=PO-2
  | item  | lot | quantity | to    |
  | DOUGH | B2  | 5        | MIX-2 |
# Where his partner has another place, it is his as well; an order opened there runs there.
move
  | item  | lot | quantity | from | to    |
  | FLOUR | F1  | 10       | ST1  | MIX-2 |
consume document=PO-2
  | item  | lot | quantity | from  |
  | FLOUR | F1  | 5        | MIX-2 |
consume document=PO-3 open_order=yes
  | item  | lot | quantity | from  |
  | FLOUR | F1  | 5        | MIX-2 |
ask trace_forward item=FLOUR lot=F1
  lots/0/on_hand, at least:
    | place | kind     | quantity |
    | MIX-A | external | 15       |
    | SUB   | external | 20       |
