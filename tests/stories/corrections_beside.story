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

# What was undone has not been: the delivery can be booked in again.
receive supplier=MILL document=D-1 to=ST1
  | item  | quantity | supplier_lot |
  | FLOUR | 10       | 77           |
  -> entry $again
receive supplier=MILL document=D-1 to=ST1
  | item  | quantity | supplier_lot |
  | FLOUR | 10       | 77           |
  -> refused delivery_seen /lines/0/supplier_lot
undo entries=$again reason="wrong truck"
receive supplier=MILL document=D-1 to=ST1
  | item  | quantity | supplier_lot |
  | FLOUR | 10       | 77           |
  -> posted

# An undone correction comes back, and with it only its lines: the hold stays all the while.
receive supplier=MILL document=D-2 to=ST1
  | item  | lot | quantity | hold_reason |
  | FLOUR | F5  | 100      | wet bags    |
  -> entry $held
  -> hold $hold5
correct entry=$held reason="weighed again"
  | line | quantity |
  | 0    | 90       |
  -> entry $weighed5
undo entries=$weighed5 reason="weighed wrongly"
  -> entry $undone5
see lots lot=F5
  | lot | holds  | on_hand |
  | F5  | $hold5 | 100     |
undo entries=$undone5 reason="weighed rightly"
  -> entry $back5
see lots lot=F5
  | lot | holds  | on_hand |
  | F5  | $hold5 | 90      |
undo entries=$back5 reason="weighed wrongly after all"
see lots lot=F5
  | lot | holds  | on_hand |
  | F5  | $hold5 | 100     |
undo entries=$held reason="wrong truck"
see lots lot=F5
  | lot | holds | on_hand |
  | F5  |       | 0       |

# Two lots stay one when the time at which that was found is corrected.
found item=FLOUR lot=F7 quantity=5 place=ST1
join item=FLOUR lot=F2 with=F7 reason="same bag"
  -> entry $joined
at 2026-03-02T10:00Z
correct entry=$joined occurred_at=2026-03-02T08:00Z reason="seen earlier"
  -> entry $earlier
ask trace_forward item=FLOUR lot=F7
  lots:
    | item  | lot |
    | FLOUR | F2  |
    | FLOUR | F7  |
undo entries=$earlier reason="seen then"
undo entries=$joined reason="another bag"
ask trace_forward item=FLOUR lot=F7
  lots:
    | item  | lot |
    | FLOUR | F7  |

# A code that was given by mistake stays findable.
rename item=FLOUR lot=F7 code=F8 reason=typo
  -> entry $renamed
undo entries=$renamed reason="was right"
see lots lot=F7
  | lot | names |
  | F7  | F8    |
