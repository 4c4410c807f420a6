# What was decided about a lot is taken back once, and newest first
# proves: R32, R37

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
quarantine reason=look
  lots:
    | item  | lot |
    | FLOUR | F1  |
  -> entry $waits

# A correction of an entry without lines is corrected and taken back once, like any other.
at 2026-03-02T09:00Z
correct entry=$waits occurred_at=2026-03-02T08:30Z reason="seen later"
  -> entry $later
undo entries=$later reason="seen then"
  -> entry $again
correct entry=$later document=Q-1 reason=number
  -> refused already_corrected /entry
undo entries=$later reason="seen then"
  -> refused already_corrected /entries/0
undo entries=$again reason="seen later after all"
undo entries=$again reason="seen later after all"
  -> refused already_corrected /entries/0

# A hold that reached further, or was lifted in part, is lifted: its placing is not taken back under that.
hold reason=wet flow=descendants_and_new
  lots:
    | item  | lot |
    | FLOUR | F1  |
  -> entry $placed
  -> hold $hold
split item=FLOUR lot=F1 from=ST1 quantity=40 equal_parts=2
  -> lot FLOUR $one
  -> lot FLOUR $two
  -> entry $split
undo entries=$placed reason="wrong lot"
  -> refused in_the_way entry=$split
lift_hold number=$hold reason=dry lots=[{"item":"FLOUR","lot":"$one"}]
  -> entry $some
lift_hold number=$hold reason=dry
  -> entry $all
undo entries=$some reason="still wet"
  -> refused in_the_way entry=$all
undo entries=$all reason="still wet"
undo entries=$some reason="still wet"
see lots item=FLOUR
  | lot  | holds |
  | F1   | $hold |
  | $one | $hold |
  | $two | $hold |

