# One unit is held, and the others of its lot go on
# proves: R37, R38, R39, R40, R41

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_place code=STAGE name=Staging kind=staging parent=HOME
set_item code=DISK name=Disk unit=EA tracking=serial
at 2026-03-02T08:00Z
receive supplier=PARTS document=D-1 to=ST1
  | item | lot | serials                   |
  | DISK | DL  | ["D-1","D-2","D-3","D-4"] |

hold reason="fell down"
  -> refused missing /lots
hold reason="fell down"
  units:
    | item  | serials |
    | FLOUR | ["D-1"] |
  -> refused serials_unwanted /units/0/serials
hold reason="fell down"
  units:
    | item | serials       |
    | DISK | ["D-1","D-9"] |
  -> refused unknown_serial /units/0/serials/1
hold reason="fell down" place=ST1
  units:
    | item | serials |
    | DISK | ["D-1"] |
  -> refused hold_scope /units
hold number=H-1 reason="fell down"
  units:
    | item | serials       |
    | DISK | ["D-1","D-2"] |
  -> hold H-1
  -> entry $held
ask serial item=DISK serial=D-1
  standing: hold
  holds:
    | number | reason    |
    | H-1    | fell down |
ask serial item=DISK serial=D-3
  standing: released
ask lot item=DISK lot=DL
  standing: released
  units_held: 2
ask holds
  rows:
    | number | lots_covered | units_covered |
    | H-1    | 0            | 2             |

# Taken nowhere where held goods may not go; quality may move it.
dispatch customer=CAFE document=N-1
  | item | serials       | from |
  | DISK | ["D-3","D-1"] | ST1  |
  -> refused lot_is_on_hold /lines/0/serials/1 "Hold H-1 is on unit D-1 of DISK: fell down" serial=D-1 hold=H-1
as Ann: operate
move
  | item | serials | from | to   |
  | DISK | ["D-1"] | ST1  | QUAR |
  -> refused right_needed /lines/0/serials/0
as Quinn: operate, quality
move
  | item | serials | from | to   |
  | DISK | ["D-1"] | ST1  | COLD |
as Ann
dispatch customer=CAFE document=N-1
  | item | serials | from |
  | DISK | ["D-3"] | ST1  |

# Who holds a unit that left is told who has it (R41).
hold number=H-3 reason="recall of the maker"
  units:
    | item | serials |
    | DISK | ["D-3"] |
  -> warning already_dispatched
lift_hold number=H-3 reason="not this one"

# What is promised and proposed leaves them out.
set_sales_order number=SO-1 customer=CAFE site=HOME
  | line | item | quantity |
  | 1    | DISK | 3        |
ask pick_list order=SO-1
  take:
    | lot | place | quantity |
    | DL  | ST1   | 1        |
pick order=SO-1 to=STAGE
  | line | serials | from |
  | 1    | ["D-2"] | ST1  |
  -> refused lot_is_on_hold /lines/0/serials/0

# What was picked before the hold does not leave, and is put back.
pick order=SO-1 to=STAGE
  | line | serials | from |
  | 1    | ["D-4"] | ST1  |
hold number=H-4 reason="fell down, too"
  units:
    | item | serials |
    | DISK | ["D-4"] |
ask pick_list order=SO-1
  put_back:
    | lot | place | quantity | why            |
    | DL  | STAGE | 1        | lot_is_on_hold |
dispatch_order order=SO-1 document=N-2
  -> refused lot_is_on_hold /lines/serials/0
put_back order=SO-1
  | line | serials | from  | to  |
  | 1    | ["D-4"] | STAGE | ST1 |
lift_hold number=H-4 reason="only dust"

# Counting is always allowed, and each hold is lifted alone.
count place=COLD confirmed_by=Bert
  | item | serials |
  | DISK | ["D-1"] |
hold number=H-2 reason="recall of the maker"
  units:
    | item | serials |
    | DISK | ["D-1"] |
lift_hold number=H-1 reason="only a scratch"
  units:
    | item | serials |
    | DISK | ["D-3"] |
  -> refused already_so /units
lift_hold number=H-1 reason="only a scratch"
  units:
    | item | serials |
    | DISK | ["D-1"] |
  -> entry $freed
ask serial item=DISK serial=D-1
  standing: hold
  holds:
    | number |
    | H-2    |
lift_hold number=H-2 reason="not this one"
ask serial item=DISK serial=D-1
  standing: released
  holds: none
undo entries=$held reason="mistake"
  -> refused in_the_way
undo entries=$freed reason="it is more than a scratch"
ask serial item=DISK serial=D-1
  standing: hold
undo entries=$held reason="mistake"
ask serial item=DISK serial=D-2
  standing: released
ask holds
  rows: none
