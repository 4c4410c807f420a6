# A silo over three days: layers, a draw that cuts two of them, emptied, cleaned, another product
# proves: R28, R75, R76

use bakery
set_place code=SILO name="Flour silo" kind=vessel parent=HOME mixing=fifo capacity=2000 residue=5
set_place code=ST9  name="Odd store"  kind=storage parent=HOME mixing=fifo
  -> refused no_vessel /mixing

at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=DOCK
  | item  | lot | quantity | expires_on |
  | FLOUR | F1  | 500      | 2026-12-31 |
  | FLOUR | F2  | 800      | 2026-10-31 |
  | CREAM | C1  | 20       | 2026-03-05 |
fill vessel=ST1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 500      | DOCK |
  -> refused no_vessel /vessel
fill vessel=SILO document=FL-1
  | item  | lot | quantity | from |
  | FLOUR | F1  | 500      | DOCK |
at 2026-03-02T16:00Z
fill vessel=SILO document=FL-2
  | item  | lot | quantity | from |
  | FLOUR | F2  | 700      | DOCK |
  -> kind fill
ask vessel vessel=SILO
  state: filled
  mixing: fifo
  layers, in order:
    | item  | lot | quantity |
    | FLOUR | F1  | 500      |
    | FLOUR | F2  | 700      |

# What came first lies below and comes out first, though the other lot expires earlier.
at 2026-03-03T06:00Z
move
  | item  | lot | quantity | from | to  |
  | FLOUR | F2  | 10       | SILO | ST1 |
  -> refused not_the_oldest_layer /lines/0/quantity "lot F1 of FLOUR lies below"
# More of the lower one would be a layer of its own.
fill vessel=SILO
  | item  | lot | quantity | from |
  | FLOUR | F2  | 5        | DOCK |
receive supplier=MILL document=D-1B to=DOCK
  | item  | lot | quantity |
  | FLOUR | F1B | 5        |
move
  | item  | quantity | from | to  | lot |
  | FLOUR | 5        | SILO | ST1 | F1  |
fill vessel=SILO
  | item  | lot | quantity | from |
  | FLOUR | F1  | 5        | ST1  |
  -> refused vessel_has_content /lines/0/quantity "lies above lot F1"
# Another item does not go in.
fill vessel=SILO
  | item  | lot | quantity | from |
  | CREAM | C1  | 5        | DOCK |
  -> refused vessel_has_content /lines/0/item
move
  | item  | lot | quantity | from | to   |
  | CREAM | C1  | 5        | DOCK | SILO |
  -> refused vessel_has_content /lines/0/quantity
consume document=PO-1 open_order=yes place=BAKE
  | item  | quantity | from |
  | FLOUR | 300      | SILO |
see entry
  lines:
    | lot | from | to      | quantity |
    | F1  | SILO | process | 300      |
# Nobody needs to know what is in it: a draw names each layer that it cuts.
consume document=PO-1
  | item  | quantity | from |
  | FLOUR | 450      | SILO |
see entry
  lines:
    | lot | from | to      | quantity |
    | F1  | SILO | process | 195      |
    | F2  | SILO | process | 255      |
yield document=PO-1
  | item  | lot | quantity | to   |
  | DOUGH | A1  | 740      | BAKE |
ask trace_back item=DOUGH lot=A1
  lots:
    | lot | level |
    | A1  | 0     |
    | F1  | 1     |
    | F2  | 1     |
consume document=PO-2 open_order=yes place=BAKE
  | item  | quantity | from |
  | FLOUR | 9000     | SILO |
  -> refused not_enough /lines/0/quantity
empty vessel=SILO
  -> refused vessel_has_content /vessel "450 of lot F2"

# The third day: the dip shows less than the book, the rest is drawn, the silo declared empty and cleaned.
at 2026-03-04T06:00Z
count place=SILO reason="dip reading" confirmed_by=Ben
  | item  | lot | quantity |
  | FLOUR | F2  | 440      |
move
  | item  | quantity | from | to  |
  | FLOUR | 440      | SILO | ST1 |
ask vessel vessel=SILO
  state: not_emptied
  last_lot: F2
  may_cling: 2000
move
  | item  | lot | quantity | from | to   |
  | CREAM | C1  | 5        | DOCK | SILO |
  -> refused vessel_is_not_clean /lines/0/quantity "F2"
empty vessel=SILO
  -> entry $emptied
ask vessel vessel=SILO
  state: emptied
  may_cling: 5
clean vessel=SILO
  -> entry $cleaned
ask vessel vessel=SILO
  state: clean
  may_cling: 0
  last_lot: ""
move
  | item  | lot | quantity | from | to   |
  | CREAM | C1  | 5        | DOCK | SILO |
set_place code=SILO name="Flour silo" kind=vessel parent=HOME mixing=mixes capacity=2000 residue=5
  -> refused vessel_has_content /mixing

# What was declared by mistake is taken back; but only once the cream is out again.
move
  | item  | quantity | from | to   |
  | CREAM | 5        | SILO | DOCK |
undo entries=$cleaned reason="not yet"
ask vessel vessel=SILO
  state: not_emptied
  last_lot: C1
