# The other unit it was: corrections of lines that name units
# proves: R32, R34, R35, R36, R78, R79

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK   name=Disk   unit=EA tracking=serial
set_item code=LAPTOP name=Laptop unit=EA tracking=serial
at 2026-03-02T08:00Z
receive supplier=PARTS document=D-1 to=DOCK
  | item | lot | serials             |
  | DISK | DL  | ["D-1","D-2","D-3"] |
  -> entry $receipt
receive supplier=PARTS document=D-2 to=DOCK
  | item | lot | serials |
  | DISK | DM  | ["M-1"] |
at 2026-03-03T08:00Z
move
  | item | serials       | from | to  |
  | DISK | ["D-1","D-2"] | DOCK | ST1 |
  -> entry $moved

# Another place, another unit, one line less.
correct entry=$moved reason="it was the cold store"
  | line | to   |
  | 0    | COLD |
  -> entry $place
ask serials item=DISK lot=DL
  rows:
    | serial | place |
    | D-1    | COLD  |
    | D-2    | ST1   |
    | D-3    | DOCK  |
correct entry=$place reason="it was another one"
  | line | serial |
  | 1    | D-9    |
  -> refused unknown_serial /lines/0/serial
correct entry=$place reason="it was another one"
  | line | serial |
  | 1    | D-1    |
  -> refused serial_repeated /lines/0/serial
correct entry=$place reason="it was another one"
  | line | quantity |
  | 1    | 2        |
  -> refused serials_needed /lines/0/serial
correct entry=$place reason="it was another one"
  | line | serial |
  | 1    | M-1    |
  -> entry $other
ask serial item=DISK serial=D-2
  place: DOCK
ask serial item=DISK serial=M-1
  place: ST1
see stock item=DISK
  | lot | place | quantity |
  | DL  | COLD  | 1        |
  | DL  | DOCK  | 2        |
  | DM  | ST1   | 1        |
correct entry=$other reason="it stayed where it was"
  | line | remove |
  | 1    | true   |
  -> entry $less
ask serial item=DISK serial=M-1
  place: DOCK
undo entries=$less reason="no, it did go"
ask serial item=DISK serial=M-1
  place: ST1

# A unit that came in with an entry does not lose it by a correction.
correct entry=$receipt reason="only two came"
  | line | remove |
  | 2    | true   |
  -> refused cannot_be_corrected /lines
correct entry=$receipt reason="it was another one"
  | line | serial |
  | 2    | M-1    |
  -> refused cannot_be_corrected /lines

# A unit that was somewhere else then cannot have been it.
at 2026-03-04T08:00Z
dispatch customer=CAFE document=N-1
  | item | serials | from |
  | DISK | ["D-3"] | DOCK |
  -> entry $sent
as Ann: operate
replace entry=$sent item=DISK serial=D-3 with_serial=D-2 reason="label read wrongly"
  -> refused right_needed
as Quinn
replace entry=$sent item=DISK serial=D-1 with_serial=D-2 reason="label read wrongly"
  -> refused unknown_serial /serial
replace entry=$sent item=DISK serial=D-3 reason="label read wrongly"
  -> refused missing /with_serial
replace entry=$sent item=DISK serial=D-3 with_serial=D-1 reason="label read wrongly"
  -> refused in_the_way /with_serial serial=D-1
replace entry=$sent item=DISK serial=D-3 with_serial=D-2 reason="label read wrongly"
ask serial item=DISK serial=D-3
  place: DOCK
ask serial item=DISK serial=D-2
  place: customer

# What was built in follows the correction.
at 2026-03-05T08:00Z
produce document=PO-1 place=BAKE
  inputs:
    | item | serials | from | into_serial |
    | DISK | ["D-3"] | DOCK | LT-1        |
  outputs:
    | item   | lot | serials  | to   |
    | LAPTOP | LA  | ["LT-1"] | SHIP |
  -> entry $built
correct entry=$built document=PO-1 occurred_at=2026-03-05T07:00Z reason="an hour earlier"
  -> entry $earlier
ask serial item=LAPTOP serial=LT-1
  as_built:
    | item | serial |
    | DISK | D-3    |
replace entry=$earlier item=DISK serial=D-3 with_serial=M-1 reason="the other lot's"
  -> refused in_the_way /with_serial serial=M-1
move
  | item | serials | from | to   |
  | DISK | ["D-1"] | COLD | DOCK |
  -> entry $back
correct entry=$back occurred_at=2026-03-04T09:00Z reason="it was yesterday"
replace entry=$earlier item=DISK serial=D-3 with_serial=D-1 reason="label read wrongly"
  -> entry $right
ask serial item=LAPTOP serial=LT-1
  as_is:
    | item | serial |
    | DISK | D-1    |
  as_built:
    | item | serial |
    | DISK | D-1    |
ask serial item=DISK serial=D-3
  place: DOCK
  inside_serial: ""
undo entries=$right reason="it was right before"
ask serial item=LAPTOP serial=LT-1
  as_is:
    | item | serial |
    | DISK | D-3    |
  as_built:
    | item | serial |
    | DISK | D-3    |
