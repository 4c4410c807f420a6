# An undo that is undone says the old again: not when the same was decided anew since
# proves: R32, R33, R37

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | sscc               |
  | FLOUR | F1  | 100      | 340063810000000018 |
  | FLOUR | F2  | 50       | 340063810000000018 |
  -> entry $receipt
quarantine reason="to be tested"
  | item  | lot |
  | FLOUR | F1  |
  -> entry $quarantine
undo reason="other lot" entries=$quarantine
  -> entry $undone
reject reason="glass in it"
  | item  | lot |
  | FLOUR | F1  |
  -> entry $rejected
undo reason="was right" entries=$undone
  -> refused in_the_way "changed again by entry" entry=$rejected
undo reason="it was sugar" entries=$rejected
undo reason="was right" entries=$undone
see lots
  | lot | quality    |
  | F1  | quarantine |
  | F2  | released   |

# A complete count of a place where nothing lies is taken back once.
count place=BAKE complete=yes
  -> entry $counted
undo reason="not all of it" entries=$counted
undo reason="not all of it" entries=$counted
  -> refused already_corrected /entries/0

# The number of a paper is corrected whatever was done since with what is on the pallet.
move_unit sscc=340063810000000018 to=COLD
unpack sscc=340063810000000018
  | item  | lot | quantity |
  | FLOUR | F1  | 30       |
correct entry=$receipt reason="misread" document=D-11
  -> entry $corrected
ask handling_unit sscc=340063810000000018
  place: COLD
  goods:
    | lot | quantity |
    | F1  | 70       |
    | F2  | 50       |
undo entries=$corrected reason="it was right"
ask handling_unit sscc=340063810000000018
  place: COLD
  goods:
    | lot | quantity |
    | F1  | 70       |
    | F2  | 50       |
# How much came on it is not, once that was moved.
correct entry=$receipt reason="misread" lines=[{"line":0,"quantity":"90"}]
  -> refused in_the_way /lines
