# Holds stand beside the status, each with its own reason, and are lifted one by one
# proves: R37, R38, R39, R40, R41, R42

use bakery
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |

as Olga: operate
hold reason=wet
  | item  | lot |
  | FLOUR | F1  |
  -> refused right_needed
as Quinn: operate, quality
hold
  | item  | lot |
  | FLOUR | F1  |
  -> refused missing /reason
hold reason=wet number=W-1 place=NOWHERE
  | item  | lot |
  | FLOUR | F9  |
  -> refused unknown_lot /lots/0/lot
  -> refused unknown_place /place
hold reason=wet place=ST1 flow=descendants
  | item  | lot |
  | FLOUR | F1  |
  -> refused hold_scope /flow
hold reason=recall recall=RC-1
  | item  | lot |
  | FLOUR | F1  |
  -> refused right_needed /recall

# Some of it: 40 of 100 are wet. They are moved apart; the hold lies on what is there, and below.
move
  | item  | lot | quantity | from | to    |
  | FLOUR | F1  | 40       | ST1  | QUAR  |
hold reason="wet bags" place=QUAR
  | item  | lot |
  | FLOUR | F1  |
  -> hold $wet
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 10       | ST1  |
see lots lot=F1 place=QUAR
  | status | holds |
  | hold   | $wet  |
see lots lot=F1 place=ST1
  | status   |
  | released |

# Two more holds on the whole lot; lifting one leaves the other.
hold reason=inspection number=INS-7
  | item  | lot |
  | FLOUR | F1  |
  -> hold INS-7
  -> warning already_dispatched
hold reason=again number=INS-7
  | item  | lot |
  | FLOUR | F2  |
  -> refused code_taken /number
as tester
hold reason="supplier called" recall=RC-1 number=RC-1
  | item  | lot |
  | FLOUR | F1  |
  | FLOUR | F2  |
  -> hold RC-1
see lots item=FLOUR
  | lot | status   | holds               |
  | F1  | recalled | $wet, INS-7, RC-1   |
  | F2  | recalled | RC-1                |
as Quinn: operate, quality
lift_hold number=RC-1 reason=done
  -> refused right_needed /number
lift_hold number=INS-7
  -> refused missing /reason
lift_hold number=INS-9 reason=done
  -> refused unknown_hold /number
lift_hold number=INS-7 reason=done
  | item  | lot |
  | FLOUR | F2  |
  -> refused already_so /lots
lift_hold number=INS-7 reason=done
  -> entry $lifted
lift_hold number=INS-7 reason=done
  -> refused hold_is_lifted /number
see lots item=FLOUR
  | lot | status   | holds      |
  | F1  | recalled | $wet, RC-1 |
  | F2  | recalled | RC-1       |
dispatch customer=CAFE document=N-2
  | item  | lot | quantity | from |
  | FLOUR | F2  | 10       | ST1  |
  -> refused lot_is_recalled /lines/0/lot

# The recall sets one lot free; the other stays.
as tester
lift_hold number=RC-1 reason="not affected"
  | item  | lot |
  | FLOUR | F2  |
see lots item=FLOUR
  | lot | status   | holds      |
  | F1  | recalled | $wet, RC-1 |
  | F2  | released |            |
lift_hold number=RC-1 reason=over
see lots lot=F1 place=ST1
  | status   | holds |
  | released | $wet  |

# Lifting is undone: the hold stands again.
undo entries=$lifted reason="wrong number"
see lots lot=F1 place=ST1
  | status | holds       |
  | hold   | $wet, INS-7 |
