# What an entry did beside its lines survives a correction of a line, and goes with an undo
# proves: R32, R33, R37

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity | unit | hold_reason |
  | FLOUR | F1  | 100      |      | wet bags    |
  | FLOUR | F2  | 10       | LBR  |             |
  -> entry $receipt
  -> hold $hold

correct entry=$receipt reason="weighed again"
  | line | quantity |
  | 0    | 90       |
  -> entry $weighed
see lots item=FLOUR
  | lot | status   | holds | on_hand |
  | F1  | hold     | $hold | 90      |
  | F2  | released |       | 4.536   |

# One line was wrong altogether; what was typed for the other stays with it.
correct entry=$weighed reason="never came"
  | line | remove |
  | 0    | yes    |
  -> entry $removed
see entry
  lines:
    | lot | from     | to  | quantity |
    | F2  | supplier | ST1 | 4.536    |
  facts, at least:
    | fact  | detail |
    | typed | 10 LBR |

undo entries=$removed reason="it did come"
undo entries=$weighed reason="weighed wrongly"
see stock item=FLOUR
  | lot | place | quantity |
  | F1  | ST1   | 100      |
  | F2  | ST1   | 4.536    |

# Undone as a whole, the hold goes with it.
undo entries=$receipt reason="wrong truck"
see lots item=FLOUR
  | lot | status | holds | on_hand |
  | F1  | gone   |       | 0       |
  | F2  | gone   |       | 0       |
