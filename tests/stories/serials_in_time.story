# A unit is in one place at every instant, whatever is recorded late or taken back
# proves: R28, R32, R78, R81

use bakery
set_partner code=PARTS name="Parts AG" roles=supplier,maker
set_item code=DISK name=Disk unit=EA tracking=serial

at 2026-03-02T08:00Z
receive supplier=PARTS document=D-1 to=DOCK
  | item | lot | serials             |
  | DISK | DL  | ["D-1","D-2","D-3"] |
  -> entry $receipt
at 2026-03-04T08:00Z
move
  | item | serials | from | to  |
  | DISK | ["D-1"] | DOCK | ST1 |
  -> entry $moved

# There was enough of the lot on the dock, but not this unit.
move occurred_at=2026-03-05T08:00Z
  | item | serials | from | to   |
  | DISK | ["D-1"] | DOCK | COLD |
  -> refused in_the_future /occurred_at
at 2026-03-06T08:00Z
move occurred_at=2026-03-05T08:00Z
  | item | serials | from | to   |
  | DISK | ["D-1"] | DOCK | COLD |
  -> refused serial_elsewhere /lines/0/quantity "is in ST1" serial=D-1
move occurred_at=2026-03-03T08:00Z
  | item | serials | from | to   |
  | DISK | ["D-1"] | DOCK | COLD |
  -> refused before_goods_arrived /lines/0/quantity "went elsewhere at 2026-03-04" serial=D-1 entry=$moved
move occurred_at=2026-03-01T08:00Z
  | item | serials | from | to   |
  | DISK | ["D-2"] | DOCK | COLD |
  -> refused before_goods_arrived /lines/0/quantity serial=D-2 entry=$receipt
move occurred_at=2026-03-03T08:00Z
  | item | serials | from | to   |
  | DISK | ["D-2"] | DOCK | COLD |

# A way there and back fits between what was known.
move occurred_at=2026-03-03T09:00Z
  | item | serials | from | to  |
  | DISK | ["D-3"] | DOCK | ST1 |
move occurred_at=2026-03-03T10:00Z
  | item | serials | from | to   |
  | DISK | ["D-3"] | ST1  | DOCK |
ask serials item=DISK lot=DL
  rows:
    | serial | place |
    | D-1    | ST1   |
    | D-2    | COLD  |
    | D-3    | DOCK  |

# A dispatch that never left, and goods sent back to their supplier that come again.
dispatch customer=CAFE document=N-1
  | item | serials | from |
  | DISK | ["D-1"] | ST1  |
void_dispatch document=N-1 to=COLD reason="left standing"
ask serial item=DISK serial=D-1
  place: COLD
return_to_supplier supplier=PARTS reference=D-1
  | item | serials | from |
  | DISK | ["D-1"] | COLD |
receive supplier=PARTS document=D-5 to=DOCK
  | item | serials |
  | DISK | ["D-1"] |
see stock
  | item | lot | place | quantity |
  | DISK | DL  | DOCK  | 2        |
  | DISK | DL  | COLD  | 1        |

# An undone receipt gives its numbers free; who undoes the undo finds them taken.
receive supplier=PARTS document=D-6 to=DOCK
  | item | lot | serials       |
  | DISK | DX  | ["X-1","X-2"] |
  -> entry $wrong
undo entries=$wrong reason="typed for another"
  -> entry $undone
ask serial item=DISK serial=X-1
  -> refused unknown_serial /serial
receive supplier=PARTS document=D-7 to=DOCK
  | item | lot | serials |
  | DISK | DY  | ["X-1"] |
  -> entry $right
undo entries=$undone reason="it was right"
  -> refused serial_taken
undo entries=$right reason="it was not"
undo entries=$undone reason="it was right"
ask serial item=DISK serial=X-1
  lot: DX
  place: DOCK

# What was moved on since then stands in the way of a correction, and commands that name no units refuse.
correct entry=$moved reason="typed wrongly"
  | line | to   |
  | 0    | COLD |
  -> refused in_the_way /lines serial=D-1
correct entry=$moved document=M-1 reason="it had a paper"
  -> entry $paper
undo entries=$paper reason="it had none"
correct entry=$receipt document=D-1A reason="typed wrongly"
  -> entry $renumbered
undo entries=$renumbered reason="it was right"
split item=DISK lot=DX from=DOCK
  parts:
    | lot | quantity | to   |
    | DZ  | 1        | DOCK |
  -> refused serials_needed /parts
adjust reason="not on the shelf" confirmed_by=Bert
  | item | serials | found | place |
  | DISK | ["X-2"] | less  | DOCK  |
ask serial item=DISK serial=X-2
  place: count
adjust reason="under the shelf" confirmed_by=Bert
  | item | serials | found | place |
  | DISK | ["X-2"] | more  | DOCK  |
ask serial item=DISK serial=X-2
  place: DOCK
transfer_out to_site=LIS document=T-1
  | item | serials | from |
  | DISK | ["X-2"] | DOCK |
transfer_in document=T-1
  | item | lot | serials | to     |
  | DISK | DX  | ["X-1"] | LIS-ST |
  -> refused serial_elsewhere /lines/0/serials/0
transfer_in document=T-1
  | item | serials | to     |
  | DISK | ["X-2"] | LIS-ST |
dispose reason=broken
  | item | serials | from   |
  | DISK | ["X-2"] | LIS-ST |
ask serial item=DISK serial=X-2
  place: disposed

# A count names the units that are there.
receive supplier=PARTS document=D-8 to=COLD
  | item | lot | serials             |
  | DISK | DK  | ["K-1","K-2","K-3"] |
count place=COLD confirmed_by=Bert
  | item | serials             |
  | DISK | ["K-1","K-2","K-9"] |
  -> refused unknown_serial /lines/0/quantity
count place=COLD confirmed_by=Bert
  | item | serials       |
  | DISK | ["K-1","K-3"] |
ask serials item=DISK lot=DK
  rows:
    | serial | place |
    | K-1    | COLD  |
    | K-2    | count |
    | K-3    | COLD  |
count place=COLD confirmed_by=Bert
  | item | serials       |
  | DISK | ["K-2","K-3"] |
ask serials item=DISK lot=DK
  rows:
    | serial | place |
    | K-1    | count |
    | K-2    | COLD  |
    | K-3    | COLD  |
count place=COLD complete=yes confirmed_by=Bert
  | item | lot | quantity |
  | DISK | DK  | 0        |
see stock
  | item | lot | place | quantity |
  | DISK | DL  | DOCK  | 2        |
  | DISK | DX  | DOCK  | 1        |

# An order gives back the very units it took.
consume document=PO-9 place=BAKE open_order=yes
  | item | serials | from |
  | DISK | ["D-1"] | DOCK |
consume document=PO-8 place=BAKE open_order=yes
  | item | serials | from |
  | DISK | ["D-3"] | DOCK |
give_back document=PO-8
  | item | serials | to  |
  | DISK | ["D-1"] | ST1 |
  -> refused not_an_input /lines/0/serials
give_back document=PO-8
  | item | serials | to  |
  | DISK | ["D-3"] | ST1 |
see stock
  | item | lot | place | quantity |
  | DISK | DL  | ST1   | 1        |
  | DISK | DX  | DOCK  | 1        |
