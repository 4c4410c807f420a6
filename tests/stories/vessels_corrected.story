# What is corrected about a silo has its place there, and what a count says of a layer is so
# proves: R32, R33, R59, R75, R76, R82

use bakery
set_place code=SILO  name="Flour silo"  kind=vessel parent=HOME mixing=fifo residue=5
set_place code=SILO2 name="Second silo" kind=vessel parent=HOME mixing=fifo
set_place code=TANK  name="Flour hopper" kind=vessel parent=HOME mixing=mixes capacity=300
at 2026-03-02T08:00Z
receive supplier=MILL document=D-1 to=ST1
  | item  | lot | quantity |
  | FLOUR | F1  | 100      |
  | FLOUR | F2  | 100      |
  | FLOUR | F3  | 100      |
fill vessel=SILO
  | item  | lot | quantity | from |
  | FLOUR | F1  | 50       | ST1  |
  -> entry $first
fill vessel=SILO
  | item  | lot | quantity | from |
  | FLOUR | F2  | 50       | ST1  |

# A fill that was misread still lies below what came after it.
correct entry=$first reason=misread lines=[{"line":0,"quantity":"40"}]
ask vessel vessel=SILO
  layers, in order:
    | lot | quantity |
    | F1  | 40       |
    | F2  | 50       |
move
  | item  | quantity | from | to   |
  | FLOUR | 10       | SILO | BAKE |
see entry
  lines:
    | lot | quantity |
    | F1  | 10       |

# A count puts no layer on top: more of the lower one was there all the time.
count place=SILO reason="dip reading" confirmed_by=Ben
  | item  | lot | quantity |
  | FLOUR | F1  | 31       |
  | FLOUR | F2  | 51       |
ask vessel vessel=SILO
  layers, in order:
    | lot | quantity |
    | F1  | 31       |
    | F2  | 51       |

# Filling one vessel from another draws from the bottom, too.
fill vessel=TANK
  | item  | lot | quantity | from |
  | FLOUR | F2  | 20       | SILO |
  -> refused not_the_oldest_layer /lines/0/quantity "lot F1 of FLOUR lies below"
fill vessel=TANK new_lot=M1
  | item  | quantity | from |
  | FLOUR | 50       | SILO |
see entry
  lines:
    | lot | from       | to         | quantity |
    | F1  | SILO       | conversion | 31       |
    | F2  | SILO       | conversion | 19       |
    | M1  | conversion | TANK       | 50       |

# What came back from a customer goes into a vessel by decision of quality alone.
dispatch customer=CAFE document=N-1
  | item  | lot | quantity | from |
  | FLOUR | F3  | 20       | ST1  |
return_goods customer=CAFE document=R-1 reference=N-1
  | item  | lot | quantity | to   |
  | FLOUR | F3  | 20       | BACK |
as Olga: operate
fill vessel=SILO2
  | item  | lot | quantity | from |
  | FLOUR | F3  | 20       | BACK |
  -> refused right_needed /lines/0/from "Quality decides"
as Ann
fill vessel=SILO2
  | item  | lot | quantity | from |
  | FLOUR | F3  | 20       | BACK |
move
  | item  | quantity | from  | to  |
  | FLOUR | 20       | SILO2 | ST1 |

# That it was cleaned stays so when the number of the protocol is corrected, and is taken back once.
clean vessel=SILO2 document=CL-1
  -> entry $cleaned
correct entry=$cleaned reason="wrong number" document=CL-2
  -> entry $again
ask vessel vessel=SILO2
  state: clean
correct entry=$cleaned reason="wrong number" document=CL-3
  -> refused already_corrected /entry
undo entries=$again reason="other silo"
ask vessel vessel=SILO2
  state: clean
undo entries=$cleaned reason="other silo"
ask vessel vessel=SILO2
  state: not_emptied
  last_lot: F3
undo entries=$cleaned reason="other silo"
  -> refused already_corrected /entries/0
pack sscc=340063810000000018 place=ST1
  | item  | lot | quantity |
  | FLOUR | F3  | 5        |
  -> entry $packed
undo entries=$packed reason="other pallet"
undo entries=$packed reason="other pallet"
  -> refused already_corrected /entries/0
